using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>One POST, and whether it is plain enough for the fast path.</summary>
internal sealed record Post(string Body, bool IsPlain, params (string Name, string Value)[] Headers)
{
    public string Path { get; init; } = "/mcp";

    public override string ToString() =>
        $"{Path} {string.Join(' ', Headers.Select(header => $"{header.Name}: {header.Value}"))} {(Body.Length > 300 ? Body[..300] : Body)}";
}

/// <summary>Messages good and bad, for the comparison of the two paths.</summary>
internal static class McpMessages
{
    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    private static readonly string[] Accepts =
    [
        "application/json",
        "text/event-stream",
        "application/json, text/event-stream",
        "*/*",
        "application/json;q=0.2, text/event-stream;q=0.9",
        "text/html",
    ];

    /// <summary>Gets all of them, in one revision.</summary>
    public static IEnumerable<Post> Of(string revision) =>
        [
            .. from accept in Accepts
            from text in Good
            select Post(revision, text, accept != "text/html", ("Accept", accept)),
            .. Bad.Select(text => Post(revision, text, isPlain: false)),
            .. Ids(revision),
            .. Envelopes(revision),
            .. Headers(revision),
            .. revision == RpcClient.PerRequest ? PerRequest() : InitializeEra(revision),
        ];

    private static IEnumerable<string> Good =>
        [
            Call("\"listCompanies\"", null),
            Call("\"listCompanies\"", "{}"),
            Call("\"listReports\"", "{}"),
            Call("\"listInventoryItems\"", $$"""{"companyUuid":"{{Company}}","per_page":10}"""),
            // Refused by our own checks, answered by the API with a failure: results, both.
            Call("\"listInventoryItems\"", """{"per_page":500,"perPgae":"x"}"""),
            Call("\"getInventoryDetails\"", $$"""{"companyUuid":"{{Company}}","inventoryId":99999999}"""),
            Call("\"bills_read\"", """{"companyUuid":"00000000-0000-0000-0000-000000000000","billId":1}"""),
            Call("\"createDocuments\"", $$"""{"companyUuid":"{{Company}}","type":"bill","data":[]}"""),
            Call("\"listCompanies\"", """{"a":"\"quoted\" é \u00e9 \n","b":1.50,"c":[true,null]}"""),
            "\"method\":\"tools/list\"",
            "\"method\":\"tools/list\",\"params\":{META}",
            "\"method\":\"\\u0074ools/list\"",
        ];

    // By the method of the sandbox's documents: what is no tool here, or no call.
    private static IEnumerable<string> Bad =>
        [
            Call("\"nothing\"", "{}"),
            Call("\"listcompanies\"", "{}"),
            Call("\"\"", "{}"),
            Call("5", "{}"),
            Call("null", "{}"),
            Call("[\"listCompanies\"]", "{}"),
            Call("\"listCompanies\"", "null"),
            Call("\"listCompanies\"", "[]"),
            Call("\"listCompanies\"", "\"{}\""),
            Call("\"listCompanies\"", "5"),
            "\"method\":\"tools/call\"",
            "\"method\":\"tools/call\",\"params\":{META}",
            "\"method\":\"tools/call\",\"params\":[]",
            "\"method\":\"tools/call\",\"params\":null",
            "\"method\":\"tools/call\",\"params\":\"x\"",
            "\"method\":\"tools/call\",\"params\":{\"arguments\":{},META}",
            "\"method\":\"tools/call\",\"params\":{\"name\":\"listCompanies\",\"name\":\"listReports\",META}",
            "\"method\":\"tools/call\",\"params\":{\"name\":\"listCompanies\",\"arguments\":{},\"arguments\":{\"x\":1},META}",
            "\"method\":\"tools/call\",\"params\":{\"name\":\"listCompanies\",\"task\":{\"ttl\":1},META}",
            "\"method\":\"tools/list\",\"params\":{\"cursor\":\"bills_list\",META}",
            "\"method\":\"tools/list\",\"params\":{\"cursor\":null,META}",
            "\"method\":\"tools/list\",\"params\":{\"cursor\":7,META}",
            "\"method\":\"tools/list\",\"params\":{\"name\":\"listCompanies\",META}",
            "\"method\":\"tools/list\",\"params\":[]",
            "\"method\":\"tools/burn\"",
            "\"method\":\"ping\"",
            "\"method\":\"initialize\"",
            "\"method\":\"resources/list\"",
            "\"method\":\"\"",
            "\"method\":null",
            "\"method\":\"notifications/initialized\"",
            "\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}",
            "\"result\":{}",
            "\"error\":{\"code\":1,\"message\":\"x\"}",
            "\"method\":\"tools/list\",\"method\":\"tools/call\"",
            "\"method\":\"tools/call\",\"params\":{META},\"params\":{\"name\":\"listCompanies\"}",
            "\"METHOD\":\"tools/list\"",
        ];

