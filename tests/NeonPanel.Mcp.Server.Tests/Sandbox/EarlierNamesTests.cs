using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>A client that learned the tools from the earlier description can call them in the same way today: every
/// published name, with all arguments it had.</summary>
internal sealed class EarlierNamesTests
{
    private static readonly string Fixtures = Path.Combine(
        Repository.Folder,
        "tests/NeonPanel.Mcp.Generator.Tests/Fixtures"
    );

    [Test]
    public async Task CallTool_EveryNameOfTheEarlierApiWithItsArguments_Answers()
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        await using var client = await McpClient.CreateAsync(
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
        var today = JsonNode.Parse(SpecificationFile.ReadJson())!.AsObject();
        var tools = GeneratedCatalog.Create().Tools;
        var names = Earlier().ToList();
        Assert.That(names, Has.Count.EqualTo(14));
        foreach (var (name, arguments) in names)
        {
            var tool = tools.SingleOrDefault(tool => tool.Name == name);
            Assert.That(tool, Is.Not.Null, name);
            // Today's examples have today's names; the call is made with those of then, whether they are in today's
            // schema or not.
            var values = Examples.Of(today, tool!);
            var sent = arguments.ToDictionary<string, string, object?>(
                argument => argument,
                argument => values.GetValueOrDefault(argument) ?? Value(argument)
            );
            var result = await client.CallToolAsync(name, sent);
            Assert.That(result.IsError, Is.Not.True, () => name + ": " + ((TextContentBlock)result.Content[0]).Text);
        }
    }

    // The names, with the arguments that the description of then gave them.
    private static IEnumerable<(string Name, List<string> Arguments)> Earlier()
    {
        var document = Read("neonpanel-earlier.json");
        foreach (
            var action in Read("neonpanel-earlier.overlay.json")["actions"]!
                .AsArray()
                .Where(action => action!["update"]?["x-mcp"]?["name"] is not null)
        )
        {
            var target = action!["target"]!.ToString().Split('\'');
            var operation = document["paths"]![target[1]]![target[2].TrimStart(']', '.')]!;
            var arguments = operation["parameters"]?.AsArray().Select(parameter => parameter!["name"]!.ToString())
                ?? [];
            var body = operation["requestBody"]
                ?["content"]?.AsObject().First().Value!["schema"]!["properties"]!.AsObject()
                .Select(pair => pair.Key)
                ?? [];
            // The name of a file goes with its bytes only (x-mcp.upload); it is no argument of the tool.
            yield return (
                action["update"]!["x-mcp"]!["name"]!.ToString(),
                [.. arguments.Where(name => name != "filename"), .. body]
            );
        }
    }

    private static object Value(string argument) =>
        argument switch
        {
            "file" => Convert.ToBase64String("%PDF-1.7"u8),
            "data" => new JsonObject(),
            "page" => 1,
            "per_page" => 20,
            _ => throw new InvalidOperationException($"The specification gives no example for '{argument}'."),
        };

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Fixtures, file)))!;
}
