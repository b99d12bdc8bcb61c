using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>A write that may destroy data waits for the user's confirmation, if the client can show a form.</summary>
internal sealed class ConfirmationTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Removal = $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5";

    private FormsApi api = null!;
    private ProtectedServer server = null!;
    private FormClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "100000"));
        server.Issuer.Api = api.AnswerAsync;
        client = new(server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Call_ThatDestroys_ShowsAFormAndSendsNothing()
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        Assert.That(asked.Forms!.Select(form => form.Key), Is.EqualTo(new[] { "confirm" }));
        var form = asked.Forms!["confirm"]!;
        Assert.That((string?)form["method"], Is.EqualTo("elicitation/create"));
        Assert.That(
            (string?)form["params"]!["message"],
            Does.StartWith("Send this? Remove a product (deleteProduct)\nDELETE /api/")
                .And.Contain("\nproductId: 5")
                .And.Contain("Trail Tent")
        );
        Assert.That(
            form["params"]!["requestedSchema"]!.ToJsonString(),
            Is.EqualTo("""{"type":"object","properties":{}}""")
        );
        Assert.That(
            asked.Json["result"]!.AsObject().Select(member => member.Key),
            Is.EquivalentTo(new[] { "inputRequests", "requestState", "_meta", "resultType" })
        );
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Call_Confirmed_IsSentOnce()
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var done = await client.CallAsync("deleteProduct", Product, FormClient.Accept(), asked.State);
        Assert.That((done.Forms, done.IsError), Is.EqualTo(((object?)null, false)));
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [TestCase("decline", "declined the form")]
    [TestCase("cancel", "closed the form without an answer")]
    public async Task Call_Refused_SendsNothingAndSaysSo(string action, string what)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var refused = await client.CallAsync(
            "deleteProduct",
            Product,
            $$$"""{"confirm":{"action":"{{{action}}}"}}""",
            asked.State
        );
        Assert.That(refused.IsError, Is.True);
        Assert.That(
            refused.Text,
            Is.EqualTo(
                $"deleteProduct was not called: the user {what}. Nothing was sent. Ask the user what to do instead."
            )
        );
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase("""{"confirm":{"action":"accept"}}""", false)]
    [TestCase("""{"other":{"action":"accept"}}""", true)]
    [TestCase("{}", true)]
    public async Task Call_WithStateAndAnswers_AsksAgainIfTheAnswerIsMissing(string answers, bool asksAgain)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var second = await client.CallAsync("deleteProduct", Product, answers, asked.State);
        Assert.That(second.Forms is not null, Is.EqualTo(asksAgain));
        Assert.That(api.Written, Has.Count.EqualTo(asksAgain ? 0 : 1));
    }

    [Test]
    public async Task Call_ConfirmedWithoutState_AsksAgain()
    {
        var asked = await client.CallAsync("deleteProduct", Product, FormClient.Accept());
        Assert.That(asked.Forms, Is.Not.Null);
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase("""{"confirm":7}""")]
    [TestCase("""{"confirm":{"action":"yes"}}""")]
    [TestCase("""{"confirm":{}}""")]
    public async Task Call_WithAMalformedAnswer_IsAnError(string answers)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var wrong = await client.CallAsync("deleteProduct", Product, answers, asked.State);
        Assert.That(
            wrong.Error,
            Is.EqualTo(
                "'params.inputResponses.confirm' must be an object whose 'action' is 'accept', 'decline' or 'cancel'. "
                    + "Repeat the call without 'inputResponses' to get the form again."
            )
        );
        Assert.That((int)wrong.Json["error"]!["code"]!, Is.EqualTo(-32602));
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Call_WithAnswersThatAreNoObject_IsAnError()
    {
        var wrong = await client.CallAsync("deleteProduct", Product, "[]");
        Assert.That(wrong.Error, Is.EqualTo("'params.inputResponses' must be an object."));
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase(590, true)]
    [TestCase(601, false)]
    public async Task State_AfterTenMinutes_IsExpired(int seconds, bool isSent)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        server.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var second = await client.CallAsync("deleteProduct", Product, FormClient.Accept(), asked.State);
        if (isSent)
        {
            Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
        }
        else
        {
            AssertRefused(second, "has expired: a form must be answered within 10 minutes.");
        }
    }

    [Test]
    public async Task State_OfAnotherUser_IsAnError()
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        using var other = new FormClient(server, subject: "somebody-else");
        var wrong = await other.CallAsync("deleteProduct", Product, FormClient.Accept(), asked.State);
        AssertRefused(wrong, "belongs to another user.");
    }

    [TestCase("updateProduct", Product)]
    [TestCase("deleteProduct", $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":6}""")]
    [TestCase("deleteProduct", """{"companyUuid":"HPO","productId":5}""")]
    public async Task State_OfAnotherToolOrOtherArguments_IsAnError(string tool, string arguments)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var wrong = await client.CallAsync(tool, arguments, FormClient.Accept(), asked.State);
        AssertRefused(wrong, "belongs to another call: the tool and the arguments must be the same.");
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("{state}-TAMPERED")]
    [TestCase("A{state}")]
    public async Task State_ThatWasChanged_IsAnError(string text)
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        var wrong = await client.CallAsync(
            "deleteProduct",
            Product,
            FormClient.Accept(),
            text.Replace("{state}", asked.State)
        );
        AssertRefused(
            wrong,
            "is not a text that this server wrote: it was changed, or comes from an instance with another Mcp:StateKey."
        );
    }

    // The instances behind one address share the key.
    [TestCase("0123456789abcdef0123456789abcdef", true)]
    [TestCase("another key another key another key", false)]
    public async Task State_OnAnotherInstance_IsValidWithTheSameKey(string key, bool isSent)
    {
        await using var first = await server.StartBesideAsync(
            [("Mcp:StateKey", "0123456789abcdef0123456789abcdef")],
            server.Clock
        );
        await using var second = await server.StartBesideAsync([("Mcp:StateKey", key)], server.Clock);
        using var atFirst = new FormClient(first);
        using var atSecond = new FormClient(second);
        var asked = await atFirst.CallAsync("deleteProduct", Product);
        var done = await atSecond.CallAsync("deleteProduct", Product, FormClient.Accept(), asked.State);
        Assert.That(done.Error is null, Is.EqualTo(isSent));
        Assert.That(api.Written, Has.Count.EqualTo(isSent ? 1 : 0));
    }

    [Test]
    public async Task State_WithMembersInAnotherOrder_IsOfTheSameCall()
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        await client.CallAsync(
            "deleteProduct",
            $$"""{"productId":5,"companyUuid":"{{FormsApi.Pine}}"}""",
            FormClient.Accept(),
            asked.State
        );
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [Test]
    public async Task Call_WhoseNameMeansAnotherThingAtTheSecondTime_AsksAgain()
    {
        const string Item = $$"""{"companyUuid":"{{FormsApi.Pine}}","inventoryId":"HP-LANT-01"}""";
        var asked = await client.CallAsync("deleteInventoryItem", Item);
        api.Items = api.Items.Replace("7404", "7405");
        server.Clock.Advance(TimeSpan.FromMinutes(2)); // the server keeps a search for one minute
        var second = await client.CallAsync("deleteInventoryItem", Item, FormClient.Accept(), asked.State);
        Assert.That((string?)second.Forms!["confirm"]!["params"]!["message"], Does.Contain("7405"));
        Assert.That(api.Written, Is.Empty);
        await client.CallAsync("deleteInventoryItem", Item, FormClient.Accept(), second.State);
        Assert.That(
            api.Written,
            Is.EqualTo(new[] { $"DELETE /api/v1/companies/{FormsApi.Pine}/inventory-items/7405" })
        );
    }

    [TestCase("bills_list", $$"""{"companyUuid":"{{FormsApi.Pine}}"}""")]
    [TestCase("createProduct", $$"""{"companyUuid":"{{FormsApi.Pine}}","name":"A","sku":"A"}""")]
    public async Task Call_ThatDestroysNothing_IsNotAsked(string tool, string arguments)
    {
        var done = await client.CallAsync(tool, arguments);
        Assert.That(done.Forms, Is.Null);
    }

    [Test]
    public async Task Call_WithInvalidArguments_IsRefusedBeforeTheForm()
    {
        var refused = await client.CallAsync("deleteProduct", $$"""{"companyUuid":"{{FormsApi.Pine}}"}""");
        Assert.That(refused.Text, Does.Contain("'productId'"));
    }

    // The form would be of no use.
    [Test]
    public async Task Call_ThatWouldBeRefusedBeforeItIsSent_IsRefusedBeforeTheForm()
    {
        var refused = await client.CallAsync(
            "bills_update",
            $$"""{"companyUuid":"{{FormsApi.Pine}}","billId":1,"fields":"nothing"}"""
        );
        Assert.That(refused.Text, Does.Contain("'fields'").And.Contain("nothing"));
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Call_ForAPreview_IsNotAsked()
    {
        var done = await client.CallAsync(
            "deleteProduct",
            $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5,"preview":true}"""
        );
        Assert.That((done.Forms, done.IsError), Is.EqualTo(((object?)null, false)));
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase("{}")]
    [TestCase("""{"sampling":{},"roots":{}}""")]
    [TestCase("""{"elicitation":{"url":{}}}""")]
    public async Task Call_OfAClientWithoutForms_IsSentAtOnce(string capabilities)
    {
        using var plain = new FormClient(server, capabilities);
        var done = await plain.CallAsync("deleteProduct", Product);
        Assert.That(done.Forms, Is.Null);
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [TestCase("""{"elicitation":{"form":{}}}""")]
    [TestCase("""{"elicitation":{"form":{},"url":{}}}""")]
    public async Task Call_OfAClientWithForms_IsAsked(string capabilities)
    {
        using var other = new FormClient(server, capabilities);
        Assert.That((await other.CallAsync("deleteProduct", Product)).Forms, Is.Not.Null);
    }

    [Test]
    public async Task State_WithoutTheCapability_IsAnError()
    {
        var asked = await client.CallAsync("deleteProduct", Product);
        using var plain = new FormClient(server, "{}");
        var wrong = await plain.CallAsync(
            "deleteProduct",
            Product,
            """{"confirm":{"action":"decline"}}""",
            asked.State
        );
        Assert.That(
            wrong.Error,
            Is.EqualTo(
                "'params.requestState' is the state of a form, but the call does not declare the capability "
                    + "'elicitation' as the call before did. Nothing was sent."
            )
        );
        Assert.That(api.Written, Is.Empty);
    }

    private void AssertRefused(FormResult wrong, string predicate)
    {
        Assert.That(
            wrong.Error,
            Is.EqualTo(
                $"'params.requestState' {predicate} Nothing was sent. Call the tool again without 'requestState'."
            )
        );
        Assert.That((int)wrong.Json["error"]!["code"]!, Is.EqualTo(-32602));
        Assert.That(api.Written, Is.Empty);
    }
}
