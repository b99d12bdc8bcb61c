using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>Swagger 2.0 (Parameter Object, Operation Object): what is sent.</summary>
internal sealed class SwaggerTests
{
    private const string Lists = """
        {"swagger":"2.0","info":{"title":"t","version":"1"},"consumes":["application/json"],
         "parameters":{"shared":{"name":"shared","in":"query","type":"array","items":{"type":"string"}}},
         "paths":{"/q":{"get":{"operationId":"query","parameters":[{"$ref":"#/parameters/shared"},
             {"name":"unsaid","in":"query","type":"array","items":{"type":"string"}},
             {"name":"csv","in":"query","type":"array","collectionFormat":"csv","items":{"type":"string"}},
             {"name":"ssv","in":"query","type":"array","collectionFormat":"ssv","items":{"type":"string"}},
             {"name":"tsv","in":"query","type":"array","collectionFormat":"tsv","items":{"type":"string"}},
             {"name":"pipes","in":"query","type":"array","collectionFormat":"pipes","items":{"type":"string"}},
             {"name":"multi","in":"query","type":"array","collectionFormat":"multi","items":{"type":"string"}}],"responses":{}}},
           "/p/{csv}/{ssv}/{tsv}/{pipes}":{"get":{"operationId":"path","parameters":[
             {"name":"csv","in":"path","required":true,"type":"array","items":{"type":"string"}},
             {"name":"ssv","in":"path","required":true,"type":"array","collectionFormat":"ssv","items":{"type":"string"}},
             {"name":"tsv","in":"path","required":true,"type":"array","collectionFormat":"tsv","items":{"type":"string"}},
             {"name":"pipes","in":"path","required":true,"type":"array","collectionFormat":"pipes","items":{"type":"string"}}],"responses":{}}},
           "/h":{"get":{"operationId":"header","parameters":[
             {"name":"X-Csv","in":"header","type":"array","items":{"type":"string"}},
             {"name":"X-Ssv","in":"header","type":"array","collectionFormat":"ssv","items":{"type":"string"}},
             {"name":"X-Tsv","in":"header","type":"array","collectionFormat":"tsv","items":{"type":"string"}},
             {"name":"X-Pipes","in":"header","type":"array","collectionFormat":"pipes","items":{"type":"string"}},
             {"name":"X-Multi","in":"header","type":"array","collectionFormat":"multi","items":{"type":"string"}}],"responses":{}}},
           "/f":{"post":{"operationId":"form","parameters":[
             {"name":"unsaid","in":"formData","type":"array","items":{"type":"string"}},
             {"name":"ssv","in":"formData","type":"array","collectionFormat":"ssv","items":{"type":"string"}},
             {"name":"tsv","in":"formData","type":"array","collectionFormat":"tsv","items":{"type":"string"}},
             {"name":"pipes","in":"formData","type":"array","collectionFormat":"pipes","items":{"type":"string"}},
             {"name":"multi","in":"formData","type":"array","collectionFormat":"multi","items":{"type":"string"}}],"responses":{}}},
           "/m":{"post":{"operationId":"parts","consumes":["multipart/form-data"],"parameters":[
             {"name":"unsaid","in":"formData","type":"array","items":{"type":"string"}},
             {"name":"multi","in":"formData","type":"array","collectionFormat":"multi","items":{"type":"string"}}],"responses":{}}}}}
        """;

    private const string Forms = """
        {"swagger":"2.0","info":{"title":"t","version":"1"},"consumes":["application/json"],
         "parameters":{"text":{"name":"text","in":"formData","type":"string"}},
         "paths":{"/note":{"post":{"operationId":"note","parameters":[{"$ref":"#/parameters/text"}],"responses":{}}},
           "/file":{"post":{"operationId":"file","parameters":[{"name":"file","in":"formData","type":"file"},{"name":"text","in":"formData","type":"string"}],"responses":{}}},
           "/listed":{"post":{"operationId":"listed","consumes":["multipart/form-data"],"parameters":[{"$ref":"#/parameters/text"}],"responses":{}}},
           "/both":{"post":{"operationId":"both","consumes":["multipart/form-data","application/x-www-form-urlencoded"],"parameters":[{"$ref":"#/parameters/text"}],"responses":{}}},
           "/shared":{"parameters":[{"name":"text","in":"formData","type":"string"}],"put":{"operationId":"shared","parameters":[{"name":"more","in":"formData","type":"string"}],"responses":{}}}}}
        """;

