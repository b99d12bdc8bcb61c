using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Commands;

/// <summary>Files and options that cannot be used, as the verbs tell of them: exit code and one line, never a stack
/// trace.</summary>
internal sealed class CommandLineTests
{
    private const string Specification =
        """{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"operationId":"readA"}}}}""";

    private string folder = "";

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("command-").FullName;
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("spec.json"), Specification);
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("report --spec {0}/folder", "folder#: error NPG001: The file cannot be read: it is a folder.")]
    [TestCase("report --spec {0}/none", "none#: error NPG001: The file cannot be read: there is no such file.")]
    [TestCase(
        "lock --spec {0}/spec.json --lock {0}/folder",
        "folder#: error NPG001: The file cannot be written: it is a folder."
    )]
    [TestCase("generate --spec {0}/spec.json --out {0}/spec.json", "error NPG001: The file cannot be written: ")]
    public void Run_FileThatCannotBeUsed_IsNamedWithTheReason(string arguments, string expected)
    {
        var (code, output, errors) = Run(arguments);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain(expected).And.Not.Contain("   at "));
        Assert.That(File.ReadAllText(At("spec.json")), Is.EqualTo(Specification));
    }

    [TestCase("report --spec ''", "Option '--spec' is empty; a value is expected.")]
    [TestCase("generate --spec {0}/spec.json --out ''", "Option '--out' is empty; a value is expected.")]
    [TestCase(
        "generate --spec {0}/spec.json --out {0}/out --namespace a;b",
        "Option '--namespace' is 'a;b'; names of letters"
    )]
    [TestCase(
        "generate --spec {0}/spec.json --out {0}/out --namespace A..B",
        "Option '--namespace' is 'A..B'; names of letters"
    )]
    public void Run_OptionThatCannotBeUsed_IsAUsageErrorAndWritesNothing(string arguments, string expected)
    {
        var (code, output, errors) = Run(arguments);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.StartWith(expected));
        Assert.That(Directory.Exists(At("out")), Is.False);
    }

    [TestCase(
        "{\n  \"openapi\": \"3.1.0\"\n  \"paths\": {}\n}",
        "spec.json(3,3): error NPG001: The file is not valid JSON: "
    )]
    [TestCase("openapi: 3.1.0\npaths:\n  /a: [\n", "spec.json(4,1): error NPG001: The file is not valid YAML: ")]
    [TestCase("{\n  \"title\": 1\n}", "spec.json(1,1): error NPG002: ")]
    public void Generate_WithLines_NamesTheLineOfAFault(string specification, string expected)
    {
        File.WriteAllText(At("spec.json"), specification);
        var (code, output, errors) = Run("generate --spec {0}/spec.json --out {0}/out --lines");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain(expected).And.Not.Contain("#"));
    }

    [TestCase("""$.paths['/none']""", """{"x":1}""", "(5,5): error NPG010: ", "[/actions/1]")]
    public void Generate_WithLines_NamesTheLineOfAnAction(string target, string update, string place, string pointer)
    {
        File.WriteAllText(
            At("overlay.json"),
            $$"""
            {
              "overlay": "1.0.0", "info": { "title": "t", "version": "1" },
              "actions": [
                { "target": "$.paths['/a']", "update": { "summary": "Reads." } },
                { "target": "{{target}}", "update": {{update}} }
              ]
            }
            """
        );
        var (code, _, errors) = Run("generate --spec {0}/spec.json --overlay {0}/overlay.json --out {0}/out --lines");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain(place).And.Contain(pointer));
    }

    [Test]
    public void Refresh_ReportThatCannotBeWritten_WritesNothingElseEither()
    {
        var (code, _, errors) = Run(
            "refresh --url {0}/spec.json --spec {0}/new.json --lock {0}/lock.json --report {0}/folder"
        );
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("folder#: error NPG001: The file cannot be written, and nothing was: "));
        Assert.That(
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "folder", "spec.json" })
        );
    }

    [Test]
    public void Run_OutputThatTakesNothing_IsToldAndFails()
    {
        using var errors = new StringWriter();
        var code = CommandLine.Run(["report", "--spec", At("spec.json")], TextReader.Null, new FullDisk(), errors);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors.ToString().Trim(), Is.EqualTo("No space left on device"));
    }

    private (int Code, string Output, string Errors) Run(string arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(
            [
                .. arguments
                    .Split(' ')
                    .Select(argument =>
                        argument == "''" ? "" : argument.Replace("{0}", folder, StringComparison.Ordinal)
                    ),
            ],
            TextReader.Null,
            output,
            errors
        );
        return (code, output.ToString(), errors.ToString());
    }

    private string At(string name) => Path.Combine(folder, name);

    private sealed class FullDisk : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");
    }
}
