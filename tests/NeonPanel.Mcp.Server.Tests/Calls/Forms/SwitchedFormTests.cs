using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>Forms can be switched off, for all tools and for one.</summary>
internal sealed class SwitchedFormTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Company = $$"""{"companyUuid":"{{FormsApi.Pine}}"}""";
    private const string Creation = $"POST /api/v1/companies/{FormsApi.Pine}/products";
    private const string Removal = $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5";

    [TestCase("deleteProduct", Product)]
    [TestCase("bills_list", """{"companyUuid":"acme"}""")]
    [TestCase("bills_list", "{}")]
    [TestCase("getInventoryDetails", $$"""{"companyUuid":"{{FormsApi.Pine}}","inventoryId":"Trail Lantern"}""")]
    [TestCase("listCompanies", "{}")]
    public async Task Call_OfAClientWithoutForms_IsTheSameToTheByteAsWithFormsOff(string tool, string arguments)
    {
        var api = new FormsApi();
        await using var server = await StartAsync(api);
        await using var off = await server.StartBesideAsync([("Mcp:Forms", "Off")], server.Clock);
        var bodies = new List<string>();
        foreach (var (instance, capabilities) in new[] { (server, "{}"), (off, "{}"), (off, """{"elicitation":{}}""") })
        {
            using var client = new FormClient(instance, capabilities);
            bodies.Add((await client.CallAsync(tool, arguments)).Body);
        }

        Assert.That(bodies, Is.All.EqualTo(bodies[0]));
        Assert.That(bodies[0], Does.Not.Contain("input_required"));
    }

    // In revisions with initialize, a message says nothing of the client. Its form may be a stray member.
    [TestCase("2025-06-18")]
    [TestCase("2025-11-25")]
    public async Task Call_InARevisionWithInitialize_IsSentAtOnce(string revision)
    {
        var api = new FormsApi();
        await using var server = await StartAsync(api);
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        var answer = await client.PostAsync(
            "/mcp",
            $$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"deleteProduct","arguments":{{{Product}}},"requestState":"x",
             "_meta":{"io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } } }
            """,
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", revision)
        );
        Assert.That((bool)answer.Result["isError"]!, Is.False);
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [Test]
    public async Task State_WithFormsOff_IsAnError()
    {
        var api = new FormsApi();
        await using var on = await StartAsync(api);
        await using var off = await on.StartBesideAsync([("Mcp:Forms", "Off")], on.Clock);
        using var client = new FormClient(on);
        var asked = await client.CallAsync("deleteProduct", Product);
        using var other = new FormClient(off);
        var wrong = await other.CallAsync(
            "deleteProduct",
            Product,
            """{"confirm":{"action":"decline"}}""",
            asked.State
        );
        Assert.That(
            wrong.Error,
            Is.EqualTo(
                "'params.requestState' is the state of a form, but forms are off (Mcp:Forms). Nothing was sent. "
                    + "Call the tool again without 'requestState'."
            )
        );
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Start_WithAnUnknownMode_NamesTheModes()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() =>
            StartAsync(new FormsApi(), ("Mcp:Forms", "Maybe"))
        );
        Assert.That(
            fault!.Message,
            Does.Contain("Mcp:Forms must be one of Auto, Stateless, Off").And.Contain("'Maybe'")
        );
    }

    // x-mcp.confirm
    [TestCase("deleteProduct", Removal, false, false)]
    [TestCase("deleteProduct", Removal, null, true)]
    [TestCase("createProduct", Creation, true, true)]
    [TestCase("createProduct", Creation, null, false)]
    public async Task Call_OfAToolWhoseConfirmationIsSwitched_IsAskedAccordingly(
        string tool,
        string request,
        bool? confirm,
        bool isAsked
    )
    {
        var api = new FormsApi();
        await using var server = await ProtectedServer.StartAsync(builder =>
            builder.Services.AddSingleton(Catalog(tool, confirm))
        );
        server.Issuer.Api = api.AnswerAsync;
        using var client = new FormClient(server);
        var answer = await client.CallAsync(tool, tool == "deleteProduct" ? Product : Company);
        Assert.That(answer.Forms is not null, Is.EqualTo(isAsked));
        Assert.That(api.Written, Is.EqualTo(isAsked ? [] : new[] { request }));
    }

    // The catalog with one tool, whose overlay says something else.
    private static ToolCatalog Catalog(string name, bool? confirm)
    {
        var whole = GeneratedCatalog.Create();
        var tool = whole.Tools.Single(known => known.Name == name);
        return new([
            new()
            {
                Name = tool.Name,
                Title = tool.Title,
                Description = tool.Description,
                OperationId = tool.OperationId,
                Method = tool.Method,
                Path = tool.Path,
                InputSchema = tool.InputSchema,
                OutputSchema = tool.OutputSchema,
                Hints = tool.Hints,
                Profiles = tool.Profiles,
                Scopes = tool.Scopes,
                Meta = tool.Meta,
                Tokens = tool.Tokens,
                Arguments = tool.Arguments,
                Call = tool.Call,
                Confirm = confirm,
            },
        ])
        {
            SpecificationTitle = whole.SpecificationTitle,
            SpecificationVersion = whole.SpecificationVersion,
            Hash = whole.Hash,
            ServerAddress = whole.ServerAddress,
            Scopes = whole.Scopes,
            Profiles = whole.Profiles,
        };
    }

    // Plain calls are answered before the SDK, others by its handler.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Call_OnEitherPath_ShowsTheSameForm(bool isFast)
    {
        var api = new FormsApi();
        await using var server = await ProtectedServer.StartAsync(builder =>
            builder.Services.AddSingleton(new TransportOptions("all", OutputSchemas: true) { FastPath = isFast })
        );
        server.Issuer.Api = api.AnswerAsync;
        using var client = new FormClient(server);
        var asked = await client.CallAsync("deleteProduct", Product);
        Assert.That(asked.Forms!.Select(form => form.Key), Is.EqualTo(new[] { "confirm" }));
        await client.CallAsync("deleteProduct", Product, FormClient.Accept(), asked.State);
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    private static async Task<ProtectedServer> StartAsync(FormsApi api, params (string Name, string Value)[] settings)
    {
        var server = await ProtectedServer.StartAsync(settings);
        server.Issuer.Api = api.AnswerAsync;
        return server;
    }
}
