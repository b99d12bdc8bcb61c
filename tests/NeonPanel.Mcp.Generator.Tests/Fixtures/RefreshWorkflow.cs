using System.Diagnostics;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;
using YamlDotNet.RepresentationModel;

namespace NeonPanel.Mcp.Generator.Tests.Fixtures;

/// <summary>Runs the shell steps of <c>.github/workflows/refresh-spec.yml</c> as the runner would, in a repository made
/// for it. Everything is real (bash, git, the built generator) but two things on the path: <c>dotnet</c> starts the
/// generator that is built already and gives it the address of a file server, since the workflow names none, and writes
/// a text for the client's public API; <c>gh</c> keeps what it was called with.</summary>
internal sealed partial class RefreshWorkflow : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("workflow-").FullName;
    private readonly List<(string Name, string? Condition, string Script)> refreshSteps;
    private readonly List<(string Name, string? Condition, string Script)> pullRequestSteps;
    private readonly string address;

    /// <param name="address">Where the specification is fetched from.</param>
    public RefreshWorkflow(string address)
    {
        this.address = address;
        var yaml = new YamlStream();
        yaml.Load(
            new StringReader(
                File.ReadAllText(Path.Combine(OurSpecification.Folder, ".github/workflows/refresh-spec.yml"))
            )
        );
        refreshSteps = StepsOf(yaml.Documents[0].RootNode["jobs"]["refresh"]);
        pullRequestSteps = StepsOf(yaml.Documents[0].RootNode["jobs"]["pull-request"]);
        Directory.CreateDirectory(At("bin"));
        Program(
            "dotnet",
            $"""
            if [ "$*" = 'test tests/NeonPanel.Mcp.Deploy.Tests --filter PublicApi -e UPDATE_PUBLIC_API=true' ]; then
              mkdir -p src/NeonPanel.Client && echo 'the API after it' > src/NeonPanel.Client/PublicApi.txt
              exit
            fi
            [ "$1 $2 $3 $4" = 'run --project generator/NeonPanel.Mcp.Generator --' ] || exit 99
            shift 4
            exec '{Environment.ProcessPath}' '{typeof(CommandLine).Assembly.Location}' "$@" --url "$TEST_ADDRESS"
            """
        );
        Program(
            "gh",
            """
            echo "$*" >> "$TEST_FOLDER/gh.txt"
            while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$TEST_FOLDER/body.md"; shift; done
            """
        );
        Directory.CreateDirectory(At("repository/spec"));
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(OurSpecification.Folder, "spec"))
                .Append(Path.Combine(OurSpecification.Folder, "CHANGELOG.md"))
        )
        {
            File.Copy(file, At(Path.Combine("repository", Path.GetRelativePath(OurSpecification.Folder, file))));
        }

        File.WriteAllText(At("repository/.gitignore"), "artifacts/\n");
        Assert.That(
            Shell(
                """
                git init -q --bare ../origin.git && git init -q -b main && git remote add origin ../origin.git
                git add . && git -c user.name=t -c user.email=t@example.com commit -q -m start && git push -q origin main
                """
            ).Code,
            Is.Zero
        );
    }

    /// <summary>Gets the calls of <c>gh</c>, one a line.</summary>
    public string Calls => Read("gh.txt");

    /// <summary>Gets the folder in which the second job finds the artifact of the first.</summary>
    public string Artifact => At("runner/pull-request");

    /// <summary>Gets the text of the pull request.</summary>
    public string Body => Read("body.md");

    /// <summary>Gets the summary of the run.</summary>
    public string Summary => Read("summary.md");

    /// <summary>Tells why the steps cannot run on this machine, or <see langword="null"/>.</summary>
    public static string? ReasonAgainst() =>
        OperatingSystem.IsWindows() ? "The runner is a Linux; its paths are not those of Windows."
        : Array.Find(["bash", "git"], program =>
            !(Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(path => File.Exists(Path.Combine(path, program)))
        )
            is { } missing
            ? $"There is no {missing} on this machine."
        : null;

    /// <summary>Runs the steps of both jobs until one fails. The second job starts when the first says that something
    /// changed, from a fresh checkout and with nothing of the first job but its artifact.</summary>
    /// <returns>The names of the steps that ran, the exit code of the last, and all that they wrote.</returns>
    public (IReadOnlyList<string> Ran, int Code, string Output) Run()
    {
        var ran = new List<string>();
        var (code, written) = Run(refreshSteps, ran);
        if (code != 0 || !Read("output.txt").Contains("changed=true\n", StringComparison.Ordinal))
        {
            return (ran, code, written);
        }

        Assert.That(
            Shell(
                """
                mkdir -p "$RUNNER_TEMP" && mv artifacts/pull-request "$RUNNER_TEMP/"
                rm -rf artifacts && git checkout -q -- . && git clean -fdq
                """
            ).Code,
            Is.Zero
        );
        (code, var output) = Run(pullRequestSteps, ran);
        return (ran, code, written + output);
    }

    /// <summary>The files of a commit that was pushed, against main.</summary>
    public string Pushed(string branch) =>
        Shell(
            $"git -C ../origin.git diff --name-only main {branch} -- && git -C ../origin.git log -1 --format=%s {branch}"
        ).Output;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex(@"^steps\.refresh\.outputs\.code (==|!=) '(\d)'$")]
    private static partial Regex Condition();

    private static List<(string Name, string? Condition, string Script)> StepsOf(YamlNode job) =>
        [
            .. ((YamlSequenceNode)job["steps"])
                .OfType<YamlMappingNode>()
                .Where(step => step.Children.ContainsKey("run"))
                .Select(step => (Text(step, "name")!, Text(step, "if"), Text(step, "run")!)),
        ];

    private (int Code, string Output) Run(List<(string Name, string? Condition, string Script)> steps, List<string> ran)
    {
        var written = "";
        foreach (var (name, condition, script) in steps)
        {
            if (!Holds(condition))
            {
                continue;
            }

            ran.Add(name);
            var (code, output) = Shell(script);
            written += output;
            if (code != 0)
            {
                return (code, written);
            }
        }

        return (0, written);
    }

    // The only form of condition that the workflow has; another one fails here.
    private bool Holds(string? condition)
    {
        if (condition is null)
        {
            return true;
        }

        var match = Condition().Match(condition);
        Assert.That(match.Success, condition);
        return Read("output.txt").Contains($"code={match.Groups[2].Value}\n", StringComparison.Ordinal)
            == (match.Groups[1].Value == "==");
    }

    // As the runner calls 'shell: bash'.
    private (int Code, string Output) Shell(string script)
    {
        File.WriteAllText(At("step.sh"), script);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", At("step.sh")])
        {
            WorkingDirectory = At("repository"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = At("bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
                ["GITHUB_OUTPUT"] = At("output.txt"),
                ["GITHUB_STEP_SUMMARY"] = At("summary.md"),
                ["RUNNER_TEMP"] = At("runner"),
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["TEST_FOLDER"] = folder,
                ["TEST_ADDRESS"] = address,
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        TestContext.Out.WriteLine(output);
        return (process.ExitCode, output);
    }

    private void Program(string name, string script)
    {
        File.WriteAllText(At("bin/" + name), "#!/usr/bin/env bash\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                At("bin/" + name),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    private string Read(string name) => File.Exists(At(name)) ? File.ReadAllText(At(name)) : "";

    private string At(string name) => Path.Combine(folder, name);

    private static string? Text(YamlMappingNode step, string name) =>
        step.Children.TryGetValue(name, out var value) ? value.ToString() : null;
}
