using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using NUnit.Framework;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace NeonPanel.Mcp.Mutation;

/// <summary>Turns on the mutants of Switches.cs one at a time and runs the tests that reach them, in this process,
/// until one fails. Compiled into the copied test project only, as its program: the test host would build all tests
/// first.</summary>
public sealed class MutantRun
{
    private const int None = -1;
    private static readonly string Coverage = Environment.GetEnvironmentVariable("MUTANTS_COVERAGE")!;
    private static readonly string[] Tests = Environment.GetEnvironmentVariable("MUTANTS_TESTS")!.Split(' ');
    private static readonly string Folder = Environment.GetEnvironmentVariable("MUTANTS_OUT")!;
    private static readonly string Results = Path.Combine(Folder, "results.tsv");

    private readonly Type switches = Type.GetType(
        "Mutants, " + Environment.GetEnvironmentVariable("MUTANTS_ASSEMBLY"),
        throwOnError: true
    )!;

    // Tests that pass alone: a failure of another one in a part of its fixture may be that of the missing tests.
    private readonly Dictionary<string, bool> alone = [];

    private bool[] Hits => (bool[])switches.GetField("Hits")!.GetValue(null)!;

    public static void Main() => new MutantRun().Run();

    private void Run()
    {
        var covered = ReadCoverage();
        var done = File.Exists(Results)
            ? File.ReadAllLines(Results).Select(line => line.Split('\t')[0]).ToHashSet()
            : [];
        foreach (var line in File.ReadAllLines(Path.Combine(Folder, "mutants.tsv")))
        {
            var id = line.Split('\t')[0];
            if (!done.Contains(id))
            {
                var watch = Stopwatch.StartNew();
                var verdict = Judge(int.Parse(id, CultureInfo.InvariantCulture), covered);
                var seconds = watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
                File.AppendAllText(Results, $"{id}\t{verdict}\t{seconds}\n");
                if (verdict.Contains(Attempt.TimeOut, StringComparison.Ordinal))
                {
                    // A loop without an end cannot be stopped; the script starts the process again.
                    Environment.Exit(3);
                }
            }
        }

        File.WriteAllText(Path.Combine(Folder, "ended"), "");
    }

    private string Judge(int id, List<Covered> covered)
    {
        var fixtures = covered
            .Where(test => test.Hits.Contains(id))
            .GroupBy(test => test.Fixture)
            .Select(group => new Part(group.Key, [.. group], covered))
            .OrderBy(part => part.Seconds)
            .ToList();
        Hits[id] = false;
        foreach (var part in fixtures)
        {
            var failed = Try(id, part.Fixture, part.Tests, part.Seconds);
            if (
                failed is not null
                && failed != Attempt.TimeOut
                && part.Tests != part.Whole
                && !PassesAlone(part, failed)
            )
            {
                failed = Try(id, part.Fixture, part.Whole, part.WholeSeconds);
            }

            if (failed is not null)
            {
                return "killed\t" + failed;
            }
        }

        if (fixtures.Count == 0)
        {
            return "no coverage\t";
        }

        // Code that runs once in a process was over before its switch was on.
        return Hits[id] ? "survived\t" : "first use\t";
    }

    private bool PassesAlone(Part part, string test)
    {
        if (!part.Tests.Contains(test))
        {
            return true;
        }

        if (!alone.TryGetValue(test, out var passes))
        {
            passes = alone[test] = Try(None, part.Fixture, [test], part.WholeSeconds) is null;
        }

        return passes;
    }

    private string? Try(int id, string fixture, HashSet<string>? tests, double seconds)
    {
        var attempt = new Attempt();
        switches.GetField("Active")!.SetValue(null, id);
        attempt.Run(fixture, tests, TimeSpan.FromSeconds(20 + 6 * seconds));
        switches.GetField("Active")!.SetValue(null, None);
        return attempt.Failed;
    }

    // The tests that pass unchanged, with what they reach. A fixture's set-up and tear-down stand as a test without a
    // name.
    private List<Covered> ReadCoverage()
    {
        if (!File.Exists(Coverage))
        {
            var text = new StringBuilder();
            foreach (var fixture in Fixtures())
            {
                var recorder = new Recorder(Hits);
                Array.Clear(Hits);
                recorder.Run(fixture, null, TimeSpan.FromMinutes(3));
                recorder.End();
                if (recorder.Failures.Count > 0)
                {
                    Console.WriteLine($"left out, as it fails unchanged: {string.Join("; ", recorder.Failures)}");
                }

                foreach (var (test, seconds, reached) in recorder.Tests)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{fixture}\t{Flat(test)}\t{seconds:0.000}\t{string.Join(' ', reached)}\n"
                    );
                }
            }

