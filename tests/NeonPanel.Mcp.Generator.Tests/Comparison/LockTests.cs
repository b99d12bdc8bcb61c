using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The verb <c>lock</c> as it is called: what was published stays, or is given up on purpose.</summary>
[Category("Slow")]
internal sealed class LockTests
{
    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("lock-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("operation removed")]
    [TestCase("argument removed")]
    [TestCase("argument renamed")]
    [TestCase("optional argument became required")]
    [TestCase("type changed")]
    [TestCase("allowed value removed")]
    [TestCase("maximum lowered")]
    [TestCase("most members lowered")]
    [TestCase("fewest members raised")]
    [TestCase("null no longer taken where it is required")]
    [TestCase("GET became POST")]
    [TestCase("scope needed")]
    public void Lock_OfWhatBreaksCallers_WritesNothingUnlessAccepted(string edit)
    {
        Publish(before: edit);
        var published = File.ReadAllText(LockFile);
        var (code, output) = Lock(Edited(edit));
        Assert.That(code, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("error NPG021: The published tool '").And.Contain("--accept-breaking"));
        Assert.That(File.ReadAllText(LockFile), Is.EqualTo(published));
        Assert.That(Lock(Edited(edit), accept: true).Code, Is.Zero);
        Assert.That(File.ReadAllText(LockFile), Is.Not.EqualTo(published));
    }

    [TestCase("path changed")]
    [TestCase("operation id changed")]
    [TestCase("maximum raised")]
    [TestCase("optional argument added")]
    [TestCase("text of an argument changed")]
    [TestCase("operation added")]
    public void Lock_OfWhatBreaksNobody_IsWritten(string edit)
    {
        Publish();
        Assert.That(Lock(Edited(edit)).Code, Is.Zero);
        Assert.That(Check(Edited(edit)), Is.Not.EqualTo(3), "no drift is left");
    }

    [Test]
    public void Lock_MovedOperation_KeepsItsPublishedName()
    {
        Publish();
        Lock(Edited("path changed"));
        var tool = Tools().Single(tool => tool["name"]!.ToString() == "vendors_list");
        Assert.That(tool["path"]!.ToString(), Does.EndWith("/suppliers"));
    }

    [Test]
    public void Lock_RenamedToolWithAnAlias_IsWrittenWithItsOldName()
    {
        Publish();
        Assert.That(Lock(Overlaid("./vendors", """{"name":"listVendors"}""")).Code, Is.EqualTo(4));
        Assert.That(Lock(Overlaid("./vendors", """{"name":"listVendors","aliases":["vendors_list"]}""")).Code, Is.Zero);
        Assert.That(
            Tools().Single(tool => tool["name"]!.ToString() == "listVendors")["aliases"]!.ToJsonString(),
            Is.EqualTo("""["vendors_list"]""")
        );
        Assert.That(
            Lock(Overlaid("./vendors", """{"name":"listVendors"}""")).Code,
            Is.EqualTo(4),
            "an alias is a promise too"
        );
    }

    [Test]
    public void Lock_RenamedArgumentWithAnAlias_IsWritten()
    {
        Publish();
        var renamed = Edited("argument renamed");
        Assert.That(Lock(renamed).Code, Is.EqualTo(4));
        new SpecificationEdit(renamed).Operation("./inventory-items/{inventoryId}/balances")["x-mcp"] =
            SpecificationEdit.Json("""{"argumentAliases":{"balances_date":"date"}}""");
        Assert.That(Lock(renamed).Code, Is.Zero);
        Assert.That(
            Tools().Single(tool => tool["argumentAliases"] is not null)["argumentAliases"]!.ToJsonString(),
            Is.EqualTo("""{"balances_date":"date"}""")
        );
    }

    [Test]
    public void Lock_RetiredName_IsKeptFromOthersAndGivenBack()
    {
        Publish();
        var without = Edited("operation removed");
        Lock(without, accept: true);
        Assert.That(Retired(), Is.EqualTo(new[] { "vendors_list" }));
        new SpecificationEdit(without).Operation("./services")["operationId"] = "vendors.list";
        new SpecificationEdit(without).Move("./services", "./helpers");
        Lock(without, accept: true);
        Assert.That(
            Tools().Select(tool => tool["name"]!.ToString()),
            Has.None.EqualTo("vendors_list"),
            "another operation of that id"
        );
        Assert.That(Lock(OurSpecification.Document(), accept: true).Code, Is.Zero);
        Assert.That(
            Tools().Select(tool => tool["name"]!.ToString()),
            Has.One.EqualTo("vendors_list"),
            "the operation came back"
        );
        Assert.That(Retired(), Has.None.EqualTo("vendors_list"));
    }

    [TestCase("""{"aliases":["not legal!"]}""", "'not legal!' is not of the form")]
    [TestCase(
        """{"aliases":["services_list"]}""",
        "'services_list' of 'vendors_list' is a name of 'services_list' as well"
    )]
    [TestCase("""{"argumentAliases":{"q":"serach"}}""", "cannot accept 'q' for 'serach'")]
    [TestCase("""{"argumentAliases":{"per_page":"search"}}""", "cannot accept 'per_page' for 'search'")]
    public void Lock_AliasThatStandsForTwoOrForNothing_IsAFault(string extension, string message)
    {
        var (code, output) = Lock(Overlaid("./vendors", extension));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("error NPG011").And.Contain(message));
    }

