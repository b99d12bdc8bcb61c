using System.Text.Json.Nodes;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>A specification with a relative server address, and path values, from the message to what the API's socket
/// gets (rule D4).</summary>
internal sealed class RelativeServerTests
{
    private RawUpstream api = null!;
    private StrictUpstream server = null!;
    private RpcClient client = null!;

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await api.DisposeAsync();
    }

    // OpenAPI 3.1, "Server Object": the path of a relative url belongs to every request. A base address with a path of
    // its own is the whole address.
    [TestCase("", "/api/v3/items/a?q=1")]
    [TestCase("/", "/api/v3/items/a?q=1")]
    [TestCase("/own", "/own/items/a?q=1")]
    public async Task Call_RelativeServer_IsAskedBelowItsPath(string path, string expected)
    {
        await StartAsync(path);
        var (isError, text) = await CallAsync("any", "a", "1");
        Assert.That(isError, Is.False, text);
        Assert.That(Targets(), Is.EqualTo(new[] { expected }));
    }

    // RFC 6570 §3.2.2: inside their segment.
    [TestCase("AB/12", "/api/v3/items/AB%2F12")]
    [TestCase("SHIRT#1", "/api/v3/items/SHIRT%231")]
    [TestCase("50%", "/api/v3/items/50%25")]
    public async Task Call_PathValueOfASku_ArrivesInItsSegment(string sku, string expected)
    {
        await StartAsync("");
        var (isError, text) = await CallAsync("any", sku);
        Assert.That(isError, Is.False, text);
        Assert.That(Targets(), Is.EqualTo(new[] { expected }));
    }

    // A deployer whose API takes less says so with a pattern in the overlay.
    [TestCase("AB/12")]
    [TestCase("SHIRT#1")]
    [TestCase("50%")]
    public async Task Call_PathValueThatThePatternForbids_IsNotSent(string sku)
    {
        await StartAsync("");
        var (isError, text) = await CallAsync("plain", sku);
        Assert.That(isError, Is.True);
        Assert.That(text, Does.Contain("Argument 'sku' must match the pattern ^[^/#%]+$, but does not."));
        Assert.That(text, Does.Not.Contain(sku));
        Assert.That(Targets(), Is.Empty);
        Assert.That((await CallAsync("plain", "AB-12")).IsError, Is.False);
        Assert.That(Targets(), Is.EqualTo(new[] { "/api/v3/items/AB-12" }));
    }

    [TestCase("..")]
    [TestCase("a/../../x")]
    [TestCase("%2e%2e")]
    [TestCase("")]
    public async Task Call_PathValueThatCouldLeaveItsSegment_IsNotSent(string sku)
    {
        await StartAsync("");
        var (isError, text) = await CallAsync("any", sku);
        Assert.That(isError, Is.True);
        Assert.That(text, Does.Contain("Argument 'sku' must be "));
        Assert.That(Targets(), Is.Empty);
    }

    // The path of the server counts too: 8,192 characters in all.
    [TestCase(8192, false)]
    [TestCase(8193, true)]
    public async Task Call_TargetAtTheLimit_IsSentAndAboveItIsNot(int length, bool isRefused)
    {
        await StartAsync("");
        var (isError, text) = await CallAsync("any", new string('a', length - "/api/v3/items/".Length));
        Assert.That(isError, Is.EqualTo(isRefused), text);
        Assert.That(
            text.Contains(
                "would have 8193 characters, but may have 8192. Argument 'sku' takes the most of it",
                StringComparison.Ordinal
            ),
            Is.EqualTo(isRefused),
            text
        );
        Assert.That(Targets().Select(target => target.Length), Is.EqualTo(isRefused ? [] : new[] { length }));
    }

    private IEnumerable<string> Targets() => api.Requests.Select(request => request.Line.Split(' ')[1]);

    private async Task StartAsync(string path)
    {
        api = new(exchange => exchange.SendJsonAsync("""{"ok":true}"""));
        server = await StrictUpstream.StartAsync(_ => { }, [("Upstream:BaseAddress", api.Address + path)], Catalog());
        client = new(server.Address, server.Token);
    }

    private async Task<(bool IsError, string Text)> CallAsync(string tool, string sku, string? q = null)
    {
        var arguments = new JsonObject { ["sku"] = sku };
        if (q is not null)
        {
            arguments["q"] = q;
        }

        var answer = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = tool, ["arguments"] = arguments }
        );
        return ((bool)answer.Result["isError"]!, (string)answer.Result["content"]![0]!["text"]!);
    }

    private static ToolCatalog Catalog() =>
        new([Tool("any", null), Tool("plain", "^[^/#%]+$")])
        {
            SpecificationTitle = "Stock API",
            SpecificationVersion = "1",
            Hash = "0000000000000000",
            ServerAddress = null,
            ServerPath = "/api/v3",
            Scopes = [],
            Profiles = ["all"],
        };

    private static ToolDescriptor Tool(string name, string? pattern)
    {
        var template = new RequestTemplate(
            "GET",
            "/items/{sku}",
            [
                new("sku", ParameterLocation.Path, "sku", ParameterStyle.Simple, Explode: false, Required: true),
                new("q", ParameterLocation.Query, "q", ParameterStyle.Form, Explode: true),
            ]
        );
        return new()
        {
            Name = name,
            Title = name,
            Description = name,
            OperationId = null,
            Method = "GET",
            Path = template.Path,
            InputSchema = """{"type":"object","properties":{"sku":{"type":"string"},"q":{"type":"string"}}}""",
            OutputSchema = """{"type":"object"}""",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = new Dictionary<string, ValueShape>
                {
                    ["sku"] = new()
                    {
                        Kinds = ValueKinds.String,
                        Pattern = pattern,
                        Expression = pattern,
                    },
                    ["q"] = new() { Kinds = ValueKinds.String },
                },
                AdditionalProperties = null,
            },
            Call = (http, arguments, configure, cancellationToken) =>
                RawCall.SendAsync(http, template, arguments, configure, cancellationToken),
        };
    }
}
