using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>The requests that a page of an allowed origin may send to an MCP address, and the responses that it may
/// read. Without this access, a client in a browser never finds the sign-in.</summary>
internal sealed class CrossOriginTests
{
    private readonly HttpClient http = new();
    private ProtectedServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => server = await ProtectedServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("https://claude.ai")]
    [TestCase("HTTPS://CLAUDE.AI", Description = "compared without regard to case, and repeated as it was sent")]
    public async Task Post_FromAnAllowedOrigin_MayReadWhatASignInNeeds(string origin)
    {
        var headers = await SendAsync(HttpMethod.Post, ("Origin", origin));
        Assert.That(
            headers,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["Access-Control-Allow-Origin"] = origin,
                    ["Access-Control-Expose-Headers"] =
                        "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, X-Correlation-Id",
                    ["Vary"] = "Origin",
                }
            )
        );
    }

    [Test]
    public async Task Preflight_FromAnAllowedOrigin_AllowsTheHeadersItAsksFor()
    {
        var headers = await SendAsync(
            HttpMethod.Options,
            ("Origin", "https://claude.ai"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version")
        );
        Assert.That(
            headers,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["Access-Control-Allow-Origin"] = "https://claude.ai",
                    ["Access-Control-Allow-Methods"] = "POST",
                    ["Access-Control-Allow-Headers"] = "authorization,content-type,mcp-protocol-version",
                    ["Access-Control-Expose-Headers"] =
                        "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, X-Correlation-Id",
                    ["Access-Control-Max-Age"] = "600",
                    ["Vary"] = "Origin",
                }
            )
        );
    }

    [Test]
    public async Task Post_WithoutOrigin_HasNoneOfThem() => Assert.That(await SendAsync(HttpMethod.Post), Is.Empty);

    [TestCase("application/json; charset=UTF-8", 401)]
    [TestCase("application/json; charset=iso-8859-1", 415)]
    public async Task Post_Charset_HasNoCase(string contentType, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address + "/mcp")
        {
            Content = new ByteArrayContent("{}"u8.ToArray()),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    // It stands in our logs.
    [TestCase("a-B_c.9", true)]
    [TestCase("", false)]
    [TestCase("a b", false)]
    [TestCase("a\"b", false)]
    [TestCase("LONGEST", true)]
    [TestCase("TOO LONG", false)]
    public async Task CorrelationId_PlainAndShort_IsTheCallersOwn(string id, bool isKept)
    {
        id = id switch
        {
            "LONGEST" => new('x', 64),
            "TOO LONG" => new('x', 65),
            _ => id,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + "/robots.txt");
        request.Headers.TryAddWithoutValidation("X-Correlation-Id", id);
        using var response = await http.SendAsync(request);
        var given = response.Headers.GetValues("X-Correlation-Id").Single();
        Assert.That(given, isKept ? Is.EqualTo(id) : Does.Match("^[0-9a-f]{32}$"));
    }

    private async Task<Dictionary<string, string>> SendAsync(
        HttpMethod method,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, server.Address + "/mcp");
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{}", null, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return response
            .Headers.Where(header =>
                header.Key.StartsWith("Access-Control-", StringComparison.Ordinal) || header.Key == "Vary"
            )
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
    }
}
