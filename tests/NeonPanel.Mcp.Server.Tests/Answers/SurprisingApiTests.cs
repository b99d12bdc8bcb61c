using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NeonPanel.Mcp.Tools.Generated;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Decision 0053: an API that answers other kinds of values than ever before. Strict clients get a result that
/// fits the output schema, and nothing is lost.</summary>
internal sealed class SurprisingApiTests
{
    private const string Usual =
        """{"current_page":1,"last_page":1,"per_page":10,"filters":{},"data":[{"id":904,"amount":10.50,"details":[]}]}""";

    private const string Surprising = """
        {"current_page":1,"last_page":"1","per_page":10,"filters":[],"data":[
         {"id":904,"amount":"10.50","details":[{"service_id":null,"quantity":{"of":2},"rate":0.1000}]},
         {"id":905,"amount":7,"details":null}]}
        """;

    private static readonly JsonObject Call = new()
    {
        ["name"] = "bills_list",
        ["arguments"] = new JsonObject { ["companyUuid"] = "7c1e4b52-9d30-4f61-8a2b-3e5d7f90a1c4", ["fields"] = "*" },
    };

    private RawUpstream api = null!;
    private TwoPaths paths = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync(Surprising));
        paths = await TwoPaths.StartAsync(api.Address);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await paths.DisposeAsync();
        await api.DisposeAsync();
    }

    [TestCase("/mcp?text=full")]
    [TestCase("/mcp?text=summary")]
    public async Task Call_SurprisingAnswer_FitsTheSchemaAndTheTextIsWhole(string address)
    {
        api.Answer = exchange => exchange.SendJsonAsync(Surprising);
        foreach (var client in new[] { paths.Fast, paths.Slow })
        {
            var result = (await client.SendAsync(address, "2025-11-25", "tools/call", Copy(Call))).Result;
            var structured = result["structuredContent"]!.ToJsonString();
            Assert.That(await FaultsAsync(structured), Is.Empty);
            Assert.That(await FaultsAsync(Surprising), Is.Not.Empty);
            Assert.That(result["content"]![0]!["text"]!.ToString(), Is.EqualTo(Surprising));
            var notice = result["content"]![1]!["text"]!.ToString();
            Assert.That(result["structuredContent"]!["notice"]!.ToString(), Is.EqualTo(notice));
            Assert.That(
                notice.Split('\n')[^1],
                Is.EqualTo(
                    "The API answered unusual values: last_page is \"1\", not a whole number; filters is a list, not an "
                        + "object; data[0].amount is \"10.50\", not a number; and 3 more. In structuredContent, the "
                        + "names of these members begin with '_'."
                )
            );
            // Nothing is lost, and all other bytes stay.
            Assert.That(
                structured,
                Does.EndWith(
                    """
                    "current_page":1,"_last_page":"1","per_page":10,"_filters":[],"data":[{"id":904,"_amount":"10.50","details":[{"_service_id":null,"_quantity":{"of":2},"rate":0.1000}]},{"id":905,"amount":7,"_details":null}]}
                    """
                )
            );
        }
    }

    [Test]
    public async Task Call_UsualAnswer_IsSentAsItIs()
    {
        api.Answer = exchange => exchange.SendJsonAsync(Usual);
        var result = (await paths.Fast.SendAsync("/mcp?text=full", "2025-11-25", "tools/call", Copy(Call))).Result;
        Assert.That(result["structuredContent"]!.ToJsonString(), Does.EndWith(Usual[1..]));
        Assert.That(result["content"]![0]!["text"]!.ToString(), Is.EqualTo(Usual));
    }

    [Test]
    public async Task Call_SurprisingAnswer_IsCountedOutsideTheSample()
    {
        api.Answer = exchange => exchange.SendJsonAsync(Surprising);
        await using var server = await ProtectedServer.StartAsync(
            ("Upstream:BaseAddress", api.Address),
            ("Telemetry:DriftSample", "0")
        );
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        await client.SendAsync("/mcp", "2025-11-25", "tools/call", Copy(Call));
        using var http = new HttpClient();
        var health = JsonNode.Parse(await http.GetStringAsync(server.Address + "/healthz?deep=1"))!;
        var places = health["drift"]!["tools"]!["bills_list"]!.AsObject();
        Assert.That(
            places.Select(place => $"{place.Key} {place.Value!["declared"]} {place.Value["found"]!.ToJsonString()}"),
            Is.EqualTo(
                new[]
                {
                    """/data/*/amount number {"string":1}""",
                    """/data/*/details array {"null":1}""",
                    """/data/*/details/*/quantity integer {"object":1}""",
                    """/data/*/details/*/service_id integer {"null":1}""",
                    """/filters object {"array":1}""",
                    """/last_page integer {"string":1}""",
                }
            )
        );
        Assert.That((int)health["drift"]!["compared"]!, Is.Zero);
    }

    private static JsonObject Copy(JsonObject call) => call.DeepClone().AsObject();

    private static async Task<IEnumerable<object>> FaultsAsync(string structured)
    {
        var tool = GeneratedCatalog.Create().Tools.Single(tool => tool.Name == "bills_list");
        return (await JsonSchema.FromJsonAsync(tool.OutputSchema)).Validate(structured);
    }
}
