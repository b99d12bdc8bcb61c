using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Composing;

/// <summary>The overlay's <c>x-mcp.composed</c>: tools that read several operations.</summary>
internal sealed class ComposedTests
{
    private const string Paths = """
        {"/shops":{"get":{"operationId":"listShops","security":[{"key":["shops.read"]}],
            "parameters":[{"name":"page","in":"query","schema":{"type":"integer"}},{"name":"town","in":"query","description":"Town of the shop.","schema":{"type":"string","maxLength":9}}],
            "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
              {"data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"}}}}}}}}}}},
           "post":{"operationId":"makeShop","responses":{}}},
         "/shops/{shop}/shelves":{"get":{"operationId":"listShelves","security":[{"key":["shelves.read"]}],
            "parameters":[{"name":"shop","in":"path","required":true,"schema":{"type":"integer"}}],
            "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
              {"rows":{"type":"array","items":{"type":"object","properties":{"units":{"type":"integer"},"price":{"type":"number"},"day":{"type":"string","format":"date"}}}}}}}}}}}}}
        """;

    private const string Good = """
        {"title":"See shelves","description":"Returns the shelves of all shops.","profiles":["floor"],
         "arguments":{"town":{"like":"listShops.town"},"top":{"type":"integer","default":3,"description":"Most rows."}},
         "steps":{
           "shops":{"call":"listShops","with":{"town":{"argument":"town"}},"rows":"data","pages":5,"label":"name"},
           "shelves":{"call":"listShelves","forEach":"shops","with":{"shop":{"member":"shops.id"}},"rows":"rows"}},
         "result":{
           "sums":{"totals":"shelves","sum":["value"]},
           "shelves":{"of":"shelves","columns":{"shop":"shops.name","day":"shelves.day","value":{"product":["shelves.units","shelves.price"]}},
             "sort":["-value"],"top":{"argument":"top"}}}}
        """;

    [Test]
    public void Run_ComposedTool_StandsAmongTheToolsWithTheScopesOfAllItsSteps()
    {
        var catalog = Run(Good).Catalog;
        var tool = catalog.Tools.Single(tool => tool.ToolName == "seeShelves");
        Assert.Multiple(() =>
        {
            Assert.That(tool.Scopes, Is.EqualTo(new[] { "shelves.read", "shops.read" }));
            Assert.That(tool.Hints, Is.EqualTo(new HintsModel(true, false, true, false)));
            Assert.That(tool.Profiles, Is.EqualTo(new[] { "all", "floor", "read" }));
            Assert.That(tool.Composition!.Tools, Is.EqualTo(new[] { "listShelves", "listShops" }));
            Assert.That(catalog.Operations.Select(known => known.ToolName), Does.Not.Contain("seeShelves"));
        });
    }

    [Test]
    public void Run_ArgumentLikeThatOfATool_HasItsSchemaAndText()
    {
        var properties = Tool().InputSchema["properties"]!;
        Assert.That(
            properties["town"]!.ToJsonString(),
            Is.EqualTo("""{"type":"string","description":"Town of the shop.","maxLength":9}""")
        );
        Assert.That(
            properties["top"]!.ToJsonString(),
            Is.EqualTo("""{"type":"integer","description":"Most rows.","default":3}""")
        );
    }

    [Test]
    public void Run_Result_IsDescribedWithTheTypesOfItsColumns()
    {
        var members = Tool().OutputSchema["properties"]!;
        Assert.That(
            members.AsObject().Select(member => member.Key),
            Is.EqualTo(new[] { "complete", "missing", "sums", "shelves" })
        );
        Assert.That(
            members["shelves"]!["items"]!["properties"]!.ToJsonString(),
            Is.EqualTo(
                """{"shop":{"description":"string"},"day":{"description":"date"},"value":{"description":"number"}}"""
            )
        );
    }

