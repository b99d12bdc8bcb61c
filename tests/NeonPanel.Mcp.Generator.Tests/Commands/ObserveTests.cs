using System.Globalization;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Commands;

/// <summary>The verb <c>observe</c>: what a server saw → the file beside the specification.</summary>
internal sealed class ObserveTests
{
    private string folder = "";

    private string Answers => Path.Combine(folder, "shop.answers.json");

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("observe-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("number", "\"integer\":12,\"number\":8", "integer or number")]
    [TestCase("number", "\"number\":19", null, Description = "too few to know")]
    [TestCase("number", "\"null\":1", "null", Description = "disproves at once")]
    [TestCase("integer", "\"number\":1", "number")]
    [TestCase("integer or null", "\"null\":1", null)]
    [TestCase(null, "\"string\":40", null, Description = "the specification does not describe it")]
    public void Observe_Place_IsAddedIfItIsKnown(string? declared, string found, string? expected)
    {
        Assert.That(Run(declared, found), Is.Zero);
        Assert.That(
            File.ReadAllText(Answers),
            expected is null ? Does.Not.Contain("/m") : Does.Contain($"\"/m\": \"{expected}\"")
        );
    }

    [Test]
    public void Observe_PlaceThatIsThere_KeepsItsKinds()
    {
        Run("number", "\"number\":30");
        var (code, output) = (Run("number", "\"null\":1"), "");
        output = File.ReadAllText(Answers);
        Assert.That(
            (code, output.Contains("\"/m\": \"number or null\"", StringComparison.Ordinal)),
            Is.EqualTo((0, true))
        );
        // Nothing new: the same bytes.
        Run("number", "\"number\":30");
        Assert.That(File.ReadAllText(Answers), Is.EqualTo(output));
    }

    [Test]
    public void Observe_StandardInputAsSpecification_IsRefused()
    {
        var (code, _, errors) = Observe("-", "number", "\"number\":30");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("--spec must name a file, not '-'"));
    }

    [TestCase("shop.openapi.json", "shop.answers.json")]
    [TestCase("shop.yaml", "shop.answers.json")]
    [TestCase("a.b.json", "a.b.answers.json")]
    public void File_OfASpecification_LiesBesideIt(string specification, string expected) =>
        Assert.That(Disk.SeenFileOf(Path.Combine("x", specification)), Is.EqualTo(Path.Combine("x", expected)));

    private int Run(string? declared, string found) =>
        Observe(Path.Combine(folder, "shop.openapi.json"), declared, found).Code;

    private (int Code, string Output, string Errors) Observe(string specification, string? declared, string found)
    {
        var seen = Path.Combine(folder, "observed.json");
        var kinds = declared is null ? "null" : $"\"{declared}\"";
        File.WriteAllText(
            seen,
            "{\"drift\":{\"compared\":1,\"tools\":{\"list\":{\"/m\":{\"declared\":"
                + kinds
                + ",\"found\":{"
                + found
                + "}}}}}}"
        );
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var code = CommandLine.Run(
            ["observe", "--observed", seen, "--spec", specification],
            TextReader.Null,
            output,
            errors
        );
        return (code, output.ToString(), errors.ToString());
    }
}