    private const string Nested = """
        {"swagger":"2.0","info":{"title":"t","version":"1"},
         "paths":{"/q/":{"get":{"operationId":"query","parameters":[
             {"name":"csv","in":"query","type":"array","items":{"type":"array","items":{"type":"string"}}},
             {"name":"pipes","in":"query","type":"array","collectionFormat":"pipes","items":{"type":"array","collectionFormat":"csv","items":{"type":"string"}}},
             {"name":"multi","in":"query","type":"array","collectionFormat":"multi","items":{"type":"array","collectionFormat":"ssv","items":{"type":"string"}}},
             {"name":"deep","in":"query","type":"array","items":{"type":"array","collectionFormat":"pipes","items":{"type":"array","collectionFormat":"tsv","items":{"type":"string"}}}}],"responses":{}}},
           "/e/{p}":{"post":{"operationId":"elsewhere","consumes":["application/x-www-form-urlencoded"],"parameters":[
             {"name":"p","in":"path","required":true,"type":"array","items":{"type":"array","collectionFormat":"pipes","items":{"type":"string"}}},
             {"name":"X-H","in":"header","type":"array","collectionFormat":"pipes","items":{"type":"array","collectionFormat":"ssv","items":{"type":"string"}}},
             {"name":"f","in":"formData","type":"array","collectionFormat":"multi","items":{"type":"array","items":{"type":"string"}}}],"responses":{}}},
           "/m":{"post":{"operationId":"parts","consumes":["multipart/form-data"],"parameters":[
             {"name":"f","in":"formData","type":"array","collectionFormat":"multi","items":{"type":"array","items":{"type":"string"}}}],"responses":{}}}}}
        """;

    private static readonly GenerationPipeline NestedTools = Fragments.Run(Nested);
    private static readonly GenerationPipeline ListTools = Fragments.Run(Lists);
    private static readonly GenerationPipeline FormTools = Fragments.Run(Forms);