    private static IEnumerable<Post> Ids(string revision)
    {
        foreach (
            var (id, isPlain) in new (string, bool)[]
            {
                ("1", true),
                ("0", true),
                ("-1", true),
                ("9223372036854775807", true),
                ("\"a\"", true),
                ("\"\"", true),
                ($"\"{new string('x', 5000)}\"", true),
                ("\"é\"", true),
                ("9223372036854775808", false),
                ("123456789012345678901234567890", false),
                ("-0", false),
                ("1.0", false),
                ("1.5", false),
                ("1e2", false),
                ("null", false),
                ("true", false),
                ("[]", false),
                ("{}", false),
                ("\"a\\nb\"", false),
                ("\"\\ud800\"", false),
            }
        )
        {
            foreach (
                var text in new[]
                {
                    "\"method\":\"tools/list\"",
                    Call("\"listCompanies\"", "{}"),
                    "\"method\":\"notifications/initialized\"",
                }
            )
            {
                var isNotification = text.Contains("notifications", StringComparison.Ordinal);
                yield return Post(revision, text, isPlain && !isNotification, id, ("Accept", "application/json"));
            }
        }
    }

    private static IEnumerable<Post> Envelopes(string revision)
    {
        var list = Post(revision, "\"method\":\"tools/list\"", isPlain: false);
        string[] bodies =
        [
            "",
            "null",
            "5",
            "\"x\"",
            "[]",
            "{}",
            "{",
            "nonsense",
            $"[{list.Body}]",
            $"[{list.Body},{list.Body}]",
            list.Body + "x",
            list.Body + list.Body,
            list.Body.Replace("\"2.0\"", "\"1.0\"", StringComparison.Ordinal),
            list.Body.Replace("\"jsonrpc\":\"2.0\",", "", StringComparison.Ordinal),
            list.Body.Replace("\"2.0\"", "2.0", StringComparison.Ordinal),
            list.Body.Replace("{\"jsonrpc\"", "{\"extra\":1,\"jsonrpc\"", StringComparison.Ordinal),
            list.Body.Replace("{\"jsonrpc\"", "{\"id\":2,\"jsonrpc\"", StringComparison.Ordinal),
            list.Body.Replace("\"id\":1,", "", StringComparison.Ordinal),
            list.Body.Replace(
                "{\"jsonrpc\"",
                "{\"x\":" + new string('[', 70) + new string(']', 70) + ",\"jsonrpc\"",
                StringComparison.Ordinal
            ),
            list.Body.Replace("tools/list", "tools/\\ud800", StringComparison.Ordinal),
        ];
        return bodies
            .Select(body => list with { Body = body })
            .Append(list with { Body = "\uFEFF" + list.Body, IsPlain = true });
    }

    private static IEnumerable<Post> Headers(string revision)
    {
        foreach (var text in new[] { "\"method\":\"tools/list\"", Call("\"listCompanies\"", "{}") })
        {
            yield return Post(revision, text, true, ("Mcp-Session-Id", "made-up"));
            yield return Post(revision, text, false, ("Last-Event-ID", "7"));
            yield return Post(revision, text, true, ("X-MCP-Readonly", "true"));
            yield return Post(revision, text, true, ("X-Unheard-Of", "1"), ("Origin", "https://claude.ai"));
            yield return Post(revision, text, false, ("Accept", "nonsense;;"));
            yield return Post(revision, text, true, ("Accept", "")) with
            {
                Path = "/",
            };
            yield return Post(revision, text, true, ("Accept", "application/*, text/event-stream;q=0")) with
            {
                Path = "/mcp/core/",
            };
            yield return Post(revision, text, false) with
            {
                Path = "/mcp/nothing",
            };
        }

        yield return Post(revision, Call("\"createDocuments\"", "{}"), false, ("X-MCP-Readonly", "true"));
        yield return Post(revision, Call("\"shipments_list\"", "{}"), false) with
        {
            Path = "/mcp/core",
        };
    }

