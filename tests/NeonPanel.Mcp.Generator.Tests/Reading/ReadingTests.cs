using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

internal sealed class ReadingTests
{
    private const string Head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

    [TestCase("x: &a {k: [1, two]}\ny: *a", "{\"k\":[1,\"two\"]}")]
    [TestCase("x: &a {k: 1, l: 2}\ny: {<<: *a, l: 3}", "{\"l\":3,\"k\":1}")]
    [TestCase("x: &a {k: 1}\nz: &b {k: 2, l: 2}\ny: {<<: [*a, *b]}", "{\"k\":1,\"l\":2}")]
    [TestCase("y: {200: a, 1.0: 1.0, 'no': no}", "{\"200\":\"a\",\"1.0\":1.0,\"no\":\"no\"}")]
    [TestCase(
        "y: [0x1F, +7, 007, 1e400, .inf, ~, True, !!str 12, 2026-01-02]",
        "[31,7,7,1e400,\".inf\",null,true,\"12\",\"2026-01-02\"]"
    )]
    [TestCase("y: [.5, -.25e3, 1., +1.50, 007.0, ., 1.2.3]", "[0.5,-0.25e3,1,1.50,7.0,\".\",\"1.2.3\"]")]
    public void Yaml_IsTheTreeThatJsonWouldBe(string yaml, string expected) =>
        Assert.That(
            SpecificationReader.Parse("f", Encoding.UTF8.GetBytes(yaml), [])["y"]!.ToJsonString(),
            Is.EqualTo(expected)
        );

    [TestCase("a: 1\na: 2", "The key 'a' occurs twice in one mapping. (Line 2, column 1.)")]
    [TestCase("a: *b", "'*b' has no anchor")]
    [TestCase("a: &b [*b]", "is inside it")]
    [TestCase("a: {<<: 7}", "merge key")]
    [TestCase("? [a]\n: 1", "A key of a mapping is a list")]
    [TestCase("a: 1\n---\nb: 2", "second document")]
    [TestCase("a: [", "not valid YAML")]
    [TestCase("a: [1\nb: 2\n", "not valid YAML")]
    [TestCase("{\"a\":1,\"a\":2}", "'a'")]
    [TestCase("{\"a\":1} x", "not valid JSON")]
    [TestCase("{\"a\":\n1,}", "(Line 2, column 3.)")]
    public void Parse_WhatCannotBeRead_IsToldWithItsPlace(string text, string expected) =>
        Assert.That(
            Assert
                .Throws<FaultException>(() => SpecificationReader.Parse("f", Encoding.UTF8.GetBytes(text), []))!
                .Message,
            Does.StartWith("f#: error NPG001:").And.Contain(expected)
        );

    [Test]
    public void Parse_NoUtf8_IsToldWithItsOffset() =>
        Assert.That(
            Assert
                .Throws<FaultException>(() =>
                    SpecificationReader.Parse("f", [(byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)'}'], [])
                )!
                .Message,
            Does.Contain("byte 2")
        );

    [Test]
    public void Parse_ByteOrderMark_IsPassedOver() =>
        Assert.That(
            SpecificationReader.Parse("f", [0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8], []).ToJsonString(),
            Is.EqualTo("{\"a\":1}")
        );

    [TestCase("\\ud83d\\ude00 \\\\ud83d", "\U0001F600 \\ud83d", 0)]
    [TestCase("\\ud83d", "\uFFFD", 1)]
    [TestCase("\\ude00\\ud83dx", "\uFFFD\uFFFDx", 2)]
    public void Json_HalvesOfCharacters_AreReplacedAndTold(string escaped, string expected, int count)
    {
        var diagnostics = new List<Diagnostic>();
        var tree = SpecificationReader.Parse(
            "f",
            Encoding.UTF8.GetBytes("{\"" + escaped + "\":\"" + escaped + "\"}"),
            diagnostics
        );
        Assert.That(tree.Single().Key, Is.EqualTo(expected));
        Assert.That(tree.Single().Value!.ToString(), Is.EqualTo(expected));
        Assert.That(
            diagnostics.Select(item => item.Message),
            count == 0 ? Is.Empty : Has.One.Contains($"{2 * count} escapes")
        );
    }

