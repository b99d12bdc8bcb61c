using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using NUnit.Framework;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace NeonPanel.Mcp.Mutation;

/// <summary>Turns on the mutants of Switches.cs one at a time and runs the fixtures that reach them, in this process,
/// until one fails. Compiled into the copied test project only.</summary>
[Explicit, NonParallelizable]
public sealed class MutantRun
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("MUTANTS_OUT")!;
    private static readonly string[] Tests = Environment.GetEnvironmentVariable("MUTANTS_TESTS")!.Split(' ');
    private static readonly string Places = Environment.GetEnvironmentVariable("MUTANTS_IN")!;
    private static readonly string Results = Path.Combine(Folder, "results.tsv");

    private readonly Type switches = Type.GetType(
        "Mutants, " + Environment.GetEnvironmentVariable("MUTANTS_ASSEMBLY"),
        throwOnError: true
    )!;

    [Test]
    public void Run()
    {
        var mutants = File.ReadAllLines(Path.Combine(Folder, "mutants.tsv"))
            .Select(line => line.Split('\t'))
            .Where(fields => fields[1].StartsWith(Places + "/", StringComparison.Ordinal))
            .ToList();
        var fixtures = Fixtures();
        var done = File.Exists(Results)
            ? File.ReadAllLines(Results).Select(line => line.Split('\t')[0]).ToHashSet()
            : [];
        foreach (var mutant in mutants.Where(mutant => !done.Contains(mutant[0])))
        {
            var id = int.Parse(mutant[0], CultureInfo.InvariantCulture);
            var reaching = fixtures
                .Where(fixture => fixture.Hits.Contains(id))
                .OrderBy(fixture => fixture.Seconds)
                .ToList();
            var verdict = reaching.Count == 0 ? "no coverage" : "survived";
            SetActive(id);
            foreach (var fixture in reaching)
            {
                var (failed, isOver) = RunFixture(fixture.Name, TimeSpan.FromSeconds(30 + 5 * fixture.Seconds));
                if (failed is null)
                {
                    continue;
                }

                verdict = "killed\t" + failed;
                if (isOver)
                {
                    // A loop without an end cannot be stopped; the script starts the process again.
                    File.AppendAllText(Results, mutant[0] + "\tkilled\ttimeout " + fixture.Name + "\n");
                    Environment.Exit(3);
                }

                break;
            }

            SetActive(-1);
            File.AppendAllText(Results, mutant[0] + "\t" + verdict + "\n");
        }

        File.WriteAllText(Path.Combine(Folder, "ended"), "");
    }

    // The fixtures that pass unchanged, with what they reach.
    private List<Fixture> Fixtures()
    {
        var file = Path.Combine(Folder, "fixtures.tsv");
        if (!File.Exists(file))
        {
            var text = new StringBuilder();
            foreach (var name in Names())
            {
                var hits = (bool[])switches.GetField("Hits")!.GetValue(null)!;
                Array.Clear(hits);
                var watch = Stopwatch.StartNew();
                var (failed, _) = RunFixture(name, TimeSpan.FromMinutes(3));
                if (failed is not null)
                {
                    TestContext.Progress.WriteLine($"left out, as it fails unchanged: {name}: {failed}");
                    continue;
                }

                var reached = hits.Select((isHit, id) => isHit ? id : -1).Where(id => id >= 0);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{name}\t{watch.Elapsed.TotalSeconds:0.00}\t{string.Join(' ', reached)}\n"
                );
                TestContext.Progress.WriteLine($"{name} {watch.Elapsed.TotalSeconds:0.0} s");
            }

            File.WriteAllText(file, text.ToString());
        }

        return
        [
            .. File.ReadAllLines(file)
                .Select(line => line.Split('\t'))
                .Select(fields => new Fixture(
                    fields[0],
                    double.Parse(fields[1], CultureInfo.InvariantCulture),
                    [.. fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]
                )),
        ];
    }

    private static IEnumerable<string> Names() =>
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
            .Select(type => type.FullName!.Replace('+', '.'))
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static (string? Failed, bool IsOver) RunFixture(string name, TimeSpan patience)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        runner.Load(
            Assembly.GetExecutingAssembly(),
            new Dictionary<string, object> { ["NumberOfTestWorkers"] = 4, ["StopOnError"] = true }
        );
        var filter = TestFilter.FromXml(
            $"<filter><and><class>{name}</class><not><cat>Process</cat></not></and></filter>"
        );
        var first = new FirstFailure();
        runner.RunAsync(first, filter);
        return runner.WaitForCompletion((int)patience.TotalMilliseconds) ? (first.Name, false) : ("timeout", true);
    }

    private void SetActive(int id) => switches.GetField("Active")!.SetValue(null, id);

    private sealed record Fixture(string Name, double Seconds, HashSet<int> Hits);

    private sealed class FirstFailure : ITestListener
    {
        public string? Name { get; private set; }

        public void TestStarted(ITest test) { }

        public void TestFinished(ITestResult result)
        {
            if (result.ResultState.Status == TestStatus.Failed)
            {
                Name ??= result.FullName;
            }
        }

        public void TestOutput(TestOutput output) { }

        public void SendMessage(TestMessage message) { }
    }
}