    [TestCase(
        "query",
        "{\"shared\":[\"a\",\"b\"],\"unsaid\":[\"a\",\"b\"],\"csv\":[\"a,\",\"b\"]}",
        "/q?shared=a,b&unsaid=a,b&csv=a%2C,b"
    )]
    [TestCase(
        "query",
        "{\"ssv\":[\"a\",\"b\"],\"tsv\":[\"a\",\"b\"],\"pipes\":[\"a\",\"b\"],\"multi\":[\"a\",\"b\"]}",
        "/q?ssv=a%20b&tsv=a%09b&pipes=a%7Cb&multi=a&multi=b"
    )]
    [TestCase(
        "path",
        "{\"csv\":[\"a\",\"b\"],\"ssv\":[\"a\",\"b\"],\"tsv\":[\"a\",\"b\"],\"pipes\":[\"a\",\"b\"]}",
        "/p/a,b/a%20b/a%09b/a%7Cb"
    )]
    public void Request_ListInAddress_IsWrittenInItsCollectionFormat(string tool, string arguments, string expected)
    {
        using var request = CompiledClient.Request(ListTools, tool, arguments);
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo(expected));
    }

    [Test]
    public void Request_ListInHeader_IsWrittenInItsCollectionFormat()
    {
        using var request = CompiledClient.Request(
            ListTools,
            "header",
            """{"X-Csv":["a","b"],"X-Ssv":["a","b"],"X-Tsv":["a","b"],"X-Pipes":["a","b"],"X-Multi":["a","b"]}"""
        );
        Assert.That(
            request
                .Headers.NonValidated.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal))
                .Select(header => header.Value.ToString()),
            Is.EqualTo(new[] { "a,b", "a b", "a\tb", "a|b", "a,b" })
        );
    }

    [Test]
    public async Task Request_ListInForm_IsWrittenInItsCollectionFormat()
    {
        using var request = CompiledClient.Request(
            ListTools,
            "form",
            """{"unsaid":["a","b"],"ssv":["a","b"],"tsv":["a","b"],"pipes":["a","b"],"multi":["a","b"]}"""
        );
        Assert.That(
            await request.Content!.ReadAsStringAsync(),
            Is.EqualTo("unsaid=a,b&ssv=a%20b&tsv=a%09b&pipes=a%7Cb&multi=a&multi=b")
        );
    }

    [Test]
    public async Task Request_ListInParts_IsOnePartUnlessItIsMulti()
    {
        using var request = CompiledClient.Request(ListTools, "parts", """{"unsaid":["a","b"],"multi":["c","d"]}""");
        var parts = (await request.Content!.ReadAsStringAsync())
            .Split("\r\n")
            .Where(line => line is "a,b" or "a" or "b" or "c" or "d");
        Assert.That(parts, Is.EqualTo(new[] { "a,b", "c", "d" }));
    }

    // Swagger 2.0, "Items Object": the list inside has a format of its own, csv unless it says another.
    [TestCase("csv", "[[\"a\",\"b\"],[\"c\"]]", "csv=a%2Cb,c")]
    [TestCase("pipes", "[[\"a\",\"b\"],[\"c\",\"d\"]]", "pipes=a%2Cb%7Cc%2Cd")]
    [TestCase("multi", "[[\"a\",\"b\"],[\"c\",\"d\"]]", "multi=a%20b&multi=c%20d")]
    [TestCase("deep", "[[[\"a\",\"b\"],[\"c\"]],[[\"d\"]]]", "deep=a%09b%7Cc,d")]
    [TestCase("csv", "[[],[1,true]]", "csv=,1%2Ctrue")]
    public void Request_ListInAListInAddress_IsWrittenInBothFormats(string name, string value, string expected)
    {
        using var request = CompiledClient.Request(NestedTools, "query", "{\"" + name + "\":" + value + "}");
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo("/q/?" + expected));
    }

    [Test]
    public async Task Request_ListInAListElsewhere_IsWrittenInBothFormats()
    {
        using var elsewhere = CompiledClient.Request(
            NestedTools,
            "elsewhere",
            """{"p":[["a","b"],["c"]],"X-H":[["a","b"],["c"]],"f":[["a","b"],["c"]]}"""
        );
        using var parts = CompiledClient.Request(NestedTools, "parts", """{"f":[["a","b"],["c"]]}""");
        Assert.That(elsewhere.RequestUri!.AbsolutePath, Is.EqualTo("/e/a%7Cb,c"));
        Assert.That(elsewhere.Headers.GetValues("X-H"), Is.EqualTo(new[] { "a b|c" }));
        Assert.That(await elsewhere.Content!.ReadAsStringAsync(), Is.EqualTo("f=a%2Cb&f=c"));
        Assert.That(
            (await parts.Content!.ReadAsStringAsync()).Split("\r\n").Where(line => line is "a,b" or "c"),
            Is.EqualTo(new[] { "a,b", "c" })
        );
    }

    [TestCase("note", "application/x-www-form-urlencoded")]
    [TestCase("file", "multipart/form-data")]
    [TestCase("listed", "multipart/form-data")]
    [TestCase("both", "application/x-www-form-urlencoded")]
    [TestCase("shared", "application/x-www-form-urlencoded")]
    public void Request_FormData_IsAFormWhateverTheDocumentConsumes(string tool, string expected)
    {
        using var request = CompiledClient.Request(FormTools, tool, """{"text":"x"}""");
        Assert.That(request.Content!.Headers.ContentType!.MediaType, Is.EqualTo(expected));
    }

    [TestCase(
        "\"schemes\":[\"http\",\"https\"],\"host\":\"api.example\",\"basePath\":\"/v2\"",
        "https://api.example/v2",
        ""
    )]
    [TestCase("\"schemes\":[\"http\"],\"host\":\"api.example\"", "http://api.example", "")]
    [TestCase("\"schemes\":[\"ws\",\"wss\"],\"host\":\"api.example:8443\"", "https://api.example:8443", "")]
    [TestCase("\"basePath\":\"/v2/\"", null, "/v2")]
    [TestCase("\"basePath\":\"v2\"", null, "/v2")]
    [TestCase("\"basePath\":\"/\"", null, "")]
    public void Run_HostAndSchemes_AreTheAddress(string members, string? address, string path)
    {
        var catalog = Fragments
            .Run("{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"}," + members + ",\"paths\":{}}")
            .Catalog;
        Assert.That((catalog.ServerAddress, catalog.ServerPath), Is.EqualTo((address, path)));
    }

    // Tools that bundle documents write such references: to the place where a schema or parameter was first used.
    [Test]
    public void Run_ReferencesIntoPaths_AreFollowed()
    {
        var tool = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{
                 "/a/{id}":{"post":{"operationId":"a","parameters":[{"name":"id","in":"path","required":true,"type":"integer"},
                    {"name":"b","in":"body","schema":{"type":"object","properties":{"n":{"type":"integer"},"again":{"$ref":"#/paths/~1a~1%7Bid%7D/post/parameters/1/schema"}}}}],"responses":{}}},
                 "/b/{id}":{"post":{"operationId":"b","parameters":[{"$ref":"#/paths/~1a~1%7Bid%7D/post/parameters/0"},
                    {"name":"b","in":"body","schema":{"$ref":"#/paths/~1a~1%7Bid%7D/post/parameters/1/schema"}}],"responses":{}}}}}
                """
            )
            .Catalog.Tools.Single(tool => tool.ToolName == "b");
        var properties = tool.InputSchema["properties"]!.AsObject();
        Assert.That(properties.Select(property => property.Key), Is.EqualTo(new[] { "id", "n", "again" }));
        Assert.That(properties["again"]!["properties"]!["n"]!["type"]!.ToString(), Is.EqualTo("integer"));
    }

    [Test]
    public void Run_BrokenReference_LeavesTheOperationOutWithAReason()
    {
        var catalog = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"operationId":"a","parameters":[{"$ref":"#/parameters/none"}],"responses":{}}},
                 "/b":{"get":{"operationId":"b","responses":{"200":{"description":"","schema":{"$ref":"#/definitions/none"}}}}}}}
                """
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.ToolName), Is.EqualTo(new[] { "b" }));
        Assert.That(
            catalog.Excluded.Single().Reason,
            Is.EqualTo("The reference '#/components/parameters/none' has no target.")
        );
    }

    [Test]
    public void Run_SchemasOfSwagger_AreReadAsTheyWereMeant()
    {
        var catalog = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},"securityDefinitions":{"o":{"type":"oauth2","flow":"application","tokenUrl":"https://a.example/t","scopes":{"read":""}}},
                 "paths":{"/a":{"post":{"operationId":"a","security":[{"o":["read"]}],"produces":["text/csv"],"parameters":[{"name":"b","in":"body","required":true,"schema":{"$ref":"#/definitions/Base"}},
                  {"name":"q","in":"query","type":"string","x-nullable":true,"maxLength":3}],"responses":{"200":{"description":"","schema":{"type":"file"}}}}}},
                 "definitions":{"Base":{"type":"object","discriminator":"type","required":["type"],"properties":{"type":{"type":"string"},"discriminator":{"type":"string","x-nullable":true}}},
                  "Sub":{"allOf":[{"$ref":"#/definitions/Base"},{"type":"object","properties":{"n":{"type":"number","minimum":1,"exclusiveMinimum":true}}}]}}}
                """
            )
            .Catalog;
        var tool = catalog.Tools.Single();
        Assert.That(
            tool.InputSchema["properties"]!.ToJsonString(),
            Is.EqualTo(
                "{\"q\":{\"type\":\"string\",\"description\":\"Nullable.\",\"maxLength\":3},\"type\":{\"type\":\"string\",\"description\":\"One of: Sub.\"},"
                    + "\"discriminator\":{\"type\":\"string\",\"description\":\"Nullable.\"},\"n\":{\"type\":\"number\",\"exclusiveMinimum\":1}}"
            )
        );
        Assert.That((tool.Accept, tool.Scopes.Single()), Is.EqualTo(("text/csv", "read")));
        Assert.That(catalog.Diagnostics, Is.Empty);
    }
}
