using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary>The overlay's <c>x-mcp.lookup</c>: where a name stands for a value.</summary>
internal sealed class LookupTests
{
    private const string Good =
        """{"list":"shops","items":"data","value":"key","match":["name","no"],"format":"uuid"}""";

    private const string Part =
        """{"list":"parts","items":"data","value":"id","match":["sku","name"],"scope":"shop","search":"q","distinguish":["name"]}""";

    [Test]
    public void Emit_Lookup_StandsInTheDescriptorUnderTheArgumentsPath()
    {
        Assert.That(
            TextOf(Run(Good), "ReadShopTool"),
            Does.Contain(
                """
                        Lookups =
                        [
                            new("shop", false, new(null, "shops", "data", "key", ["name", "no"]) { Format = "uuid" }),
                        ],
                """
            )
        );
    }

    [Test]
    public void Emit_LookupsInABody_HaveTheirPathsAndTheScopeFirst()
    {
        var pipeline = Order($$"""{"shop":{{Good}},"spareShop":{"noun":"Depot",{{Good[1..]}},"part":{{Part}}}""");
        Assert.That(
            TextOf(pipeline, "MakeOrderTool"),
            Does.Contain(
                """
                            new("shop", false, new("Shop", "shops", "data", "key", ["name", "no"]) { Format = "uuid" }),
                            new("spare[]", false, new("Depot", "shops", "data", "key", ["name", "no"]) { Format = "uuid" }),
                            new("lines[].part", true, new("Part", "parts", "data", "id", ["sku", "name"]) { Scope = [new("shop", "shop")], Search = "q", Distinguish = ["name"] }),
                """
            )
        );
    }

    // A host that checks the schema must let a name pass. The typed client keeps the API's type.
    [Test]
    public void Run_IntegerWithLookup_AcceptsTextAndSaysSoInAFewWords()
    {
        var tool = Order($$"""{"shop":{{Good}},"spareShop":{{Good}},"part":{{Part}}}""")
            .Catalog.Tools.Single(tool => tool.ToolName == "makeOrder");
        var properties = tool.InputSchema["properties"]!;
        Assert.That(
            properties["lines"]!["items"]!["properties"]!["part"]!.ToJsonString(),
            Is.EqualTo("""{"description":"Part to order. Or its sku or name."}""")
        );
        Assert.That(
            properties["spare"]!["items"]!.ToJsonString(),
            Is.EqualTo("""{"type":"string","description":"key, name or no."}""")
        );
        Assert.That(
            properties["shop"]!.ToJsonString(),
            Is.EqualTo("""{"type":"string","description":"Key or name of a shop."}""")
        );
        Assert.That(
            tool.Body!.Schema.Properties[0].Schema.Items!.Properties[0].Schema.Types,
            Is.EqualTo(new[] { "integer" })
        );
    }

    [TestCase("true", "lines")]
    [TestCase("false", "shop lines")]
    public void Run_Single_MayBeLeftOut(string single, string required)
    {
        var tool = Order($$"""{"shop":{"single":{{single}},{{Good[1..]}},"spareShop":{{Good}},"part":{{Part}}}""")
            .Catalog.Tools.Single(tool => tool.ToolName == "makeOrder");
        Assert.That(
            tool.InputSchema["required"]!.AsArray().Select(name => (string)name!),
            Is.EqualTo(required.Split(' '))
        );
        Assert.That(tool.Lookups[0].Lookup.IsFilled, Is.EqualTo(single == "true"));
        Assert.That(tool.Parameters[0].IsRequired, Is.True, "the API requires it");
    }

