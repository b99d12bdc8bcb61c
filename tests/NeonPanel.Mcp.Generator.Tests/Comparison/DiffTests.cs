using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The verb <c>diff</c> as it is called: kinds of files, formats, exit codes.</summary>
[Category("Slow")]
internal sealed class DiffTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("diff-").FullName;

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("nothing", 0, "none")]
    [TestCase("maximum raised", 0, "additive")]
    [TestCase("text of an argument changed", 3, "risky")]
    [TestCase("argument removed", 4, "breaking")]
    public void Diff_OfTwoSpecifications_TellsTheWorstClassInItsExitCode(string edit, int expectedCode, string verdict)
    {
        var (code, output) = Run(
            Write("before.json", OurSpecification.Document()),
            Write("after.json", Edited(edit)),
            "--format",
            "json"
        );
        Assert.That(code, Is.EqualTo(expectedCode));
        Assert.That(JsonNode.Parse(output)!["verdict"]!.ToString(), Is.EqualTo(verdict));
    }

    [Test]
    public void Diff_AsJson_HasTheMembersOfTheContract()
    {
        var output = Run(
            Write("before.json", OurSpecification.Document()),
            Write("after.json", Edited("path changed")),
            "--format",
            "json"
        ).Output;
        var expected = JsonNode
            .Parse(
                """
                {
                  "class": "breaking",
                  "caller": "compatible",
                  "kind": "operation-moved",
                  "tool": "vendors_list",
                  "operation": { "method": "GET", "path": "/api/v1/companies/{companyUuid}/vendors", "operationId": "vendors.list" },
                  "movedTo": { "method": "GET", "path": "/api/v1/companies/{companyUuid}/suppliers", "operationId": "vendors.list" },
                  "pointer": "/paths/~1api~1v1~1companies~1{companyUuid}~1suppliers/get",
                  "before": "GET /api/v1/companies/{companyUuid}/vendors",
                  "after": "GET /api/v1/companies/{companyUuid}/suppliers"
                }
                """
            )!
            .AsObject();
        var change = JsonNode.Parse(output)!["changes"]!.AsArray().Single()!.AsObject();
        Assert.That(change["text"]!.ToString(), Does.StartWith("vendors_list: The operation moved from GET "));
        change.Remove("text");
        Assert.That(JsonNode.DeepEquals(change, expected), change.ToJsonString());
    }

    [TestCase(
        "argument removed",
        "/paths/~1api~1v1~1companies~1{companyUuid}~1bills/get/parameters/1",
        Description = "gone: where it was"
    )]
    [TestCase("maximum lowered", "/paths/~1api~1v1~1companies/get/parameters/1/schema/maximum")]
    [TestCase(
        "text of an argument changed",
        "/paths/~1api~1v1~1companies~1{companyUuid}~1bills/get/parameters/1/description"
    )]
    [TestCase(
        "type narrowed",
        "/components/schemas/BillDetailInput/properties/rate/type",
        Description = "through references and items"
    )]
    [TestCase("member became nullable", "/components/schemas/VendorResource/properties/id/type")]
    public void Diff_OfAChange_PointsToWhereItIsWritten(string edit, string pointer)
    {
        var output = Run(
            Write("before.json", OurSpecification.Document()),
            Write("after.json", Edited(edit)),
            "--format",
            "json"
        ).Output;
        Assert.That(
            JsonNode.Parse(output)!["changes"]!.AsArray().Select(change => change!["pointer"]!.ToString()),
            Is.All.EqualTo(pointer)
        );
    }

    [Test]
    public void Diff_OfALockAndTheSpecificationItWasMadeOf_FindsNothing()
    {
        var (code, output) = Run(
            Spec("neonpanel.tools.lock.json"),
            Spec("neonpanel.openapi.json"),
            "--overlay",
            Spec("neonpanel.overlay.json")
        );
        Assert.That(output, Does.StartWith("No change"));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public void Diff_OfCatalogues_FindsNothingInTheSameAndTheLossInAnother()
    {
        var catalog = OurSpecification.Run().Emit("NeonPanel").Single(file => file.Path == "catalog.json").Text;
        var smaller = JsonNode.Parse(catalog)!;
        smaller["tools"]!.AsArray().RemoveAt(0);
        var before = Write("catalog.json", JsonNode.Parse(catalog)!);
        Assert.That(Run(before, Spec("neonpanel.tools.lock.json")).Output, Does.StartWith("No change"));
        var (code, output) = Run(before, Write("smaller.json", smaller));
        Assert.That(output, Does.Contain("adjustments_create: The tool is gone"));
        Assert.That(code, Is.EqualTo(4));
    }

    [Test]
    public void Diff_OfAMoveWhoseNameTheLockKeeps_IsAdditive()
    {
        var (code, output) = Run(
            Spec("neonpanel.tools.lock.json"),
            Write("after.json", Edited("path changed")),
            "--overlay",
            Spec("neonpanel.overlay.json")
        );
        var moved = output.Split('\n').Single(line => line.Contains("The operation moved", StringComparison.Ordinal));
        Assert.That(moved, Does.Contain("The tool keeps its name."));
        Assert.That(
            output.IndexOf(moved, StringComparison.Ordinal),
            Is.GreaterThan(output.IndexOf("\nAdditive\n", StringComparison.Ordinal))
        );
        // The overlay aims at the old path, so what it adds there is lost: that is no move.
        Assert.That(code, Is.EqualTo(4));
    }

    [TestCase("text")]
    [TestCase("markdown")]
    public void Diff_ForPeople_BeginsWithTheVerdict(string format)
    {
        var output = Run(
            Write("before.json", OurSpecification.Document()),
            Write("after.json", Edited("argument removed")),
            "--format",
            format
        ).Output;
        Assert.That(
            output.Split('\n')[0],
            Does.Contain("Breaking for agents").And.Contain("1 breaking").And.Contain("breaking (1 of the changes)")
        );
    }

    [Test]
    public void Diff_OfHostileTexts_StaysInItsCells()
    {
        const string hostile = "a | b\n| c <script> [x](http://x) `code` @everyone \u001b[31m";
        var after = OurSpecification.Document();
        new SpecificationEdit(after).Operation("./bills")["description"] = hostile;
        foreach (var format in new[] { "text", "markdown" })
        {
            var output = Run(
                Write("before.json", OurSpecification.Document()),
                Write("after.json", after),
                "--format",
                format
            ).Output;
            Assert.That(output.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
            if (format == "markdown")
            {
                var row = output.Split('\n').Single(line => line.StartsWith("| bills", StringComparison.Ordinal));
                Assert.That(
                    row.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|'),
                    Is.EqualTo(6)
                );
                Assert.That(output, Does.Not.Contain("<script>").And.Not.Contain("@everyone"));
            }
        }
    }

    [Test]
    public void Diff_OfSomethingElse_IsAFault()
    {
        File.WriteAllText(Path.Combine(folder, "other.json"), "{\"a\":1}", Encoding.UTF8);
        Assert.That(Run(Spec("neonpanel.openapi.json"), Path.Combine(folder, "other.json")).Code, Is.EqualTo(1));
        Assert.That(Run(Spec("neonpanel.openapi.json"), Path.Combine(folder, "none.json")).Code, Is.EqualTo(1));
    }

    // 'maxProperties' became smaller, and an allowed value that reads like a type became that type.
    [Test]
    public void Diff_OfTheCaseOfLimits_IsTheSameForSpecificationsLocksAndCatalogues()
    {
        var both = JsonNode.Parse(
            File.ReadAllBytes(
                Path.Combine(OurSpecification.Folder, "tests/NeonPanel.Mcp.Generator.Tests/Cases/changed-limits.json")
            )
        )!;
        foreach (var kind in new[] { "specification", "lock", "catalog" })
        {
            var (code, output) = Run(Side("before", kind), Side("after", kind), "--format", "json");
            var changes = JsonNode.Parse(output)!["changes"]!
                .AsArray()
                .Select(change => ((string)change!["class"]!, (string)change["caller"]!, (string)change["text"]!));
            Assert.That(code, Is.EqualTo(4), kind);
            Assert.That(
                changes,
                Is.EqualTo(
                    new[]
                    {
                        (
                            "breaking",
                            "compatible",
                            "setTags: The argument 'tags' has another maxProperties: 50 before, 2 now."
                        ),
                        ("risky", "breaking", "setTags: In the answer 'kind' was string and is number."),
                    }
                ),
                kind
            );
        }

        string Side(string side, string kind)
        {
            var specification = Write($"{side}-{kind}.json", both[side]!);
            var (lockFile, output) = (Path.Combine(folder, $"{side}.lock.json"), Path.Combine(folder, side));
            switch (kind)
            {
                case "lock":
                    Assert.That(Command("lock", "--spec", specification, "--lock", lockFile), Is.Zero);
                    return lockFile;
                case "catalog":
                    Assert.That(Command("generate", "--spec", specification, "--out", output), Is.Zero);
                    return Path.Combine(output, "catalog.json");
                default:
                    return specification;
            }
        }
    }

    private static int Command(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        return CommandLine.Run(arguments, TextReader.Null, output, output);
    }

    private static JsonObject Edited(string name)
    {
        var document = OurSpecification.Document();
        EditTable.Find(name).Apply(new(document));
        return document;
    }

    private static string Spec(string name) => Path.Combine(OurSpecification.Folder, "spec", name);

    private string Write(string name, JsonNode document)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, document.ToJsonString(), new UTF8Encoding(false));
        return file;
    }

    private static (int Code, string Output) Run(string from, string to, params string[] more)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = CommandLine.Run(["diff", "--from", from, "--to", to, .. more], TextReader.Null, output, output);
        return (code, output.ToString());
    }
}