    private static IEnumerable<Post> InitializeEra(string revision)
    {
        foreach (
            var (meta, isPlain) in new (string, bool)[]
            {
                ("{}", true),
                ("""{"openai/userAgent":"x","a":{"b":1}}""", true),
                ("""{"progressToken":1}""", true),
                ("""{"progressToken":"p","claudecode/toolUseId":"t"}""", true),
                ("""{"progressToken":1.5}""", false),
                ("""{"progressToken":"a\nb"}""", false),
                ("""{"progressToken":null}""", false),
                ("""{"progressToken":{}}""", false),
                ("""{"progressToken":1,"progressToken":2}""", false),
                ("null", false),
                ("5", false),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""",
                    false
                ),
                ("""{"io.modelcontextprotocol/logLevel":"debug"}""", false),
            }
        )
        {
            yield return Post(
                revision,
                $"\"method\":\"tools/call\",\"params\":{{\"name\":\"listCompanies\",\"_meta\":{meta}}}",
                isPlain
            );
            yield return Post(revision, $"\"method\":\"tools/list\",\"params\":{{\"_meta\":{meta}}}", isPlain);
        }

        foreach (var header in new[] { "1999-01-01", "2026-07-28", "2030-01-01", "", "x" })
        {
            var post = Post(revision, "\"method\":\"tools/list\"", false);
            yield return post with
            {
                Headers =
                [
                    .. post.Headers.Where(own => own.Name != "MCP-Protocol-Version"),
                    ("MCP-Protocol-Version", header),
                ],
            };
        }

        // Of no meaning before 2026-07-28.
        yield return Post(revision, "\"method\":\"tools/list\"", true, ("Mcp-Method", "tools/call"), ("Mcp-Name", "x"));
    }

    private static IEnumerable<Post> PerRequest()
    {
        var call = Post(RpcClient.PerRequest, Call("\"listCompanies\"", "{}"), isPlain: false);
        foreach (var name in new[] { "Mcp-Method", "Mcp-Name", "MCP-Protocol-Version" })
        {
            yield return call with
            {
                Headers = [.. call.Headers.Where(header => header.Name != name)],
            };
            yield return call with
            {
                Headers = [.. call.Headers.Where(header => header.Name != name), (name, "tools/list")],
            };
            yield return call with
            {
                Headers = [.. call.Headers.Where(header => header.Name != name), (name, "")],
            };
        }

        yield return call with
        {
            Headers =
            [
                .. call.Headers.Where(header => header.Name != "Mcp-Name"),
                ("Mcp-Name", $"=?base64?{Convert.ToBase64String("listCompanies"u8)}?="),
            ],
        };
        foreach (
            var (meta, isPlain) in new (string, bool)[]
            {
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"roots":{},"sampling":{},"elicitation":{"form":{}}}}""",
                    true
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"a","version":"1"}}""",
                    true
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2025-11-25","io.modelcontextprotocol/clientCapabilities":{}}""",
                    false
                ),
                ("""{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}""", false),
                ("""{"io.modelcontextprotocol/clientCapabilities":{}}""", false),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":5}""",
                    false
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"roots":5}}""",
                    false
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"a"}}""",
                    false
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":null}""",
                    false
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/logLevel":"x"}""",
                    false
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"progressToken":"p","example.com/own":{}}""",
                    true
                ),
                (
                    """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"progressToken":[]}""",
                    false
                ),
                ("{}", false),
                ("null", false),
                ("[]", false),
            }
        )
        {
            yield return call with
            {
                IsPlain = isPlain,
                Body =
                    $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{{\"name\":\"listCompanies\",\"_meta\":{meta}}}}}",
            };
        }
    }

    private static string Call(string name, string? arguments) =>
        $"\"method\":\"tools/call\",\"params\":{{\"name\":{name},{(arguments is null ? "" : $"\"arguments\":{arguments},")}META}}";

    private static Post Post(
        string revision,
        string text,
        bool isPlain,
        params (string Name, string Value)[] headers
    ) => Post(revision, text, isPlain, "1", headers);

    // Completes a message as a well-behaved client of the revision does; META stands where its metadata goes.
    private static Post Post(
        string revision,
        string text,
        bool isPlain,
        string id,
        params (string Name, string Value)[] headers
    )
    {
        var isPerRequest = revision == RpcClient.PerRequest;
        if (isPerRequest && !text.Contains("\"params\"", StringComparison.Ordinal))
        {
            text += ",\"params\":{META}";
        }

        const string meta =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
        text = isPerRequest
            ? text.Replace("META", meta, StringComparison.Ordinal)
            : text.Replace(",META", "", StringComparison.Ordinal).Replace("META", "", StringComparison.Ordinal);
        var method =
            text.Contains("tools/call", StringComparison.Ordinal) ? "tools/call"
            : text.Contains("tools", StringComparison.Ordinal)
            || !text.Contains("\"method\":\"", StringComparison.Ordinal)
                ? "tools/list"
            : text.Split("\"method\":\"")[1].Split('"')[0];
        var name = text.Contains("\"name\":\"", StringComparison.Ordinal)
            ? text.Split("\"name\":\"")[1].Split('"')[0]
            : "";
        (string, string)[] own =
            isPerRequest
                ?
                [
                    ("MCP-Protocol-Version", revision),
                    ("Mcp-Method", method),
                    .. method == "tools/call" ? [("Mcp-Name", name)] : Array.Empty<(string, string)>(),
                ]
            : string.CompareOrdinal(revision, "2025-06-18") >= 0 ? [("MCP-Protocol-Version", revision)]
            : [];
        return new($"{{\"jsonrpc\":\"2.0\",\"id\":{id},{text}}}", isPlain, [.. own, .. headers]);
    }
}