    [TestCase(
        """{"scope":"shop"}""",
        """{"scope":"company"}""",
        "'scope' names the argument 'company', which the tool 'parts' does not have"
    )]
    [TestCase(
        """{"scope":"shop"}""",
        """{"scope":{"shop":"store"}}""",
        "'scope' names the argument 'store', which the tool 'makeOrder' does not have"
    )]
    [TestCase("""{"scope":"shop"}""", "{}", "the tool 'parts' cannot be asked for a list")]
    [TestCase(
        """{"search":"q"}""",
        """{"search":"query"}""",
        "'search' names 'query', which is no text argument of the tool 'parts'"
    )]
    [TestCase(
        """{"value":"id"}""",
        """{"value":"sku"}""",
        "the argument accepts integers, but the member 'sku' of the items of 'parts' is string"
    )]
    [TestCase(
        """{"distinguish":["name"]}""",
        """{"distinguish":["country"]}""",
        "the items of 'parts' have no member 'country'; they have id, sku, name"
    )]
    [TestCase("""{"search":"q"}""", """{"serach":"q"}""", "there is no member 'serach'; there are noun, list, items,")]
    [TestCase("""{"search":"q"}""", """{"single":true}""", "'single' cannot be used with 'scope' or 'learn'")]
    [TestCase(
        """{"search":"q"}""",
        """{"learn":{"value":"id","key":"sku","from":{}}}""",
        "'learn.from' must name at least one tool"
    )]
    [TestCase(
        """{"search":"q"}""",
        """{"learn":{"value":"id","key":"sku","from":{"orders":"data"}}}""",
        "'learn.from' names the tool 'orders', which does not exist"
    )]
    [TestCase(
        """{"search":"q"}""",
        """{"learn":{"value":"id","key":"sku","from":{"parts":"rows"}}}""",
        "the answer of 'parts' has no objects 'rows'"
    )]
    [TestCase(
        """{"search":"q"}""",
        """{"learn":{"value":"no","key":"sku","from":{"parts":"data"}}}""",
        "the items of 'parts' have no member 'no'"
    )]
    [TestCase(
        """{"search":"q"}""",
        """{"learn":{"value":"key","key":"name","from":{"shops":"data"}}}""",
        "'learn.from' names the tool 'shops', which does not have the argument 'shop' of 'scope'"
    )]
    public void Run_LookupInABodyThatCannotWork_IsAnErrorThatNamesIt(string replaced, string by, string expected)
    {
        var part = Part.Replace(replaced[1..^1], by[1..^1], StringComparison.Ordinal)
            .Replace(",,", ",", StringComparison.Ordinal);
        var fault = Assert.Throws<FaultException>(() =>
            Order($$"""{"shop":{{Good}},"spareShop":{{Good}},"part":{{part}}}""")
        )!;
        Assert.That(fault.Diagnostic.Id, Is.EqualTo(DiagnosticIds.OverlayMember));
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/x-mcp/lookups/part"));
        Assert.That(
            fault.Diagnostic.Message,
            Does.StartWith("x-mcp.lookup of makeOrder.lines[].part: ").And.Contain(expected)
        );
    }

    [Test]
    public void Run_NameOfNoLookup_IsAnErrorThatListsThem()
    {
        var fault = Assert.Throws<FaultException>(() => Order($$"""{"shop":{{Good}},"parts":{{Part}}}"""))!;
        Assert.That(
            fault.Diagnostic.Message,
            Does.Contain("'part' is not a name in the document's x-mcp.lookups; there are shop, parts")
                .Or.Contain("'spareShop' is not a name in the document's x-mcp.lookups; there are shop, parts")
        );
    }

    // The text about an argument without lookup names the list that has its values.
    [Test]
    public void Run_IntegerWhoseTextNamesAList_KnowsTheList()
    {
        var tool = Order($$"""{"shop":{{Good}},"spareShop":{{Good}},"part":{{Part}}}""")
            .Catalog.Tools.Single(tool => tool.ToolName == "makeOrder");
        Assert.That(
            tool.Arguments.Properties.Select(property => (property.Name, property.Schema.Source)),
            Is.EqualTo(
                new (string, string?)[] { ("shop", null), ("lines", null), ("spare", null), ("user", "listUsers") }
            )
        );
    }

    [Test]
    public void Run_ListOfTexts_MayBeLookedUpToo() =>
        Assert.That(() => Run(Good, """{"type":"array","items":{"type":"string"}}"""), Throws.Nothing);