    [TestCase("objects")]
    [TestCase("lists")]
    public void Run_View_NamesColumnsOfATableInEitherForm(string form)
    {
        const string view =
            """{"kind":"matrix","list":"shelves","row":["shop"],"column":"day","value":"value","summary":"sums"}""";
        var composed = WithView(view)
            .Replace("\"sort\":[\"-value\"]", $"\"sort\":[\"-value\"],\"form\":\"{form}\"", StringComparison.Ordinal);
        var tool = Run(composed).Catalog.Tools.Single(tool => tool.ToolName == "seeShelves");
        Assert.That(tool.View!.Kind, Is.EqualTo(ViewKind.Matrix));
        Assert.That(tool.View.Declaration.ToJsonString(), Is.EqualTo(view));
    }

    [TestCase("""{"kind":"table","list":"shelfs"}""", "has no list of objects 'shelfs'")]
    [TestCase("""{"kind":"table","list":"shelves","columns":["shop","days"]}""", "did you mean 'day'?")]
    [TestCase("""{"kind":"table","list":"shelves","columns":["hidden"]}""", "no single value 'hidden'")]
    public void Run_ViewOfWhatTheTableLacks_IsAnErrorAtItsPlace(string view, string expected)
    {
        var composed = WithView(view)
            .Replace(
                "\"columns\":{\"shop\"",
                "\"hide\":[\"hidden\"],\"columns\":{\"hidden\":\"shops.name\",\"shop\"",
                StringComparison.Ordinal
            );
        var fault = Assert.Throws<FaultException>(() => Run(composed))!;
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/x-mcp/composed/seeShelves/view"));
        Assert.That(fault.Diagnostic.Message, Does.Contain(expected));
    }

    [Test]
    public void Emit_ComposedTool_IsDataAndNoMethodOfTheClient()
    {
        var files = ToolEmitter.Emit(Run(Good).Catalog, "Other").ToList();
        var tool = files.Single(file => file.Path == "Tools/SeeShelvesTool.g.cs").Text;
        Assert.That(tool, Does.Contain("""        ComposedOf = ["listShelves", "listShops"],"""));
        Assert.That(tool, Does.Contain("        Composition = \"\"\"{\"steps\":{\"shops\":{\"call\":\"listShops\","));
        Assert.That(tool, Does.Contain("""defaults":{"top":3}"""));
        var client = Run(Good).Emit("Other").Where(file => file.Path.Contains("Client", StringComparison.Ordinal));
        Assert.That(client.Select(file => file.Text), Is.All.Not.Contains("SeeShelves"));
    }

    [Test]
    public void Lock_ComposedTool_IsPublishedAndComparedLikeOthers()
    {
        var first = ToolLock.Write(Run(Good).Catalog);
        var published = ToolLock.Of("lock", (JsonObject)JsonNode.Parse(first)!);
        Assert.That(published.Compare(Run(Good).Catalog), Is.Empty);
        var changed = Run(
            Good.Replace(
                    "\"top\":{\"type\":\"integer\",\"default\":3,\"description\":\"Most rows.\"}",
                    "\"count\":{\"type\":\"integer\"}",
                    StringComparison.Ordinal
                )
                .Replace("{\"argument\":\"top\"}", "{\"argument\":\"count\"}", StringComparison.Ordinal)
        );
        Assert.That(
            published.Compare(changed.Catalog).Select(diagnostic => diagnostic.Message),
            Has.One.Contains("The published tool 'seeShelves' would break its callers")
        );
    }