    [Test]
    public void Run_OpenApi32_MakesToolsOfQueryAndAdditionalOperations()
    {
        var catalog = Fragments
            .Run(
                Head
                    + """
                    paths:
                      /search:
                        query: {operationId: search}
                        additionalOperations:
                          LINK: {operationId: link}
                          no token: {operationId: never}
                    """
            )
            .Catalog;
        Assert.That(
            catalog.Tools.Select(tool => (tool.ToolName, tool.Method, tool.Hints.ReadOnly)),
            Is.EqualTo(new[] { ("link", "LINK", false), ("search", "QUERY", true) })
        );
        Assert.That(catalog.Excluded.Single().Reason, Does.Contain("token"));
    }

    [Test]
    public void Run_Swagger20_IsUpgraded()
    {
        var catalog = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},"host":"api.example","basePath":"/v1","schemes":["https"],
                 "paths":{"/a/{id}":{"parameters":[{"name":"id","in":"path","required":true,"type":"integer"}],
                   "get":{"operationId":"readA","parameters":[{"name":"ids","in":"query","type":"array","items":{"type":"string"},"collectionFormat":"pipes"},
                     {"name":"tags","in":"query","type":"array","items":{"type":"string"},"collectionFormat":"multi"}],"responses":{"200":{"description":"","schema":{"$ref":"#/definitions/A"}}}},
                   "put":{"operationId":"putA","consumes":["application/json"],"parameters":[{"name":"a","in":"body","required":true,"schema":{"$ref":"#/definitions/A"}}],"responses":{}},
                   "post":{"operationId":"upload","consumes":["multipart/form-data"],"parameters":[{"name":"f","in":"formData","type":"file"},{"name":"note","in":"formData","type":"string"}],"responses":{}}}},
                 "definitions":{"A":{"type":"object","properties":{"name":{"type":"string","x-nullable":true}}}}}
                """
            )
            .Catalog;
        var tools = catalog.Tools.ToDictionary(tool => tool.ToolName);
        Assert.That(catalog.ServerAddress, Is.EqualTo("https://api.example/v1"));
        Assert.That(
            tools["readA"].Parameters.Select(parameter => (parameter.Name, parameter.Style, parameter.Explode)),
            Is.EqualTo(new[] { ("id", "Simple", false), ("ids", "PipeDelimited", false), ("tags", "Form", true) })
        );
        Assert.That(tools["putA"].Body!.Members.Single().Name, Is.EqualTo("name"));
        Assert.That(
            tools["upload"].Body!.Members.Select(member => (member.Name, member.Encoding!.IsFile)),
            Is.EquivalentTo(new[] { ("f", true), ("note", false) })
        );
    }

    [Test]
    public void Run_Swagger20_KeepsWhatItsUpgradeLeavesOut()
    {
        var tools = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},
                 "parameters":{"name":{"name":"name","in":"formData","type":"string","required":true}},
                 "paths":{"/form":{"post":{"operationId":"form","parameters":[{"$ref":"#/parameters/name"},{"name":"note","in":"formData","type":"string"}],"responses":{}}},
                          "/free":{"post":{"operationId":"free","parameters":[{"name":"note","in":"formData","type":"string"}],"responses":{}}},
                          "/tabs":{"get":{"operationId":"tabs","parameters":[{"name":"ids","in":"query","type":"array","items":{"type":"integer"},"collectionFormat":"tsv"}],"responses":{}}}}}
                """
            )
            .Catalog.Tools.ToDictionary(tool => tool.ToolName);
        Assert.That(tools["form"].InputSchema["required"]!.ToJsonString(), Is.EqualTo("[\"name\"]"));
        Assert.That(tools["form"].Body!.Members.Select(member => member.Name), Is.EqualTo(new[] { "name", "note" }));
        Assert.That(tools["free"].InputSchema.ContainsKey("required"), Is.False);
        Assert.That(
            tools["tabs"].InputSchema["properties"]!["ids"]!.ToJsonString(),
            Is.EqualTo("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}")
        );
    }

    // OpenAPI 3.1, "Server Variable Object".
    [TestCase(
        "{\"url\":\"https://{tenant}.example:{port}/v{n}/\",\"variables\":{\"tenant\":{\"default\":\"acme\"},\"port\":{\"default\":\"8443\"},\"n\":{\"default\":\"2\"}}}",
        "https://acme.example:8443/v2"
    )]
    [TestCase(
        "{\"url\":\"{scheme}://api.example\",\"variables\":{\"scheme\":{\"default\":\"http\",\"enum\":[\"http\",\"https\"]}}}",
        "https://api.example"
    )]
    [TestCase(
        "{\"url\":\"{scheme}://api.example\",\"variables\":{\"scheme\":{\"default\":\"http\",\"enum\":[\"http\"]}}}",
        "http://api.example"
    )]
    [TestCase("{\"url\":\"wss://socket.example/v1\"}", "https://second.example")]
    [TestCase("{\"url\":\"HTTPS://api.example/v1\"}", "https://api.example/v1")]
    [TestCase("{\"url\":\"https://api.example/{version}\"}", null)]
    [TestCase("{\"url\":\"/v1\"}", null)]
    public void Run_Server_IsTheFirstOneWithItsDefaults(string server, string? expected) =>
        Assert.That(
            Fragments
                .Run(
                    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":["
                        + server
                        + ",{\"url\":\"https://second.example\"}]}"
                )
                .Catalog.ServerAddress,
            Is.EqualTo(expected)
        );

    // OpenAPI 3.1, "Server Object": the url may be relative; a host without a value leaves the path known.
    [TestCase("/api/v3", null, "/api/v3")]
    [TestCase("api/v3/", null, "/api/v3")]
    [TestCase("./v3", null, "/v3")]
    [TestCase("../v3?x=1", null, "/v3")]
    [TestCase("/", null, "")]
    [TestCase(".", null, "")]
    [TestCase("//api.example/v3", "https://api.example/v3", "")]
    [TestCase("https://{host}/api/v3", null, "/api/v3")]
    [TestCase("{host}/api/v3", null, "/api/v3")]
    [TestCase("/../v3", null, "")]
    [TestCase("/v3\\\\x", null, "")]
    public void Run_ServerWithoutAnOrigin_KeepsItsPath(string url, string? address, string path)
    {
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\""
                    + url
                    + "\"}]}"
            )
            .Catalog;
        Assert.That((catalog.ServerAddress, catalog.ServerPath), Is.EqualTo((address, path)));
    }

    [TestCase("http://a.example/v1", "https://a.example/v1", "https://a.example/v1")]
    [TestCase("http://a.example/v1", "https://b.example/v1", "http://a.example/v1")]
    public void Run_ServerOverHttp_GivesWayToItselfOverHttps(string first, string second, string expected) =>
        Assert.That(
            Fragments
                .Run(
                    "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\""
                        + first
                        + "\"},{\"url\":\""
                        + second
                        + "\"}]}"
                )
                .Catalog.ServerAddress,
            Is.EqualTo(expected)
        );

    [TestCase("#/paths/~1a%7Bb%7D/get/x")]
    [TestCase("#/x-list/1")]
    [TestCase("#/x-alias")]
    public void Resolve_LocalReferenceToAnything_IsFollowed(string reference)
    {
        var catalog = Fragments
            .Run(
                """
                {"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-list":[0,{"type":"boolean"}],"x-alias":{"$ref":"#/x-list/1"},
                 "paths":{"/a{b}":{"get":{"x":{"type":"boolean"},"parameters":[{"name":"b","in":"path","schema":{"$ref":"REFERENCE"}}]}}}}
                """.Replace("REFERENCE", reference, StringComparison.Ordinal)
            )
            .Catalog;
        Assert.That(catalog.Tools.Single().InputSchema["properties"]!["b"]!["type"]!.ToString(), Is.EqualTo("boolean"));
    }

    [TestCase("#/nowhere", "has no target")]
    [TestCase("#anchor", "is not a JSON Pointer")]
    [TestCase("#/components/schemas/Circle", "circular")]
    public void Run_BrokenReferenceOfAnArgument_LeavesTheOperationOutWithAReason(string reference, string reason)
    {
        var catalog = Fragments
            .Paths(
                "{\"/a\":{\"get\":{\"parameters\":[{\"$ref\":\"" + reference + "\"}]}},\"/b\":{\"get\":{}}}",
                """{"Circle":{"$ref":"#/components/schemas/Circle"}}"""
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.Path), Is.EqualTo(new[] { "/b" }));
        Assert.That(catalog.Excluded.Single().Reason, Does.Contain(reason));
        Assert.That(
            catalog.Diagnostics,
            Has.Some.Matches<Diagnostic>(item =>
                item!.Id == DiagnosticIds.Reference && item.Severity == Severity.Warning
            )
        );
    }

    [Test]
    public void Run_BrokenReferenceOfAnAnswer_KeepsTheToolAndIsTold()
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/nowhere"}}}}}}}}"""
            )
            .Catalog;
        Assert.That(catalog.Tools, Has.Count.EqualTo(1));
        Assert.That(
            catalog.Diagnostics,
            Has.Some.Matches<Diagnostic>(item => item!.Message.Contains("#/nowhere", StringComparison.Ordinal))
        );
    }

    [TestCase("other.yaml#/a")]
    [TestCase("https://example.com/s.json")]
    [TestCase("//host/s.json")]
    [TestCase("file:///etc/passwd")]
    public void Run_ReferenceOutOfTheDocument_IsRefusedByName(string reference)
    {
        var schema = new JsonObject { ["$ref"] = reference }.ToJsonString();
        var errors = Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":" + schema + "}}}}}}"
            )
            .Errors.ToList();
        Assert.That(errors.Single().Id, Is.EqualTo(DiagnosticIds.NoTools), "nothing else is in the document");
        Assert.That(errors.Single().Message, Does.Contain($"'{reference}'").And.Contain("Bundle"));
    }

    [TestCase("/search?q={q}", "/search")]
    [TestCase("/search?kind=all&q={q}", "/search?kind=all")]
    [TestCase("/search?q={other}", "/search?q={other}")]
    public void Run_QueryInThePathThatAParameterWrites_IsSentOnce(string path, string expected)
    {
        var tool = Fragments
            .Paths(
                "{\""
                    + path
                    + "\":{\"get\":{\"parameters\":[{\"name\":\"q\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}]}}}"
            )
            .Catalog.Tools.Single();
        Assert.That(tool.RequestPath, Is.EqualTo(expected));
        Assert.That(tool.Parameters.Count(parameter => parameter.Name == "q"), Is.EqualTo(1));
    }

    [TestCase("/oauth2/authorize", "/oauth2/token", "/oauth2/register", true)]
    [TestCase(null, "/api/v1/users/token", "/api/v1/users/me", false)]
    [TestCase(null, "/account/authorization", "/account/billing", false)]
    [TestCase(null, "/v1/oauth-server/token", "/v1/oauth-server/revoke", true)]
    [TestCase("/security/authorize", "/security/token", "/security/keys", true)]
    [TestCase("/authorize", "/token", "/things", false)]
    public void Run_PathBesideTheAuthorizationServer_IsLeftOutWhereTheFolderIsItsOwn(
        string? authorize,
        string token,
        string beside,
        bool isLeftOut
    )
    {
        var flows = new JsonObject { ["authorizationUrl"] = authorize, ["tokenUrl"] = token };
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\"https://api.example\"}],\"paths\":{\""
                    + token
                    + "\":{\"post\":{}},\""
                    + beside
                    + "\":{\"get\":{}}},\"components\":{\"securitySchemes\":{\"o\":{\"type\":\"oauth2\",\"flows\":{\"authorizationCode\":"
                    + flows.ToJsonString()
                    + "}}}}}"
            )
            .Catalog;
        Assert.That(catalog.Excluded.Select(item => item.Path), Does.Contain(token));
        Assert.That(catalog.Excluded.Any(item => item.Path == beside), Is.EqualTo(isLeftOut));
    }

    // Rule E1: no path can move the origin.
    [TestCase("/../up", "dot segment")]
    [TestCase("/a/%2e%2E/b", "dot segment")]
    [TestCase("//host/a", "'//'")]
    [TestCase("/@host/a", "'@'")]
    [TestCase("@host/a", "does not begin with '/'")]
    [TestCase("https://host/a", "does not begin with '/'")]
    [TestCase("/\\host", "backslash")]
    public void Run_PathThatCouldMoveTheOrigin_IsLeftOutWithAReason(string path, string reason)
    {
        var paths = new JsonObject
        {
            [path] = new JsonObject { ["get"] = new JsonObject() },
            ["/good"] = new JsonObject { ["get"] = new JsonObject() },
        };
        var catalog = Fragments.Paths(paths.ToJsonString()).Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.Path), Is.EqualTo(new[] { "/good" }));
        Assert.That(catalog.Excluded.Single().Reason, Does.Contain(reason));
    }

    // JSON Schema 2020-12, core §8.2.3.2, and 2019-09, core §8.2.4.2: the outermost schema around that has the anchor.
    [TestCase("\"$recursiveAnchor\":true,", "{\"$recursiveRef\":\"#\"}")]
    [TestCase("\"$dynamicAnchor\":\"node\",", "{\"$dynamicRef\":\"#node\"}")]
    [TestCase("", "{\"$dynamicRef\":\"#/components/schemas/Filter\"}")]
    public void Run_DynamicRecursion_IsCutLikeAnyOther(string anchor, string reference)
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"filter":{"$ref":"#/components/schemas/Filter"}}}}}}}}}""",
                """{"Filter":{ANCHOR"type":"object","properties":{"kind":{"type":"string"},"parts":{"type":"array","items":REFERENCE}}}}"""
                    .Replace("ANCHOR", anchor, StringComparison.Ordinal)
                    .Replace("REFERENCE", reference, StringComparison.Ordinal)
            )
            .Catalog;
        var items = catalog.Tools.Single().InputSchema["properties"]!["filter"]!["properties"]!["parts"]!["items"]!;
        Assert.That(items["properties"]!["kind"]!["type"]!.ToString(), Is.EqualTo("string"));
        Assert.That(
            items["properties"]!["parts"]!["items"]!.ToJsonString(),
            Is.EqualTo(
                "{\"type\":\"object\",\"description\":\"Nested deeper than described here; same form as the object around it.\"}"
            )
        );
    }

    // A schema with a hole that the schema around it fills.
    [Test]
    public void Run_DynamicReferenceIntoDefinitions_MeansTheOutermost()
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Bills"}}}}}}}""",
                """
                {"Page":{"type":"object","properties":{"rows":{"type":"array","items":{"$dynamicRef":"#row"}}},"$defs":{"any":{"$dynamicAnchor":"row"}}},
                 "Bills":{"$ref":"#/components/schemas/Page","$defs":{"bill":{"$dynamicAnchor":"row","type":"object","properties":{"total":{"type":"number"}}}}}}
                """
            )
            .Catalog;
        Assert.That(
            catalog.Tools.Single().InputSchema["properties"]!["rows"]!["items"]!["properties"]!["total"]![
                "type"
            ]!.ToString(),
            Is.EqualTo("number")
        );
    }

    [Test]
    public void Run_DynamicReferenceToNothing_IsAnyObject() =>
        Assert.That(
            Fragments.Member("""{"$dynamicRef":"#nowhere"}""").ToJsonString(),
            Is.EqualTo("{\"type\":\"object\",\"description\":\"Any object.\"}")
        );

    // OpenAPI 3.2, "Components Object".
    [Test]
    public void Run_MediaTypeReference_IsFollowed()
    {
        const string reference = """{"application/json":{"$ref":"#/components/mediaTypes/Item"}}""";
        var tool = Fragments
            .Run(
                "{\"openapi\":\"3.2.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/items\":{\"post\":{\"operationId\":\"add\",\"parameters\":[{\"name\":\"q\",\"in\":\"query\",\"content\":"
                    + reference
                    + "}],\"requestBody\":{\"required\":true,\"content\":"
                    + reference
                    + "},\"responses\":{\"200\":{\"description\":\"\",\"content\":"
                    + reference
                    + "}}}}},"
                    + "\"components\":{\"mediaTypes\":{\"Item\":{\"schema\":{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"string\"}}}}}}}"
            )
            .Catalog.Tools.Single();
        Assert.That(tool.InputSchema["required"]!.ToJsonString(), Is.EqualTo("[\"id\"]"));
        Assert.That(tool.InputSchema["properties"]!["q"]!["properties"]!.AsObject().Single().Key, Is.EqualTo("id"));
        Assert.That(tool.OutputSchema["properties"]!.AsObject().Single().Key, Is.EqualTo("id"));
    }

    // OpenAPI 3.2, "OpenAPI Object": $self is the document's own address, against which references are resolved.
    [TestCase("https://api.example/v1/openapi.json", "https://api.example/v1/openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "../v1/openapi.json#/components/schemas/S", true)]
    [TestCase("/openapi.json", "/openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "other.json#/components/schemas/S", false)]
    [TestCase("https://api.example/v1/openapi.json", "https://api.example/openapi.json#/components/schemas/S", false)]
    public void Run_ReferenceByTheOwnAddress_IsLocal(string self, string reference, bool isLocal)
    {
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.2.0\",\"$self\":\""
                    + self
                    + "\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/b\":{\"get\":{}},\"/a\":{\"get\":{\"operationId\":\"a\",\"parameters\":"
                    + "[{\"name\":\"q\",\"in\":\"query\",\"schema\":{\"$ref\":\""
                    + reference
                    + "\"}}]}}},\"components\":{\"schemas\":{\"S\":{\"type\":\"boolean\"}}}}"
            )
            .Catalog;
        Assert.That(catalog.Tools.Any(tool => tool.OperationId == "a"), Is.EqualTo(isLocal));
    }

    // The document is served without what lies in other files.
    [Test]
    public void Run_ReferencesToOtherFiles_LeaveOutTheOperationOrTheAnswer()
    {
        var catalog = Fragments
            .Paths(
                """
                {"/answer":{"get":{"operationId":"answer","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"a":{"$ref":"thing.yaml"}}}}}}}}},
                 "/response":{"get":{"operationId":"response","responses":{"200":{"$ref":"responses.yaml#/Ok"}}}},
                 "/argument":{"get":{"operationId":"argument","parameters":[{"$ref":"parameters.yaml#/Id"}]}},
                 "/item":{"$ref":"items.yaml"}}
                """
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.ToolName), Is.EqualTo(new[] { "answer", "response" }));
        Assert.That(
            catalog.Excluded.Single().Reason,
            Does.StartWith("The reference 'parameters.yaml#/Id' leads out of the document")
        );
        Assert.That(
            catalog
                .Diagnostics.Where(item => item.Id == DiagnosticIds.ExternalReference)
                .Select(item => (item.Severity, item.Pointer)),
            Is.EqualTo(
                new[]
                {
                    (
                        Severity.Warning,
                        "/paths/~1answer/get/responses/200/content/application~1json/schema/properties/a"
                    ),
                    (Severity.Warning, "/paths/~1argument/get/parameters/0"),
                    (Severity.Warning, "/paths/~1item"),
                    (Severity.Warning, "/paths/~1response/get/responses/200"),
                }
            )
        );
    }

    [Test]
    public void Run_WrongKinds_AreToldAndPassedOver()
    {
        var catalog = Fragments
            .Paths(
                """{"/a":7,"/b":{"get":"x","post":{"parameters":[{"name":"q","in":"nowhere"}]}},"x-other":{"get":{}}}"""
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.Path), Is.EqualTo(new[] { "/b" }));
        Assert.That(
            catalog.Diagnostics.Select(item => item.Pointer),
            Is.SupersetOf(new[] { "/paths/~1a", "/paths/~1b/get", "/paths/~1b/post/parameters/0" })
        );
    }
}