    [TestCase(
        """{"list":"shop","items":"data","value":"key","match":["name"]}""",
        "'list' names the tool 'shop', which does not exist"
    )]
    [TestCase(
        """{"list":"makeShop","items":"data","value":"key","match":["name"]}""",
        "the tool 'makeShop' cannot be asked for a list"
    )]
    [TestCase(
        """{"list":"readShop","items":"data","value":"key","match":["name"]}""",
        "the tool 'readShop' cannot be asked for a list"
    )]
    [TestCase(
        """{"list":"shops","items":"rows","value":"key","match":["name"]}""",
        "the answer of 'shops' has no list of objects 'rows'"
    )]
    [TestCase(
        """{"list":"shops","items":"data","value":"uuid","match":["name"]}""",
        "the items of 'shops' have no member 'uuid'; they have key, name, no"
    )]
    [TestCase(
        """{"list":"shops","items":"data","value":"key","match":["name","title"]}""",
        "the items of 'shops' have no member 'title'"
    )]
    [TestCase("""{"list":"shops","items":"data","value":"key"}""", "'match' must name at least one member")]
    [TestCase("{}", "'list' names the tool ''")]
    public void Run_LookupThatCannotBeMade_IsAnErrorThatSaysWhy(string lookup, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(lookup))!;
        Assert.That(fault.Diagnostic.Id, Is.EqualTo(DiagnosticIds.OverlayMember));
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/paths/~1shops~1{shop}/get/parameters/0/x-mcp/lookup"));
        Assert.That(fault.Diagnostic.Message, Does.Contain(expected));
    }

    // The server drops a format, so that clients send names. It cannot drop the list of allowed values.
    [Test]
    public void Run_TextWithAFormat_AcceptsNames()
    {
        var tool = Run(Good, """{"type":"string","format":"uuid"}""")
            .Catalog.Tools.Single(tool => tool.ToolName == "readShop");
        Assert.That(tool.InputSchema["properties"]!["shop"]!["format"], Is.Null);
    }

    [TestCase("""{"type":"number"}""")]
    [TestCase("""{"type":"string","enum":["a"]}""")]
    [TestCase("""{"type":"string","pattern":"^a$"}""")]
    [TestCase("""{"type":"object"}""")]
    public void Run_ParameterThatTakesNoName_IsAnError(string schema) =>
        Assert.That(
            () => Run(Good, schema),
            Throws
                .TypeOf<FaultException>()
                .With.Message.Contains("x-mcp.lookup of readShop.shop: the argument accepts neither text nor integers")
        );

    private static string TextOf(GenerationPipeline pipeline, string type) =>
        ToolEmitter
            .Emit(pipeline.Catalog, "Other")
            .Single(file => file.Path.EndsWith($"/{type}.g.cs", StringComparison.Ordinal))
            .Text;

    private static GenerationPipeline Run(string lookup, string schema = """{"type":"string"}""") =>
        Fragments.Paths(
            """
            {"/shops":{"get":{"operationId":"shops","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
              {"data":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"name":{"type":"string"},"no":{"type":"integer"}}}}}}}}}}},
              "post":{"operationId":"makeShop","responses":{}}},
             "/shops/{shop}":{"get":{"operationId":"readShop","parameters":[{"name":"shop","in":"path","required":true,"x-mcp":{"lookup":
            """
                + lookup
                + "},\"schema\":"
                + schema
                + "}],\"responses\":{}}}}"
        );

    // A shop sells parts. An order has lines, and each line has a part of the shop.
    private static GenerationPipeline Order(string lookups) =>
        Fragments.Run(
            """{"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{"lookups":"""
                + lookups
                + """
                },"paths":{
                  "/shops":{"get":{"operationId":"shops","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
                    {"data":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"name":{"type":"string"},"no":{"type":"integer"}}}}}}}}}}}},
                  "/users":{"get":{"operationId":"listUsers","responses":{}}},
                  "/shops/{shop}/parts":{"get":{"operationId":"parts","parameters":[
                    {"name":"shop","in":"path","required":true,"schema":{"type":"string"}},{"name":"q","in":"query","schema":{"type":"string"}}],
                    "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
                    {"data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"sku":{"type":"string"},"name":{"type":"string"}}}}}}}}}}}},
                  "/shops/{shop}/orders":{"post":{"operationId":"makeOrder","parameters":[
                    {"name":"shop","in":"path","required":true,"description":"Key or name of a shop.","x-mcp":{"lookup":"shop"},"schema":{"type":"string"}}],
                    "requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["lines"],"properties":{
                      "lines":{"type":"array","items":{"type":"object","properties":{"part":{"type":"integer","description":"Part to order.","x-mcp":{"lookup":"part"}}}}},
                      "spare":{"type":"array","description":"Other shops, by name.","x-mcp":{"lookup":"spareShop"},"items":{"type":"string"}},
                      "user":{"type":"integer","description":"Id from listUsers."}}}}}},
                    "responses":{}}}}}
                """
        );
}
