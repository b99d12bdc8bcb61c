using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>Rule D13: a write that is sent again by mistake takes effect once.</summary>
internal sealed class RepeatGuardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private BillsApi api = null!;
    private ProtectedServer server = null!;
    private RepeatClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "100000"));
        server.Issuer.Api = api.AnswerAsync;
        client = new(server);
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Repeat_AfterSuccess_ReturnsTheFirstReceipt()
    {
        var first = await client.CallAsync(RepeatClient.Bill("A-1"));
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        var second = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(api.Writes, Is.EqualTo(1));
        Assert.That((first.Id, first.IsError), Is.EqualTo(("1", false)));
        Assert.That((second.Id, second.IsError), Is.EqualTo(("1", false)));
        Assert.That(first.Text, Does.Not.Contain("Nothing was sent"));
        Assert.That(second.Text, Does.Match("Nothing was sent again: the same call succeeded 3[01] s ago"));
        Assert.That(second.Text, Does.Contain("repeat=true sends it once more."));
    }

    [TestCase("""{"vendor_id":17,"ref_number":"A-1","companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31"}""")]
    [TestCase("""{"vendor_id":17,"ref_number":"\u0041-1","companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31"}""")]
    public async Task Repeat_InAnotherSpelling_IsTheSame(string arguments)
    {
        await client.CallAsync(RepeatClient.Bill("A-1"));
        await client.CallAsync(arguments);
        Assert.That(api.Writes, Is.EqualTo(1));
    }

    [TestCase("19.50", "19.5", 1)]
    [TestCase("19.50", "19.51", 2)]
    [TestCase("10", "100", 2)]
    [TestCase("0", "0.01", 2)]
    public async Task Repeat_WithAnotherPrice_IsTheSameIfTheNumberIs(string first, string second, int writes)
    {
        foreach (var price in new[] { first, second })
        {
            await client.CallAsync(
                RepeatClient.Bill(
                    "A-1",
                    $$"""
                    "details":[{"service_id":4,"quantity":1,"rate":{{price}}}],
                    """
                )
            );
        }

        Assert.That(api.Writes, Is.EqualTo(writes));
    }

    [TestCase("A-2", "")]
    [TestCase("A-1", "\"name\":\"Freight\",")]
    [TestCase("A-1", "\"name\":null,")]
    public async Task Call_WithAnyOtherArgument_IsAnotherWrite(string number, string more)
    {
        await client.CallAsync(RepeatClient.Bill("A-1"));
        var second = await client.CallAsync(RepeatClient.Bill(number, more));
        Assert.That(second.Id, Is.EqualTo("2"));
    }

    [Test]
    public async Task Repeat_ByAnotherUser_IsAnotherWrite()
    {
        await client.CallAsync(RepeatClient.Bill("A-1"));
        var other = await new RepeatClient(server, "somebody-else").CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(other.Id, Is.EqualTo("2"));
    }

    [Test]
    public async Task Repeat_OfARejectedWrite_IsSent()
    {
        api.Write = (context, _) => BillsApi.AnswerAsync(context, new JsonObject(), 422);
        var first = await client.CallAsync(RepeatClient.Bill("A-1"));
        api.Write = (context, store) => BillsApi.AnswerAsync(context, store());
        var second = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That((first.IsError, second.Id), Is.EqualTo((true, "1")));
    }

    [TestCase(599, 1)]
    [TestCase(601, 2)]
    public async Task Repeat_AfterTheWindow_IsSent(int seconds, int writes)
    {
        await client.CallAsync(RepeatClient.Bill("A-1"));
        server.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(api.Writes, Is.EqualTo(writes));
    }

    [Test]
    public async Task Repeat_ThatIsMeant_IsSentWithoutTheArgument()
    {
        await client.CallAsync(RepeatClient.Bill("A-1"));
        var second = await client.CallAsync(RepeatClient.Bill("A-1", "\"repeat\":true,"));
        Assert.That((second.Id, second.IsError), Is.EqualTo(("2", false)));
        Assert.That(api.Bills[1].ContainsKey("repeat"), Is.False);
    }

    [Test]
    public async Task Repeat_WhileTheFirstRuns_WaitsForIt()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        api.Write = async (context, store) =>
        {
            arrived.TrySetResult();
            await release.Task;
            await BillsApi.AnswerAsync(context, store());
        };
        var first = client.CallAsync(RepeatClient.Bill("A-1"));
        await arrived.Task.WaitAsync(Patience);
        var second = client.CallAsync(RepeatClient.Bill("A-1"));
        // Another bill does not wait, so the server has read the call before it.
        api.Write = (context, store) => BillsApi.AnswerAsync(context, store());
        await client.CallAsync(RepeatClient.Bill("B-1"));
        Assert.That(second.IsCompleted, Is.False);
        release.SetResult();
        Assert.That((await first.WaitAsync(Patience)).Id, Is.EqualTo("2"));
        Assert.That((await second.WaitAsync(Patience)).Id, Is.EqualTo("2"));
        Assert.That(api.Writes, Is.EqualTo(2));
    }

    [Test]
    public async Task Repeat_AfterTheClientLeft_ReturnsTheFirstReceipt()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        api.Write = async (context, store) =>
        {
            arrived.TrySetResult();
            await release.Task;
            await BillsApi.AnswerAsync(context, store());
        };
        await server.LeaveAsync(
            server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 7200),
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bills_create","arguments":{{{RepeatClient.Bill("A-1")}}}}}""",
            arrived.Task.WaitAsync(Patience)
        );
        var second = client.CallAsync(RepeatClient.Bill("A-1"));
        // By the end of another call, the server has noticed that its client left.
        await client.CallAsync("{}", "listCompanies");
        release.SetResult();
        var receipt = await second.WaitAsync(Patience);
        Assert.That(receipt.Id, Is.EqualTo("1"));
        Assert.That(receipt.Text, Does.Contain("the same call succeeded"));
        Assert.That(api.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task Repeat_AfterALostAnswer_FindsTheRecord()
    {
        LoseAnswers();
        var first = await client.CallAsync(RepeatClient.Bill("A-1"));
        var second = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That((first.IsError, second.IsError, second.Id), Is.EqualTo((true, false, "1")));
        Assert.That(
            second.Text,
            Does.Contain(
                "Nothing was sent again: bills_list has a record with ref_number 'A-1', so the first call took effect."
            )
        );
        Assert.That(api.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task Repeat_WhereAnotherVendorHasTheNumber_DoesNotTakeThatRecord()
    {
        await client.CallAsync(RepeatClient.Bill("A-1").Replace("17", "18", StringComparison.Ordinal));
        api.Write = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await client.CallAsync(RepeatClient.Bill("A-1"));
        var second = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(second.IsError, Is.True);
        Assert.That(second.Text, Does.Contain("bills_list has not a record with ref_number 'A-1' yet"));
    }

    [Test]
    public async Task Repeat_WhereTheRecordIsMissing_IsSentAfterAMinute()
    {
        api.Write = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await client.CallAsync(RepeatClient.Bill("A-1"));
        api.Write = (context, store) => BillsApi.AnswerAsync(context, store());
        server.Clock.Advance(TimeSpan.FromSeconds(20));
        var early = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(early.IsError, Is.True);
        Assert.That(
            early.Text,
            Does.Match("Call again in (40|39) s: then it is checked again, and sent if it is missing")
        );
        Assert.That(api.Writes, Is.EqualTo(1));
        server.Clock.Advance(TimeSpan.FromSeconds(41));
        var late = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That((late.IsError, late.Id, api.Writes), Is.EqualTo((false, "1", 2)));
    }

    [Test]
    public async Task Repeat_WhereTheListFails_SaysSo()
    {
        LoseAnswers();
        await client.CallAsync(RepeatClient.Bill("A-1"));
        api.List = context => BillsApi.AnswerAsync(context, new JsonObject(), 403);
        var second = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(second.IsError, Is.True);
        Assert.That(second.Text, Does.Contain("Whether it took effect could not be checked: bills_list failed"));
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        var late = await client.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(
            late.Text,
            Does.Contain("could not be checked"),
            "a list that failed does not show that it is missing"
        );
        api.List = null;
        Assert.That((await client.CallAsync(RepeatClient.Bill("A-1"))).Id, Is.EqualTo("1"));
        Assert.That(api.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task Repeat_WhereNoListShowsTheRecord_AsksTheCallerToCheck()
    {
        const string documents =
            """{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","type":"bill","data":{"ref_number":"A-1"}""";
        LoseAnswers();
        await client.CallAsync(documents + "}", "createDocuments");
        var second = await client.CallAsync(documents + "}", "createDocuments");
        Assert.That(second.IsError, Is.True);
        Assert.That(
            second.Text,
            Does.Match(
                "createDocuments was not called: the outcome of the same call [01] s ago is unknown. Check whether it took effect. repeat=true sends it at once."
            )
        );
        Assert.That(api.Writes, Is.EqualTo(1));
        api.Write = (context, store) => BillsApi.AnswerAsync(context, store());
        Assert.That((await client.CallAsync(documents + ",\"repeat\":true}", "createDocuments")).IsError, Is.False);
    }

    [Test]
    public async Task Repeat_OfAnUpdate_IsSent()
    {
        const string update = """{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","billId":5,"name":"Freight"}""";
        api.Write = (context, _) => BillsApi.AnswerAsync(context, new JsonObject(), 200);
        await client.CallAsync(update, "bills_update");
        await client.CallAsync(update, "bills_update");
        Assert.That(api.Writes, Is.EqualTo(2));
    }

    [Test]
    public async Task Repeat_WhereTheGuardIsOff_IsSent()
    {
        await using var other = await server.StartBesideAsync([("Writes:HoldRepeats", "false")]);
        var free = new RepeatClient(other);
        await free.CallAsync(RepeatClient.Bill("A-1"));
        await free.CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(api.Writes, Is.EqualTo(2));
    }

    // The API stores the bill, and breaks the connection in place of an answer.
    private void LoseAnswers() =>
        api.Write = (context, store) =>
        {
            store();
            context.Abort();
            return Task.CompletedTask;
        };
}