    [TestCase(
        "\"shop\":\"shops.name\"",
        "\"shop\":{\"tool\":\"listShop\"}",
        "/result/shelves/columns/shop",
        "'tool' names the tool 'listShop', which does not exist"
    )]
    [TestCase(
        "\"call\":\"listShelves\"",
        "\"call\":\"listShelfs\"",
        "/steps/shelves",
        "'call' names the tool 'listShelfs', which does not exist"
    )]
    [TestCase(
        "\"call\":\"listShelves\"",
        "\"call\":\"makeShop\"",
        "/steps/shelves",
        "'call' names the tool 'makeShop', which changes something; a step only reads"
    )]
    [TestCase(
        "\"forEach\":\"shops\"",
        "\"forEach\":\"stores\"",
        "/steps/shelves",
        "'forEach' names the step 'stores', which does not stand before this one; there are shops"
    )]
    [TestCase(
        "\"forEach\":\"shops\",",
        "",
        "/steps/shelves/with/shop",
        "'shops.id' must be a member of a row that the step goes through (forEach)"
    )]
    [TestCase(
        "\"shop\":{\"member\":\"shops.id\"}",
        "",
        "/steps/shelves/with",
        "the tool 'listShelves' needs the argument 'shop'"
    )]
    [TestCase(
        "\"member\":\"shops.id\"",
        "\"member\":\"shops.uuid\"",
        "/steps/shelves/with/shop",
        "the rows of 'shops' (listShops) have no member 'uuid' of 'uuid'; did you mean 'id'?"
    )]
    [TestCase(
        "\"member\":\"shops.id\"",
        "\"row\":\"shops.id\"",
        "/steps/shelves/with/shop",
        "a value is from 'argument', 'member' or 'value', not 'row'"
    )]
    [TestCase(
        "\"town\":{\"argument\":\"town\"}",
        "\"city\":{\"argument\":\"town\"}",
        "/steps/shops/with",
        "the tool 'listShops' has no argument 'city'; there are page, town"
    )]
    [TestCase(
        "\"town\":{\"argument\":\"town\"}",
        "\"town\":{\"argument\":\"twon\"}",
        "/steps/shops/with/town",
        "there is no argument 'twon'; did you mean 'town'?"
    )]
    [TestCase(
        "\"rows\":\"data\"",
        "\"rows\":\"items\"",
        "/steps/shops",
        "'rows': the answer of 'listShops' has no member 'items' of 'items'; there are data"
    )]
    [TestCase(
        "\"rows\":\"data\"",
        "\"rows\":\"data.name\"",
        "/steps/shops",
        "'rows': 'data.name' of 'listShops' is not a list"
    )]
    [TestCase("\"pages\":5", "\"pages\":0", "/steps/shops", "'pages' must be the most pages to read, from 1 to 1000")]
    [TestCase(
        "\"rows\":\"rows\"",
        "\"rows\":\"rows\",\"pages\":2",
        "/steps/shelves",
        "'pages': 'listShelves' has no argument that chooses a page"
    )]
    [TestCase("\"label\":\"name\"", "\"label\":\"title\"", "/steps/shops", "have no member 'title'")]
    [TestCase(
        "\"label\":\"name\"",
        "\"lable\":\"name\"",
        "/steps/shops",
        "there is no member 'lable' here; did you mean 'label'?"
    )]
    [TestCase(
        "\"label\":\"name\"",
        "\"where\":[{\"any\":[\"name\"],\"like\":\"a\"}]",
        "/steps/shops/where",
        "there is no member 'like' here"
    )]
    [TestCase(
        "\"label\":\"name\"",
        "\"where\":[{\"any\":[\"name\"]}]",
        "/steps/shops/where",
        "a condition has 'any' (a list of members) and one of named, equals"
    )]
    [TestCase("\"label\":\"name\"", "\"when\":{\"city\":true}", "/steps/shops/when", "there is no argument 'city'")]
    [TestCase(
        "\"label\":\"name\"",
        "\"ifEmpty\":[\"shelves\"]",
        "/steps/shops",
        "'ifEmpty' names the step 'shelves', which does not stand before this one"
    )]
    [TestCase(
        "\"like\":\"listShops.town\"",
        "\"like\":\"listShops.city\"",
        "/arguments/town",
        "'like' names the argument 'city', which 'listShops' does not have; there are page, town"
    )]
    [TestCase(
        "\"like\":\"listShops.town\"",
        "\"like\":\"shops.town\"",
        "/arguments/town",
        "'like' names the tool 'shops', which does not exist"
    )]
    [TestCase(
        "\"of\":\"shelves\"",
        "\"of\":\"shelf\"",
        "/result/shelves",
        "'of' names the step 'shelf', which does not exist"
    )]
    [TestCase(
        "\"shop\":\"shops.name\"",
        "\"shop\":\"name\"",
        "/result/shelves/columns/shop",
        "'name' must be a member of a step, such as shelves.id"
    )]
    [TestCase(
        "\"shop\":\"shops.name\"",
        "\"shop\":\"shops.title\"",
        "/result/shelves/columns/shop",
        "have no member 'title'"
    )]
    [TestCase(
        "\"shelves.units\",\"shelves.price\"",
        "\"shelves.units\",\"shelves.day\"",
        "/result/shelves/columns/value",
        "'product' needs numbers, but \"shelves.day\" is string"
    )]
    [TestCase(
        "{\"product\":[\"shelves.units\",\"shelves.price\"]}",
        "{\"quotient\":[\"shelves.units\",\"shelves.price\"]}",
        "/result/shelves/columns/value",
        "'decimals' must be the digits after the point, from 0 to 10"
    )]
    [TestCase(
        "{\"product\":[\"shelves.units\",\"shelves.price\"]}",
        "{\"difference\":[]}",
        "/result/shelves/columns/value",
        "a column is the name of a member, or an object with one of value, argument"
    )]
    [TestCase(
        "\"sort\":[\"-value\"]",
        "\"sort\":[\"-worth\"]",
        "/result/shelves/sort",
        "the table has no column 'worth'"
    )]
    [TestCase("\"top\":{\"argument\":\"top\"}", "\"top\":0", "/result/shelves", "'top' is the most rows")]
    [TestCase(
        "\"totals\":\"shelves\"",
        "\"totals\":\"tables\"",
        "/result/sums",
        "'totals' names the table 'tables', which does not exist"
    )]
    [TestCase(
        "\"title\":\"See shelves\"",
        "\"titel\":\"See shelves\"",
        "",
        "there is no member 'titel' here; did you mean 'title'?"
    )]
    public void Run_WrongDeclaration_IsNamedWithItsPlace(string part, string instead, string place, string expected)
    {
        var wrong = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.That(wrong, Is.Not.EqualTo(Good), "the part is in the declaration");
        var fault = Assert.Throws<FaultException>(() => Run(wrong))!;
        Assert.That(fault.Diagnostic.Id, Is.EqualTo(DiagnosticIds.OverlayMember));
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/x-mcp/composed/seeShelves" + place));
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.composed, 'seeShelves': ").And.Contains(expected));
    }

