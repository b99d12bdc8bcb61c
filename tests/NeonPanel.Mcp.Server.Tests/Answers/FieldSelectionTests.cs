using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The argument <c>fields</c> of read tools: checked before the call, and cut to after it.</summary>
internal sealed class FieldSelectionTests
{
    private const string Companies = """
        {"current_page":1,"per_page":30,"last_page":2,"total":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}
        """;

    [TestCase(
        "data.id,data.name",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"name":"N\u00e9"},{"id":2.0,"name":"M"}]}"""
    )]
    [TestCase(" data.uuid ", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""")]
    [TestCase(
        "uuid",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""",
        Description = "the only path that ends so"
    )]
    [TestCase(
        "data",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}"""
    )]
    public void Apply_Paths_KeepsThemAsTheyWereSent(string fields, string expected)
    {
        var selection = Read("listCompanies", fields, out var violations);
        Assert.That(violations, Is.Empty);
        Assert.That(
            Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(Companies), out _).Span),
            Is.EqualTo(expected)
        );
    }

    private const string Nested =
        """[{"id":1,"last_page":{"a":1,"b":2},"per_page":3,"vendor":{"id":7,"name":"N"}},5,{"id":2}]""";

    // An answer that is a bare list: paths begin at the object it is wrapped into. What tells the page is only kept at
    // the root.
    [TestCase("items.id", """[{"id":1},5,{"id":2}]""")]
    [TestCase("id", """[{"id":1},5,{"id":2}]""")]
    [TestCase("items.vendor.name", """[{"vendor":{"name":"N"}},5,{}]""")]
    [TestCase("items.id items.vendor.id", """[{"id":1,"vendor":{"id":7}},5,{"id":2}]""")]
    [TestCase("items.id\nitems.vendor.id", """[{"id":1,"vendor":{"id":7}},5,{"id":2}]""")]
    [TestCase(
        "items.vendor,items.vendor.id",
        """[{"vendor":{"id":7,"name":"N"}},5,{}]""",
        Description = "all of it is more than a part"
    )]
    [TestCase("items.vendor.id,items.vendor", """[{"vendor":{"id":7,"name":"N"}},5,{}]""")]
    [TestCase("items.last_page.b", """[{"last_page":{"b":2}},5,{}]""")]
    [TestCase("items", Nested)]
    public void Apply_BareList_IsCutInside(string fields, string expected)
    {
        var violations = new List<string>();
        var arguments = JsonElement.Parse($"{{\"fields\":{JsonSerializer.Serialize(fields)}}}");
        var selection = FieldSelection.Read(ListTool, arguments, violations);
        Assert.That(violations, Is.Empty);
        Assert.That(
            Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(Nested), out _).Span),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Apply_PageInsideOfAnItem_IsLeftOut()
    {
        var selection = Read("listCompanies", "data.id", out _);
        Assert.That(
            Encoding.UTF8.GetString(
                selection!.Apply("""{"last_page":2,"data":[{"id":1,"last_page":3}]}"""u8.ToArray(), out _).Span
            ),
            Is.EqualTo("""{"last_page":2,"data":[{"id":1}]}""")
        );
    }

    [TestCase(50, true)]
    [TestCase(51, false)]
    public void Read_ManyPaths_AreTakenUpToFifty(int count, bool isTaken) =>
        Assert.That(
            Read("listCompanies", string.Join(',', Enumerable.Repeat("data.id", count)), out _) is not null,
            Is.EqualTo(isTaken)
        );

    [TestCase("createDocumentsByPdf", "\"data.id\"", Description = "a tool that does not take it")]
    [TestCase("listCompanies", "null")]
    [TestCase("listCompanies", "5")]
    public void Read_NoTextOrNoSuchArgument_IsNothing(string name, string value)
    {
        Assert.That(GeneratedCatalog.Create().TryGet(name, out var tool), Is.True);
        var violations = new List<string>();
        Assert.That(FieldSelection.Read(tool!, JsonElement.Parse($$"""{"fields":{{value}}}"""), violations), Is.Null);
        Assert.That(violations, Is.Empty);
    }

    [Test]
    public void Read_LongPath_IsShownInPart()
    {
        Read("listCompanies", new string('z', 65), out var violations);
        Assert.That(
            violations.Single(),
            Does.StartWith(
                $"Argument 'fields' names '{new string('z', 64)}…', which the answer does not have. data has id, uuid, "
            )
        );
    }

    [TestCase("data.nmae", "Did you mean 'data.name'?")]
    [TestCase("namee", "Did you mean 'data.name'?")]
    [TestCase("data.zzzzzz", "data has id, uuid, name, short_name, currency, timezone.")]
    [TestCase("zzzzzz", "data has id, uuid, name, short_name, currency, timezone.")]
    [TestCase("dta", "Did you mean 'data'?")]
    [TestCase("", "must name 1 to 50 members")]
    [TestCase(",,", "must name 1 to 50 members")]
    public void Read_PathThatTheAnswerDoesNotHave_IsRefusedWithTheNearest(string fields, string expected)
    {
        Assert.That(Read("listCompanies", fields, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain(expected));
    }

    // Two members end with each of these names: one repeats an argument, and one is of the listed things.
    [TestCase("listInventoryItems", "sku", "data.sku")]
    [TestCase("getRevenueAndCogs", "start_date", "data.start_date")]
    [TestCase("getInventoryLandedCost", "ref_number", "data.batch.ref_number")]
    [TestCase("getInventoryCogs", "ref_number", "details.document.ref_number")]
    [TestCase("bills_list", "data[].vendor.name", "data.vendor.name")]
    [TestCase("bills_list", "vendor.name", "data.vendor.name")]
    [TestCase("bills_list", "data.vendor.*", "data.vendor")]
    [TestCase("listInventoryItems", "filters.sku", "filters.sku", Description = "named in full")]
    public void Read_ShortPath_IsTheMemberOfTheList(string tool, string fields, string path)
    {
        var selection = Read(tool, fields, out var violations);
        Assert.That(violations, Is.Empty);
        var (answer, expected) = (Chain(path.Split('.'), true), Chain(path.Split('.'), false));
        Assert.That(
            Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(answer), out _).Span),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Read_NameOfTwoMembers_ListsBoth()
    {
        Assert.That(Read("getInventoryCogs", "fnsku,country_code", out var violations), Is.Not.Null, "one of each");
        Assert.That(Read("getInventoryCogs", "name", out violations), Is.Null);
        Assert.That(
            violations.Single(),
            Is.EqualTo(
                "Argument 'fields' names 'name', which company.name and inventory.name may be. Name one of them."
            )
        );
    }

    [TestCase(
        "bills_list",
        "data.total",
        "data has id, name, link, ref_number, date, market, amount, currency, vendor, payment_term, documents, details, payment_requests."
    )]
    [TestCase("bills_list", "data.vendor.total", "data.vendor has id, name.")]
    [TestCase("bills_list", "data.details.qantity", "Did you mean 'data.details.quantity'?")]
    [TestCase("bills_list", "unit_price.total", "data has id, name, ")]
    [TestCase("bills_read", "totl", "It has id, name, link, ")]
    [TestCase("inventoryOrders_list", "totl_amount", "Did you mean 'data.total_amount'?")]
    public void Read_UnknownMember_NamesTheMembersThatAreThere(string tool, string fields, string expected)
    {
        Assert.That(Read(tool, fields, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain(expected));
    }

    [TestCase("""["id","data.name"]""")]
    [TestCase("""["id,data.name"]""")]
    [TestCase(""" "[\"id\",\"data.name\"]" """, Description = "the list as JSON text")]
    [TestCase(""" "id, data.name" """)]
    public void Read_List_IsLikeText(string fields)
    {
        Assert.That(GeneratedCatalog.Create().TryGet("listCompanies", out var tool), Is.True);
        var violations = new List<string>();
        var selection = FieldSelection.Read(tool!, JsonElement.Parse($$"""{"fields":{{fields}}}"""), violations);
        Assert.That(violations, Is.Empty);
        Assert.That(
            Encoding.UTF8.GetString(
                selection!.Apply("""{"data":[{"id":1,"uuid":"u","name":"N"}]}"""u8.ToArray(), out _).Span
            ),
            Is.EqualTo("""{"data":[{"id":1,"name":"N"}]}""")
        );
    }

    [TestCase("[]")]
    [TestCase("""[""]""")]
    public void Read_EmptyList_IsRefused(string fields)
    {
        Assert.That(GeneratedCatalog.Create().TryGet("bills_list", out var tool), Is.True);
        var violations = new List<string>();
        Assert.That(FieldSelection.Read(tool!, JsonElement.Parse($$"""{"fields":{{fields}}}"""), violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain("names none"));
    }

    [TestCase("*")]
    [TestCase("data.id,*")]
    public void Apply_Star_ReturnsTheSameBytes(string fields)
    {
        var json = Encoding.UTF8.GetBytes("""{ "data" : [ { "id" : 1 } ], "more" : 2 }""");
        var kept = Read("bills_list", fields, out _)!.Apply(json, out var isReduced);
        Assert.That(kept.ToArray(), Is.EqualTo(json));
        Assert.That(isReduced, Is.False);
    }

    // Escapes in names, spaces between all tokens, doubled names, empty lists and objects, and other kinds than the
    // shape describes.
    [TestCase(
        """ { "d\u0061ta" : [ { "\u0069d" : 1 , "x" : [ { } ] } , { } , [ ] , null ] , "x" : "}" } """,
        """{"d\u0061ta":[{"\u0069d":1},{},[],null]}"""
    )]
    [TestCase("""{"data":[{"id":1,"id":2}],"data":[]}""", """{"data":[{"id":1,"id":2}],"data":[]}""")]
    [TestCase("""{"data":{"id":{"id":[1]},"x":1}}""", """{"data":{"id":{"id":[1]}}}""")]
    [TestCase("""{"data":"text"}""", """{"data":"text"}""")]
    [TestCase(""" 12 """, "12")]
    [TestCase(""" "data" """, "\"data\"")]
    [TestCase("[]", "[]")]
    [TestCase("{}", "{}")]
    public void Apply_OddText_KeepsNamesAndValuesAsTheyWereSent(string json, string expected)
    {
        var selection = Read("listCompanies", "data.id", out _)!;
        Assert.That(
            Encoding.UTF8.GetString(selection.Apply(Encoding.UTF8.GetBytes(json), out _).Span),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Tools_ThatRead_TakeFields()
    {
        var tools = GeneratedCatalog.Create().Tools;
        Assert.That(
            tools.Where(tool => tool.Method == "GET"),
            Has.All.Property(nameof(ToolDescriptor.TakesFields)).True
        );
        // Of the others, those whose answer is a document.
        Assert.That(
            tools.Where(tool => tool.Method != "GET" && tool.TakesFields).Select(tool => tool.Name),
            Is.EqualTo(
                new[]
                {
                    "adjustments_create",
                    "adjustments_update",
                    "assemblyOrders_create",
                    "assemblyOrders_update",
                    "bills_create",
                    "bills_update",
                    "createInventoryItem",
                    "inventoryOrders_create",
                    "inventoryOrders_update",
                    "invoices_create",
                    "invoices_update",
                    "paymentRequests_update",
                    "shipments_create",
                    "shipments_update",
                    "updateInventoryItem",
                }
            )
        );
    }

    // A chain of objects down to a value. Each also has a member that is not selected.
    private static string Chain(ReadOnlySpan<string> path, bool withOthers) =>
        path.IsEmpty
            ? "1"
            : $$"""{"{{path[0]}}":{{Chain(path[1..], withOthers)}}{{(withOthers ? ",\"zz\":2" : "")}}}""";

    private static ToolDescriptor ListTool { get; } =
        new()
        {
            Name = "list",
            Title = "List",
            Description = "Lists.",
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            MakeAnswer = static () =>
                AnswerShapes.Of(
                    """
                    {"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"number"},"per_page":{"type":"number"},
                    "last_page":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}}},
                    "vendor":{"type":"object","properties":{"id":{"type":"number"},"name":{"type":"string"}}}}}}}}
                    """
                ),
            Hints = new(true, false, true, false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            TakesFields = true,
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };

    private static FieldSelection? Read(string name, string fields, out List<string> violations)
    {
        Assert.That(GeneratedCatalog.Create().TryGet(name, out var tool), Is.True);
        violations = [];
        using var arguments = JsonDocument.Parse($$"""{"fields":"{{fields}}"}""");
        return FieldSelection.Read(tool!, arguments.RootElement, violations);
    }
}
