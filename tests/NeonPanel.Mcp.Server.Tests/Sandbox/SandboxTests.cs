using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>The whole way through a real MCP client: discovery, list, every tool.</summary>
internal sealed class SandboxTests
{
    private SandboxHost sandbox = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        http = new HttpClient { BaseAddress = sandbox.Address };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await sandbox.DisposeAsync();
    }

    [Test]
    public async Task ListTools_WithARealClient_NamesAll62InOrdinalOrder()
    {
        await using var client = await ConnectAsync();
        var names = (await client.ListToolsAsync()).Select(tool => tool.Name).ToList();
        Assert.That(names, Has.Count.EqualTo(62));
        Assert.That(names, Is.EqualTo(names.Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task CallTool_EveryToolWithTheExamplesOfTheSpecification_Succeeds()
    {
        var specification = JsonNode.Parse(Tools.SpecificationFile.ReadJson())!.AsObject();
        await using var client = await ConnectAsync();
        foreach (var tool in GeneratedCatalog.Create().Tools.Where(tool => tool.Composition is null))
        {
            // Each example is true of the books as they were: an earlier tool may have deleted what this one reads.
            sandbox.Workspaces.Reset(SandboxHost.User);
            var arguments = Examples.Of(specification, tool);
            if (tool.Name.StartsWith("assemblyOrders_", StringComparison.Ordinal) && arguments.ContainsKey("orderId"))
            {
                // The example of this parameter, which two kinds of orders share, is the id of an inventory order.
                arguments["orderId"] = 77;
            }

            var result = await client.CallToolAsync(tool.Name, arguments);
            Assert.That(result.IsError, Is.Not.True, () =>
                tool.Name + ": " + ((TextContentBlock)result.Content[0]).Text
            );
            Assert.That(result.StructuredContent?.ValueKind, Is.EqualTo(JsonValueKind.Object), tool.Name);
            // The sandbox applies all arguments, so nothing may look as if it did not.
            Assert.That(
                result.Content.OfType<TextContentBlock>().Select(block => block.Text),
                Has.None.Contains("may have ignored"),
                tool.Name
            );
        }
    }

    [TestCase("bills_list", HttpStatusCode.OK)]
    [TestCase("search", HttpStatusCode.OK)]
    [TestCase("nothing", HttpStatusCode.NotFound)]
    public async Task Try_OfATool_HasAPageIfThereIsSuchATool(string name, HttpStatusCode status)
    {
        using var page = await http.GetAsync(new Uri(sandbox.Address, $"/try/{name}"));
        Assert.That(page.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task CallTool_PdfAsBase64_IsTakenAsTheFileItIs()
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(
            "createDocumentsByPdf",
            new Dictionary<string, object?>
            {
                ["companyUuid"] = "HPO",
                ["type"] = "bill",
                ["file"] = new { name = "bill.pdf", content = Convert.ToBase64String("%PDF-1.7\n"u8) },
            }
        );
        Assert.That(result.IsError, Is.Not.True, () => ((TextContentBlock)result.Content[0]).Text);
        Assert.That(result.StructuredContent!.Value.GetProperty("status").GetString(), Is.EqualTo("queued"));
    }

    [Test]
    public async Task CallTool_ListCompanies_AnswersWhatTheApiSent()
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(
            result.StructuredContent!.Value.GetProperty("data")[0].GetProperty("name").GetString(),
            Is.EqualTo("Harbor & Pine Outfitters LLC")
        );
    }

    [Test]
    public async Task CallTool_CheckImportStatus_IsPendingTwiceThenDone()
    {
        await using var client = await ConnectAsync();
        var arguments = new Dictionary<string, object?>
        {
            ["companyUuid"] = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
            ["type"] = "bill",
            ["requestId"] = await ImportAsync(client, "SPP-7000.pdf"),
        };
        var seen = new List<(string?, bool)>();
        for (var poll = 0; poll < 3; poll++)
        {
            var answer = (await client.CallToolAsync("checkImportStatus", arguments)).StructuredContent!.Value;
            seen.Add((answer.GetProperty("status").GetString(), answer.TryGetProperty("retry_after_seconds", out _)));
        }

        Assert.That(
            seen,
            Is.EqualTo(new (string?, bool)[] { ("processing", true), ("processing", true), ("done", false) })
        );
    }

    private static async Task<string> ImportAsync(McpClient client, string file)
    {
        var result = await client.CallToolAsync(
            "createDocumentsByPdf",
            new Dictionary<string, object?>
            {
                ["companyUuid"] = "HPO",
                ["type"] = "bill",
                ["file"] = new { name = file, link = "https://files.harborpine.example/once/" + file },
            }
        );
        return result.StructuredContent!.Value.GetProperty("request_id").GetString()!;
    }

    [Test]
    public async Task CallTool_BadArguments_NamesEveryFaultAtOnce()
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(
            "listInventoryItems",
            new Dictionary<string, object?> { ["page"] = 0, ["perPgae"] = "x" }
        );
        var text = ((TextContentBlock)result.Content[0]).Text;
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.Contain("'page' must be at least 1, but is 0").And.Contain("Did you mean 'per_page'?"));
    }

    [Test]
    public async Task CallTool_WithoutToken_IsChallenged()
    {
        using var response = await PostAsync("/mcp", "tools/call", """{"name":"listCompanies"}""", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(
            response.Headers.WwwAuthenticate.Single().ToString(),
            Is.EqualTo(
                $"Bearer resource_metadata=\"{sandbox.Address}.well-known/oauth-protected-resource/mcp\", scope=\"openid\""
            )
        );
    }

    [Test]
    public async Task CallTool_AfterARotation_TakesTokensOfBothKeysAndAfterTheWithdrawalTheNewOneIsPublishedAlone()
    {
        await using var own = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        using var issuer = new HttpClient
        {
            BaseAddress = own.Issuer,
            DefaultRequestHeaders = { { "Authorization", "Bearer " + own.Token } },
        };
        Assert.That(await StatusAsync(own, own.Token), Is.EqualTo(HttpStatusCode.OK));
        using var rotated = await issuer.PostAsync("/sandbox/rotate-keys", null);
        var ids = KeyIds(await rotated.Content.ReadFromJsonAsync<JsonObject>());
        var fresh = await TokenAsync(issuer, own.Address);
        Assert.That(
            new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(fresh).Kid,
            Is.EqualTo(ids[1]),
            "the new key signs"
        );
        Assert.That(await StatusAsync(own, fresh), Is.EqualTo(HttpStatusCode.OK), "at once (rule B4)");
        Assert.That(await StatusAsync(own, own.Token), Is.EqualTo(HttpStatusCode.OK), "its key is still published");
        using var withdrawn = await issuer.PostAsync("/sandbox/withdraw-earlier-keys", null);
        Assert.That(KeyIds(await issuer.GetFromJsonAsync<JsonObject>("/.well-known/jwks.json")), Is.EqualTo(ids[1..]));
    }

    [TestCase("garbage")]
    [TestCase("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task ToolsList_WithABadToken_Is401EvenThere(string token)
    {
        using var response = await PostAsync("/mcp", "tools/list", "{}", token);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.WwwAuthenticate.Single().ToString(), Does.Contain("error=\"invalid_token\""));
    }

    [Test]
    public async Task CallTool_WithATokenChangedByOneCharacter_Is401()
    {
        var parts = sandbox.Token.Split('.');
        parts[1] = (parts[1][0] == 'e' ? 'f' : 'e') + parts[1][1..];
        using var response = await PostAsync(
            "/mcp",
            "tools/call",
            """{"name":"listCompanies"}""",
            string.Join('.', parts)
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("application/json", "application/json")]
    [TestCase("text/event-stream", "text/event-stream")]
    [TestCase("application/json, text/event-stream", "application/json")]
    [TestCase("application/json;q=0.1, text/event-stream", "text/event-stream")]
    [TestCase("application/json;q=0, text/*", "text/event-stream")]
    [TestCase("text/*, application/*;q=0.9", "text/event-stream")]
    [TestCase("*/*;q=0.1, text/event-stream;q=0", "application/json")]
    [TestCase("*/*", "application/json")]
    public async Task Post_WithAnyAcceptHeader_IsAnsweredInATypeTheClientTakes(string accept, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.Authorization = new("Bearer", sandbox.Token);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(expected));
        var json =
            expected == "application/json"
                ? body
                : body.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..];
        Assert.That(JsonNode.Parse(json)!["result"]!["tools"]!.AsArray(), Has.Count.EqualTo(62));
    }

    [TestCase("2024-11-05", "2024-11-05")]
    [TestCase("2025-03-26", "2025-03-26")]
    [TestCase("2025-06-18", "2025-06-18")]
    [TestCase("2025-11-25", "2025-11-25")]
    [TestCase("1999-01-01", "2025-11-25")]
    public async Task Initialize_EveryRevision_IsEchoedAndAnUnknownOneGetsTheLatest(string asked, string expected)
    {
        using var response = await PostAsync(
            "/",
            "initialize",
            $$"""{"protocolVersion":"{{asked}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} }""",
            sandbox.Token
        );
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"\"protocolVersion\":\"{expected}\""));
    }

    [TestCase("/mcp/")]
    [TestCase("/")]
    [TestCase("/mcp/core")]
    public async Task Ping_AtEveryAddress_IsAnswered(string path)
    {
        using var response = await PostAsync(path, "ping", "{}", sandbox.Token);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Post_ToAnUnknownProfile_Is404()
    {
        using var response = await PostAsync("/mcp/nothing", "ping", "{}", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Get_OnAnMcpAddress_Is405WithoutAskingForAToken()
    {
        using var response = await http.GetAsync("/mcp");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(response.Content.Headers.Allow, Is.EqualTo(new[] { "POST" }));
    }

    [Test]
    public async Task Post_FromAnUnlistedOrigin_Is403()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Get_WithAForgedHost_Is421()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tools.json");
        request.Headers.Host = "evil.example";
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [TestCase("")]
    [TestCase("/mcp")]
    [TestCase("/mcp/core")]
    public async Task ProtectedResource_AtEverySuffix_IsTheAddressItself(string suffix)
    {
        var document = await http.GetFromJsonAsync<JsonObject>("/.well-known/oauth-protected-resource" + suffix);
        Assert.That(document!["resource"]!.ToString(), Is.EqualTo(sandbox.Address.ToString().TrimEnd('/') + suffix));
        Assert.That(
            document["authorization_servers"]!.ToJsonString(),
            Is.EqualTo($"[\"{sandbox.Issuer.ToString().TrimEnd('/')}\"]")
        );
    }

    [Test]
    public async Task OpenApi_IsTheSpecificationByteForByte()
    {
        Assert.That(await http.GetByteArrayAsync("/openapi.json"), Is.EqualTo(Tools.SpecificationFile.ReadJson()));
    }

    [Test]
    public async Task SignIn_RegistrationConsentAndCode_GivesATokenThatCallsATool()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = sandbox.Issuer,
        };
        const string redirect = "http://localhost:7777/callback";
        using var registration = await browser.PostAsJsonAsync(
            "/oauth2/register",
            new { client_name = "Test", redirect_uris = new[] { redirect } }
        );
        var clientId = (await registration.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!.ToString();
        // The pair of RFC 7636 appendix B.
        var form = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = redirect,
            ["state"] = "s",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ["code_challenge_method"] = "S256",
        };
        using var decision = await browser.PostAsync("/oauth2/authorize", new FormUrlEncodedContent(form));
        var answer = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(decision.Headers.Location!.Query);
        Assert.That(answer["state"].ToString(), Is.EqualTo("s"));
        var exchange = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = answer["code"].ToString(),
            ["redirect_uri"] = redirect,
            ["code_verifier"] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        };
        using var tokens = await browser.PostAsync("/oauth2/token", new FormUrlEncodedContent(exchange));
        var token = (await tokens.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.ToString();
        using var again = await browser.PostAsync("/oauth2/token", new FormUrlEncodedContent(exchange));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "a code works once");
        using var call = await PostAsync("/mcp", "tools/call", """{"name":"listCompanies"}""", token);
        Assert.That(await call.Content.ReadAsStringAsync(), Does.Contain("Nordlicht"));
    }

    [TestCase("", HttpTransportMode.StreamableHttp)]
    [TestCase("mcp", HttpTransportMode.StreamableHttp)]
    [TestCase("mcp/core", HttpTransportMode.StreamableHttp)]
    [TestCase("sse", HttpTransportMode.Sse)]
    public async Task Connect_WithARealClientThatHasNoToken_SignsInFromDiscoveryAndCalls(
        string address,
        HttpTransportMode mode
    )
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(sandbox.Address, address),
                    TransportMode = mode,
                    OAuth = new()
                    {
                        RedirectUri = new("http://localhost:7777/callback"),
                        DynamicClientRegistration = new() { ClientName = "Test" },
                        AuthorizationCallbackHandler = async (context, cancellationToken) =>
                        {
                            // The steps that a person takes: open the page, press the button.
                            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
                            var page = await browser.GetStringAsync(context.AuthorizationUri, cancellationToken);
                            var inputs = System
                                .Text.RegularExpressions.Regex.Matches(page, "name=\"([^\"]*)\" value=\"([^\"]*)\"")
                                .Where(match => match.Groups[1].Value != "decision")
                                .ToDictionary(
                                    match => match.Groups[1].Value,
                                    match => WebUtility.HtmlDecode(match.Groups[2].Value)
                                );
                            using var form = new FormUrlEncodedContent(inputs);
                            using var decision = await browser.PostAsync(
                                new Uri(context.AuthorizationUri, "/oauth2/authorize"),
                                form,
                                cancellationToken
                            );
                            var answer = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(
                                decision.Headers.Location!.Query
                            );
                            return new()
                            {
                                Code = answer["code"]!,
                                State = answer["state"],
                                Iss = answer["iss"],
                            };
                        },
                    },
                }
            )
        );
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(result.StructuredContent!.Value.GetProperty("data").GetArrayLength(), Is.EqualTo(4));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string method, string parameters, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        return await http.SendAsync(request);
    }

    private static List<string> KeyIds(JsonObject? jwks) =>
        [.. jwks!["keys"]!.AsArray().Select(key => key!["kid"]!.ToString())];

    private static async Task<string> TokenAsync(HttpClient issuer, Uri resource)
    {
        using var registration = await issuer.PostAsJsonAsync(
            "/oauth2/register",
            new { grant_types = new[] { "client_credentials" }, token_endpoint_auth_method = "client_secret_post" }
        );
        var client = (await registration.Content.ReadFromJsonAsync<JsonObject>())!;
        using var answer = await issuer.PostAsync(
            "/oauth2/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = client["client_id"]!.ToString(),
                    ["client_secret"] = client["client_secret"]!.ToString(),
                    ["resource"] = resource.ToString().TrimEnd('/'),
                }
            )
        );
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.ToString();
    }

    private static async Task<HttpStatusCode> StatusAsync(SandboxHost sandbox, string token)
    {
        using var caller = new HttpClient { BaseAddress = sandbox.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(
                new
                {
                    jsonrpc = "2.0",
                    id = 1,
                    method = "tools/call",
                    @params = new { name = "listCompanies" },
                }
            ),
        };
        request.Headers.Authorization = new("Bearer", token);
        using var response = await caller.SendAsync(request);
        return response.StatusCode;
    }

    private Task<McpClient> ConnectAsync() =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(sandbox.Address, "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + sandbox.Token,
                    },
                }
            )
        );
}