    [TestCase("listShops", "an operation's tool has this name; choose another")]
    [TestCase("see shelves", "the name is not of the form")]
    public void Run_NameThatNoToolCanHave_IsAnError(string name, string expected) =>
        Assert.That(() => Run(Good, name), Throws.TypeOf<FaultException>().With.Message.Contains(expected));

    // An overlay may name operations that an earlier document lacks. Comparing with it must still work.
    [Test]
    public void Run_OverlayWhereItFits_LeavesComposedToolsOut()
    {
        var document = Document(Good.Replace("listShelves", "listRacks", StringComparison.Ordinal), "seeShelves");
        var pipeline = GenerationPipeline.Run(
            new("spec", System.Text.Encoding.UTF8.GetBytes(document)),
            null,
            null,
            OverlayUse.WhereItFits
        );
        Assert.That(
            pipeline.Catalog.Tools.Select(tool => tool.ToolName),
            Is.EqualTo(new[] { "listShelves", "listShops", "makeShop" })
        );
        Assert.That(pipeline.PassedOver, Has.Count.EqualTo(1));
    }

    private static OperationModel Tool() => Run(Good).Catalog.Tools.Single(tool => tool.ToolName == "seeShelves");

    private static string WithView(string view) =>
        Good.Replace("\"title\"", "\"view\":" + view + ",\"title\"", StringComparison.Ordinal);

    private static GenerationPipeline Run(string declaration, string name = "seeShelves") =>
        Fragments.Run(Document(declaration, name));

    private static string Document(string declaration, string name) =>
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"x-mcp\":{\"composed\":{\""
        + name
        + "\":"
        + declaration
        + "}},\"paths\":"
        + Paths
        + ",\"components\":{\"securitySchemes\":{\"key\":{\"type\":\"oauth2\",\"flows\":{}}}}}";
}