            File.WriteAllText(Coverage, text.ToString());
        }

        return
        [
            .. File.ReadAllLines(Coverage)
                .Select(line => line.Split('\t'))
                .Select(fields => new Covered(
                    fields[0],
                    fields[1],
                    double.Parse(fields[2], CultureInfo.InvariantCulture),
                    [.. fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]
                )),
        ];
    }

    private static IEnumerable<string> Fixtures() =>
        Assembly
            .GetExecutingAssembly()
            .GetTypes()
            .Where(type =>
                !type.IsAbstract
                && type != typeof(MutantRun)
                && type.GetMethods(
                        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
                    )
                    .Any(method =>
                        method.GetCustomAttributes().Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder)
                    )
                && Array.Exists(Tests, part => (type.FullName + ".").Contains(part, StringComparison.Ordinal))
                && !type.GetCustomAttributes<CategoryAttribute>().Any(category => category.Name == "Process")
            )
            .Select(type => type.FullName!)
            .Distinct()
            .Order(StringComparer.Ordinal);

    // A name as it stands in a line of a table.
    private static string Flat(string name) => name.ReplaceLineEndings(" ").Replace('\t', ' ');

    private sealed record Covered(string Fixture, string Test, double Seconds, HashSet<int> Hits);

    // The tests of one fixture that reach a mutant: all of them if what surrounds the tests reaches it.
    private sealed class Part
    {
        public Part(string fixture, List<Covered> tests, List<Covered> covered)
        {
            Fixture = fixture;
            var all = covered.Where(test => test.Fixture == fixture).ToList();
            Whole = [.. all.Select(test => test.Test)];
            WholeSeconds = all.Sum(test => test.Seconds);
            Tests = tests.Exists(test => test.Test.Length == 0) ? Whole : [.. tests.Select(test => test.Test)];
            Seconds = all.Where(test => test.Test.Length == 0 || Tests.Contains(test.Test)).Sum(test => test.Seconds);
        }

        public string Fixture { get; }

        public HashSet<string> Tests { get; }

        /// <summary>Gets all tests of the fixture that pass unchanged.</summary>
        public HashSet<string> Whole { get; }

        public double Seconds { get; }

        public double WholeSeconds { get; }
    }

    // One run of a fixture, or of some of its tests, until one fails.
    private class Attempt : ITestListener
    {
        public const string TimeOut = "timeout";

        private static readonly string[] Frames =
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetTypes()
                .Where(type => type.GetCustomAttributes<SetUpFixtureAttribute>().Any())
                .Select(type => type.FullName!),
        ];

        public string? Failed { get; private set; }

        protected virtual bool StopsAtFailure => true;

        public void Run(string fixture, HashSet<string>? tests, TimeSpan patience)
        {
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            var settings = new Dictionary<string, object>
            {
                ["NumberOfTestWorkers"] = 0,
                ["SynchronousEvents"] = true,
                ["LOAD"] = new List<string>([fixture, .. Frames]),
            };
            if (StopsAtFailure)
            {
                // The runner looks only for the name of the setting.
                settings["StopOnError"] = true;
            }

            runner.Load(Assembly.GetExecutingAssembly(), settings);
            // Without workers the tests run on this thread, which the patience could not leave.
            var run = new Thread(() => runner.Run(this, new Chosen(tests))) { IsBackground = true };
            run.Start();
            if (!run.Join(patience))
            {
                Failed = TimeOut;
            }
        }

        public virtual void TestStarted(ITest test) { }

        public virtual void TestFinished(ITestResult result)
        {
            if (result.ResultState.Status == TestStatus.Failed)
            {
                Failed ??= Flat(result.FullName);
            }
        }

        public void TestOutput(TestOutput output) { }

        public void SendMessage(TestMessage message) { }
    }

    // Notes what each test reaches. What happens between two tests counts for both.
    private sealed class Recorder(bool[] hits) : Attempt
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private readonly HashSet<int> frame = [];
        private HashSet<int> now = [];
        private double inside;

        public List<(string Name, double Seconds, HashSet<int> Hits)> Tests { get; } = [];

        public List<string> Failures { get; } = [];

        protected override bool StopsAtFailure => false;

        public override void TestStarted(ITest test)
        {
            if (test.IsSuite)
            {
                return;
            }

            var gap = Reached();
            now = [.. gap];
            (Tests.Count == 0 ? frame : Tests[^1].Hits).UnionWith(gap);
        }

        public override void TestFinished(ITestResult result)
        {
            if (result.Test.IsSuite)
            {
                return;
            }

            now.UnionWith(Reached());
            inside += result.Duration;
            if (result.ResultState.Status == TestStatus.Failed)
            {
                Failures.Add(result.FullName);
            }
            else if (result.ResultState.Status == TestStatus.Passed)
            {
                Tests.Add((result.FullName, result.Duration, now));
            }
        }

        /// <summary>Ends with what the fixture does before and after its tests, as a test without a name.</summary>
        public void End()
        {
            frame.UnionWith(Reached());
            Tests.Add(("", Math.Max(0, watch.Elapsed.TotalSeconds - inside), frame));
        }

        private HashSet<int> Reached()
        {
            var reached = hits.Select((isHit, id) => isHit ? id : None).Where(id => id != None).ToHashSet();
            Array.Clear(hits);
            return reached;
        }
    }

    private sealed class Chosen(HashSet<string>? tests) : TestFilter
    {
        public override bool Match(ITest test) =>
            !test.IsSuite
            && !test.Properties[PropertyNames.Category].Contains("Process")
            && (tests is null || tests.Contains(Flat(test.FullName)));

        public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode;
    }
}
