using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>The SDK's own client shows the forms: as results in revision 2026-07-28, and on the stream of the call or
/// of the older transport in the revisions with <c>initialize</c>.</summary>
internal sealed class SdkClientTests
{
    private static readonly Dictionary<string, object?> Lantern = new() { ["inventoryId"] = "Trail Lantern" };

    private FormsApi api = null!;
    private ProtectedServer server = null!;
    private List<ElicitRequestParams> asked = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        asked = [];
        server = await ProtectedServer.StartAsync();
        server.Issuer.Api = api.AnswerAsync;
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [TestCase("/mcp", "2026-07-28")]
    [TestCase("/mcp", "2025-11-25")]
    [TestCase("/mcp", "2025-06-18")]
    [TestCase("/mcp/inventory", "2025-11-25")]
    [TestCase("/sse", "2026-07-28")]
    [TestCase("/sse", "2025-11-25")]
    [TestCase("/sse", "2025-06-18")]
    public async Task Write_WithTwoQuestions_IsSentAfterThreeForms(string path, string revision)
    {
        await using var client = await ConnectAsync(path, revision, Choose);
        var result = await client.CallToolAsync("deleteInventoryItem", Lantern);
        Assert.That(result.IsError, Is.Not.True);
        Assert.That(asked, Has.Count.EqualTo(3));
        Assert.That(asked[0].Message, Is.EqualTo("Remove an inventory item: which company?"));
        Assert.That(asked[1].Message, Is.EqualTo("Remove an inventory item: which item is 'Trail Lantern'?"));
        Assert.That(asked[2].Message, Does.Contain("deleteInventoryItem"));
        Assert.That(
            api.Written,
            Is.EqualTo(new[] { $"DELETE /api/v1/companies/{FormsApi.Pine}/inventory-items/7512" })
        );
    }

    [TestCase("/mcp", "2026-07-28", "decline", "declined the form")]
    [TestCase("/mcp", "2026-07-28", "cancel", "closed the form without an answer")]
    [TestCase("/mcp", "2025-11-25", "decline", "declined the form")]
    [TestCase("/mcp", "2025-11-25", "cancel", "closed the form without an answer")]
    [TestCase("/sse", "2025-11-25", "decline", "declined the form")]
    [TestCase("/sse", "2025-11-25", "cancel", "closed the form without an answer")]
    public async Task Write_WhoseFormIsRefused_IsNotSent(string path, string revision, string action, string what)
    {
        await using var client = await ConnectAsync(path, revision, _ => new() { Action = action });
        var result = await client.CallToolAsync("deleteInventoryItem", Lantern);
        Assert.That(result.IsError, Is.True);
        Assert.That(
            ((TextContentBlock)result.Content[0]).Text,
            Is.EqualTo(
                $"deleteInventoryItem was not called: the user {what}. Nothing was sent. Ask the user what to do instead."
            )
        );
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase("/mcp", "2026-07-28")]
    [TestCase("/mcp", "2025-11-25")]
    [TestCase("/sse", "2025-11-25")]
    public async Task Write_OfAClientWithoutForms_IsNotAsked(string path, string revision)
    {
        await using var client = await ConnectAsync(path, revision, null);
        await client.CallToolAsync(
            "deleteProduct",
            new Dictionary<string, object?> { ["companyUuid"] = FormsApi.Pine, ["productId"] = 5 }
        );
        Assert.That(api.Written, Is.EqualTo(new[] { $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5" }));
    }

    [TestCase("/sse")]
    [TestCase("/mcp")]
    public async Task Write_WhoseClientFailsToShowTheForm_IsNotSent(string path)
    {
        await using var client = await ConnectAsync(path, "2025-11-25", _ => throw new McpException("no screen"));
        var result = await client.CallToolAsync("deleteInventoryItem", Lantern);
        Assert.That(((TextContentBlock)result.Content[0]).Text, Does.Contain("closed the form without an answer"));
        Assert.That(api.Written, Is.Empty);
    }

    // The book of the sandbox: the product is there until the user confirms.
    [TestCase("2026-07-28")]
    [TestCase("2025-11-25")]
    public async Task Write_InTheSandbox_WaitsForTheUser(string revision)
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        var isAllowed = false;
        await using var client = await ConnectAsync(
            sandbox.Address.ToString().TrimEnd('/') + "/mcp",
            sandbox.Token,
            revision,
            _ => new() { Action = isAllowed ? "accept" : "decline" }
        );
        var products = new Dictionary<string, object?> { ["companyUuid"] = "HPO" };
        var id = (await client.CallToolAsync("getProducts", products))
            .StructuredContent!.Value.GetProperty("data")[0]
            .GetProperty("id")
            .GetInt64();
        var removal = new Dictionary<string, object?>(products) { ["productId"] = id };
        Assert.That((await client.CallToolAsync("deleteProduct", removal)).IsError, Is.True);
        isAllowed = true;
        Assert.That((await client.CallToolAsync("deleteProduct", removal)).IsError, Is.Not.True);
        // It is gone now.
        Assert.That((await client.CallToolAsync("deleteProduct", removal)).IsError, Is.True);
        Assert.That(asked, Has.Count.EqualTo(3));
    }

    private static ElicitResult Choose(ElicitRequestParams request)
    {
        var schema = request.RequestedSchema!.Properties;
        if (schema.Count == 0)
        {
            return new() { Action = "accept", Content = new Dictionary<string, JsonElement>() };
        }

        var choice = request.Message.Contains("company") ? FormsApi.Pine : "7512";
        return new()
        {
            Action = "accept",
            Content = new Dictionary<string, JsonElement>
            {
                [schema.Single().Key] = JsonSerializer.SerializeToElement(choice),
            },
        };
    }

    private Task<McpClient> ConnectAsync(string path, string revision, Func<ElicitRequestParams, ElicitResult>? show) =>
        ConnectAsync(server.Address + path, server.Issuer.Token(), revision, show);

    private Task<McpClient> ConnectAsync(
        string address,
        string token,
        string revision,
        Func<ElicitRequestParams, ElicitResult>? show
    )
    {
        var transport = new HttpClientTransport(
            new()
            {
                Endpoint = new(address),
                TransportMode = address.EndsWith("/sse") ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
            }
        );
        return McpClient.CreateAsync(
            transport,
            new()
            {
                ProtocolVersion = revision,
                Handlers = new()
                {
                    ElicitationHandler = show is null
                        ? null
                        : (request, _) =>
                        {
                            asked.Add(request!);
                            return ValueTask.FromResult(show(request!));
                        },
                },
            }
        );
    }
}
