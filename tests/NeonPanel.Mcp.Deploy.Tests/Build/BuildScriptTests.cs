using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Build;

/// <summary>Runs <c>build.ps1</c> in PowerShell's engine, with a stand-in for <c>dotnet</c>.</summary>
[Platform(Exclude = "Win", Reason = "The stand-in for dotnet is a shell script.")]
[UnsupportedOSPlatform("windows")]
internal sealed class BuildScriptTests
{
    private const string Inputs =
        "--spec spec/neonpanel.openapi.json --overlay spec/neonpanel.overlay.json --lock spec/neonpanel.tools.lock.json --skills spec/skills";

    private static readonly Dictionary<string, string> Steps = new()
    {
        ["restore"] = "restore",
        ["generate"] =
            $"run --project generator/NeonPanel.Mcp.Generator -- generate {Inputs} --out artifacts/generated",
        ["check"] = $"run --project generator/NeonPanel.Mcp.Generator -- check {Inputs}",
        ["build"] = "build -c Release",
        ["test"] = "test -c Release",
        ["publish"] = "publish src/NeonPanel.Mcp.Server -p:PublishAot=true -o artifacts/server",
        ["pack"] = "pack src/NeonPanel.Client -o artifacts/packages",
        ["packages"] = "build packages/Packages.proj",
        ["refresh"] =
            "run --project generator/NeonPanel.Mcp.Generator -- refresh --report artifacts/refresh.md --changelog CHANGELOG.md",
    };

    private static readonly string Script = Path.Combine(Repository.Root, "build.ps1");

    [Test]
    public void Script_Parsed_HasNoFault()
    {
        Parser.ParseFile(Script, out _, out var errors);
        Assert.That(errors.Select(error => error.Message), Is.Empty);
    }

    [TestCaseSource(nameof(Steps))]
    public void Step_Run_IsOneCallOfDotnetAtTheRoot(KeyValuePair<string, string> step)
    {
        using var dotnet = new RecordingDotnet();
        Assert.That(Run(step.Key), Is.Zero);
        Assert.That(dotnet.Calls, Is.EqualTo((string[])[$"{Repository.Root}> {step.Value}"]));
    }

    [TestCaseSource(nameof(Steps))]
    public void Step_WithoutTheScript_IsInTheBuildingPage(KeyValuePair<string, string> step) =>
        Assert.That(
            Repository.Read("docs/building.md"),
            Does.Contain($"| `{step.Key}` |").And.Contain($" `dotnet {step.Value}` |")
        );

    [Test]
    public void Script_WithoutAStep_RunsAllButRefreshInOrder()
    {
        using var dotnet = new RecordingDotnet();
        Assert.That(Run(null), Is.Zero);
        Assert.That(
            dotnet.Calls.Select(call => call.Split("> ", 2)[1]),
            Is.EqualTo(Steps.Where(step => step.Key != "refresh").Select(step => step.Value))
        );
    }

    [TestCase("build", null)]
    [TestCase("test", "test")]
    public void Step_ThatFails_EndsTheScriptWithItsExitCode(string failing, string? step)
    {
        using var dotnet = new RecordingDotnet(failing, code: 7);
        Assert.That(Run(step), Is.EqualTo(7));
        Assert.That(dotnet.Calls[^1], Does.EndWith(Steps[failing]));
    }

    [Test]
    public void Step_Unknown_IsRefusedAndNothingIsCalled()
    {
        using var dotnet = new RecordingDotnet();
        Assert.That(
            () => Run("deploy"),
            Throws
                .InstanceOf<ParameterBindingException>()
                .With.Message.Contains("restore,generate,check,build,test,publish,pack,packages,refresh,all")
        );
        Assert.That(dotnet.Calls, Is.Empty);
    }

    /// <returns>The exit code.</returns>
    private static int Run(string? step)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(Script);
        if (step is not null)
        {
            shell.AddParameter("Step", step);
        }

        shell.Invoke();
        return (int)runspace.SessionStateProxy.GetVariable("LASTEXITCODE");
    }
}
