using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
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
            Is.EqualTo(
                new[]
                {
                    ("id", ParameterStyle.Simple, false),
                    ("ids", ParameterStyle.PipeDelimited, false),
                    ("tags", ParameterStyle.Form, true),
                }
            )
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
