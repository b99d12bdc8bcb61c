using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Composition;

/// <summary>Composed tools over HTTP with the tokens of two people, whose companies and things have the same names.
/// Nothing that was read or kept for one reaches the other.</summary>
internal sealed class ComposedCallerTests
{
    private const string Companies = "/api/v1/companies";

    private readonly ConcurrentDictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> refused = [];
    private WebApplication api = null!;
    private StrictUpstream server = null!;
    private Person ann = null!;
    private Person ben = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var port = LoopbackPorts.FreePair();
        api = SandboxHost.CreateBuilder(port, []).Build();
        api.MapGet("/{**path}", (HttpContext http) => Answer(http));
        await api.StartAsync();
        server = await StrictUpstream.StartAsync(
            ("Upstream:BaseAddress", $"http://127.0.0.1:{port}"),
            ("Upstream:RequestsPerMinutePerUser", "1000000"),
            ("Limits:CallsPerMinutePerUser", "100000")
        );
        ann = Arrive("Anneliese", "a", 1);
        ben = Arrive("Bertram", "b", 2);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        await api.DisposeAsync();
    }

    [TestCase("findDocument", """{"number":"N-1"}""")]
    [TestCase("findDocument", """{"number":"N-1","companyUuid":"HPO"}""")]
    [TestCase("getDirectory", """{"companyUuid":"HPO"}""")]
    [TestCase("getDirectory", "{}", Description = "the only company of each")]
    [TestCase("getStock", """{"companyUuid":"HPO","items":["SKU-1"],"warehouses":["Store"]}""")]
    public async Task CallTool_TwoPeopleAtTheSameTime_EachGetsWhatIsTheirs(string tool, string arguments)
    {
        refused.Clear();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async turn =>
                {
                    var (own, other) = turn % 2 == 0 ? (ann, ben) : (ben, ann);
                    return (own, other, Text: await CallAsync(own, tool, arguments));
                })
        );
        using (Assert.EnterMultipleScope())
        {
            foreach (var (own, other, text) in answers)
            {
                Assert.That(text, Does.Contain("\"complete\":true").And.Contain(own.Name), tool);
                Assert.That(text, Does.Not.Contain(other.Name).And.Not.Contain(other.Company), tool);
            }

            Assert.That(refused, Is.Empty, "requests with the token of one for the company of the other");
        }
    }

    private Person Arrive(string name, string digit, int id)
    {
        var part = string.Concat(Enumerable.Repeat(digit, 8));
        var person = new Person(name, $"{part}-0000-4000-8000-000000000000", id, server.TokenOf(name));
        people["Bearer " + person.Token] = person;
        return person;
    }

    // The token decides what is there, as in NeonPanel. All lists have one row that fits every tool.
    private IResult Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        if (!people.TryGetValue(http.Request.Headers.Authorization.ToString(), out var person))
        {
            return Results.Unauthorized();
        }

        if (path.StartsWith(Companies + "/", StringComparison.Ordinal) && !path.Contains(person.Company))
        {
            refused.Enqueue($"{person.Name}: {path}");
            return Results.NotFound();
        }

        var row = path == Companies ? person.AsCompany : person.Thing;
        return Results.Text(
            path.Split('/') is [.., "inventory-items", _]
                ? row
                : $$"""{"data":[{{row}}],"current_page":1,"last_page":1}""",
            "application/json"
        );
    }

    private async Task<string> CallAsync(Person person, string tool, string arguments)
    {
        using var client = new RpcClient(server.Address, person.Token);
        var answer = await client.SendAsync(
            "/mcp",
            "2025-06-18",
            "tools/call",
            new() { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) }
        );
        return answer.Result.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    /// <summary>A person with one company. Its things have the names that the other's have, and the person's name
    /// beside them.</summary>
    private sealed record Person(string Name, string Company, int Id, string Token)
    {
        public string AsCompany =>
            $$"""{"id":{{Id}},"uuid":"{{Company}}","name":"Harbor of {{Name}}","short_name":"HPO"}""";

        public string Thing =>
            $$"""
                {"id":{{Id}}00,"uuid":"{{Company}}","name":"Store","ref_number":"N-1","link":"https://{{Name}}.example",
                 "code":"of {{Name}}","amount":10,"currency":"USD","balance":5,"quantity":5,"details":[{"amount":10}],
                 "vendor":{"id":{{Id}}00,"name":"Vendor of {{Name}}"},"restock_data":{"estimated_daily_sales":1},
                 "inventory":{"id":{{Id}}00,"sku":"SKU-1","name":"Lamp of {{Name}}"},
                 "warehouse":{"id":{{Id}}00,"uuid":"{{Company}}","name":"Store"} }
                """;
    }
}
