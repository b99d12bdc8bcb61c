using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Terminal;

/// <summary>The generator as a process of its own: what a pipe gets, and what a terminal gets.</summary>
internal sealed class ProcessTests
{
    // An overlay that names what is not there: errors name it.
    private const string Hostile = """
        {"openapi":"3.1.0","info":{"title":"[red]t[/] \u001b[31m","version":"1"},"paths":{"/[bold]a\u001b[2J":{"get":{"operationId":"a","summary":"[red]s\u001b[5m"}},
         "/b":{"get":{"operationId":"\u001b]0;x\u0007","x-mcp":{"name":"[blink]\u001b[5m"}}}}}
        """;

    private string file = "";

    [OneTimeSetUp]
    public void Write() => File.WriteAllText(file = Path.GetTempFileName(), Hostile, new UTF8Encoding(false));

    [OneTimeTearDown]
    public void Delete() => File.Delete(file);

    [TestCase("report", "text")]
    [TestCase("check", "text")]
    [TestCase("report", "html")]
    public void Run_IntoPipes_WritesWhatTheVerbWritesAndNoEscape(string verb, string format)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        string[] arguments = [verb, "--spec", file, "--format", format];
        var code = CommandLine.Run(arguments, TextReader.Null, output, errors);
        var ran = Run("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]);
        Assert.That(ran, Is.EqualTo((code, output.ToString(), errors.ToString())));
        Assert.That(ran.Output + ran.Errors, Is.Not.Empty.And.Not.Contain("\u001b"));
    }

    [Test]
    public void Run_OnATerminal_ColorsOnlyWhatWeSay()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Ignore("There is no 'script' (util-linux), which gives a process a terminal.");
        }

        var command = $"TERM=xterm dotnet '{typeof(CommandLine).Assembly.Location}' check --spec '{file}'";
        var (code, output, _) = Run("/usr/bin/script", ["-qec", command, "/dev/null"]);
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Match("\u001b\\[[0-9;]+merror\u001b\\[0m NPG").And.Contain("[blink]"));
        Assert.That(output, Does.Not.Contain("\u001b[5m").And.Not.Contain("\u001b[2J").And.Not.Contain("\u001b]0;"));
    }

    private static (int Code, string Output, string Errors) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("CI");
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