    [TestCase("""{"vendors_list":{}}""", "it is a name of 'vendors_list'")]
    [TestCase("""{"gone":{"successor":"nobody"}}""", "'nobody' of 'gone' is not a tool")]
    public void Lock_RetiredToolThatLivesOrHasNoSuccessor_IsAFault(string retired, string message)
    {
        var document = OurSpecification.Document();
        document["x-mcp"] = new JsonObject { ["retired"] = SpecificationEdit.Json(retired) };
        var (code, output) = Lock(document);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("error NPG011").And.Contain(message));
    }

    [Test]
    public void Retired_Tools_SayWhatToCallInstead()
    {
        Publish();
        var document = Edited("operation removed");
        Lock(document, accept: true);
        document["x-mcp"] = new JsonObject
        {
            ["retired"] = SpecificationEdit.Json(
                """{"getStock":{"successor":"inventoryBalances","text":"It takes the same item."}}"""
            ),
        };
        var retired = GenerationPipeline
            .Run(
                new("spec.json", Encoding.UTF8.GetBytes(document.ToJsonString())),
                null,
                Generator.Comparison.ToolLock.Read("lock", File.ReadAllBytes(LockFile))
            )
            .Catalog.Retired;
        Assert.That(
            retired.Select(tool => tool.Sentence),
            Is.EqualTo(
                new[]
                {
                    "The tool 'getStock' is gone. Call 'inventoryBalances' instead. It takes the same item.",
                    "The tool 'vendors_list' is gone: the API no longer offers what was behind it, and nothing takes its place.",
                }
            )
        );
    }

    private string LockFile => Path.Combine(folder, "lock.json");

    private static JsonObject Edited(string name)
    {
        var document = OurSpecification.Document();
        var edit = EditTable.Find(name);
        edit.Before?.Invoke(new(document));
        edit.Apply(new(document));
        return document;
    }

    private static JsonObject Overlaid(string path, string extension)
    {
        var document = OurSpecification.Document();
        new SpecificationEdit(document).Operation(path)["x-mcp"] = SpecificationEdit.Json(extension);
        return document;
    }

    private void Publish(string? before = null)
    {
        var document = OurSpecification.Document();
        (before is null ? null : EditTable.Find(before).Before)?.Invoke(new(document));
        Assert.That(Lock(document).Code, Is.Zero);
    }

    private (int Code, string Output) Lock(JsonObject document, bool accept = false) =>
        Run("lock", document, accept ? ["--accept-breaking"] : []);

    private int Check(JsonObject document) => Run("check", document).Code;

    private (int Code, string Output) Run(string verb, JsonObject document, params string[] more)
    {
        var spec = Path.Combine(folder, "spec.json");
        File.WriteAllText(spec, document.ToJsonString(), new UTF8Encoding(false));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = CommandLine.Run(
            [verb, "--spec", spec, "--lock", LockFile, .. more],
            TextReader.Null,
            output,
            output
        );
        return (code, output.ToString());
    }

    private JsonObject[] Tools() => [.. Read()["tools"]!.AsArray().Select(tool => tool!.AsObject())];

    private string[] Retired() => [.. (Read()["retired"] as JsonArray ?? []).Select(tool => tool!["name"]!.ToString())];

    private JsonObject Read() => JsonNode.Parse(File.ReadAllText(LockFile))!.AsObject();
}
