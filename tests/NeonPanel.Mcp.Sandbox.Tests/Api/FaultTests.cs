using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>Faults that a token switches on for itself.</summary>
internal sealed class FaultTests
{
    private const string Vendors = $"/api/v1/companies/{ApiClient.Nlk}/vendors";

    private static int subjects;

    private SandboxHost sandbox = null!;
    private ApiClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => sandbox = await ApiClient.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await sandbox.DisposeAsync();

    [SetUp]
    public void SignIn() => api = new(sandbox, $"faulty-{Interlocked.Increment(ref subjects)}");

    [TearDown]
    public void SignOut() => api.Dispose();

    [Test]
    public async Task TooManyAfter_TwoCalls_Is429WithRetryAfterForThisTokenAlone()
    {
        await SwitchAsync("""{"too_many_after":2}""");
        var replies = new[] { await GetAsync(), await GetAsync(), await GetAsync() };
        Assert.That(replies.Select(reply => (int)reply.Status), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That(replies[2].RetryAfter, Is.EqualTo(30));
        using var other = new ApiClient(sandbox, "not-faulty");
        Assert.That((await other.SendAsync(HttpMethod.Get, Vendors)).Status, Is.EqualTo(HttpStatusCode.OK));
        await SwitchAsync("{}");
        Assert.That((await GetAsync()).Status, Is.EqualTo(HttpStatusCode.OK), "switched off");
    }

    [Test]
    public async Task FailingPath_IsA500ThereAlone()
    {
        await SwitchAsync("""{"failing_path":"/vendors"}""");
        Assert.That((await GetAsync()).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((await api.SendAsync(HttpMethod.Get, "/api/v1/companies")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Delay_HoldsAnAnswerBack()
    {
        await SwitchAsync("""{"delay_milliseconds":300}""");
        var clock = Stopwatch.StartNew();
        await GetAsync();
        Assert.That(clock.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(290));
    }

    [Test]
    public async Task PhpEscapes_MeanTheSameAndLookOtherwise()
    {
        var plain = await GetAsync();
        await SwitchAsync("""{"php_escapes":true}""");
        var escaped = await GetAsync();
        Assert.That(plain.Text, Does.Contain("Gießerei Müller & Söhne"));
        Assert.That(escaped.Text, Does.Contain(@"Gie\u00dferei M\u00fcller & S\u00f6hne"));
        Assert.That(JsonNode.DeepEquals(escaped.Body, plain.Body), Is.True);
        var reports = await api.SendAsync(HttpMethod.Get, "/api/v1/reports");
        Assert.That(reports.Text, Does.Contain(@"https:\/\/my.neonpanel.com\/app"));
    }

    [Test]
    public async Task IgnoredFilters_AnswerTheWholeListWithoutFilters()
    {
        await SwitchAsync("""{"ignored_filters":true}""");
        var answer = await api.GetAsync(Vendors + "?search=Bohemia");
        Assert.That(answer["data"]!.AsArray(), Has.Count.EqualTo(4));
        Assert.That(answer["filters"]!.AsObject(), Is.Empty);
    }

    [Test]
    public async Task WrongLastPage_IsOneTooMany()
    {
        await SwitchAsync("""{"wrong_last_page":true}""");
        Assert.That((await api.GetAsync(Vendors))["last_page"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That((await api.GetAsync(Vendors + "?page=2"))["data"]!.AsArray(), Is.Empty);
    }

    [TestCase(
        """{"to_many_after":2}""",
        "There is no switch 'to_many_after'. The switches are too_many_after, failing_path"
    )]
    [TestCase("""{"too_many_after":-1}""", "'too_many_after' must be a whole number from 0")]
    [TestCase(
        """{"delay_milliseconds":600000}""",
        "'delay_milliseconds' must be a whole number from 0 to 120000, but is 600000."
    )]
    [TestCase("""{"php_escapes":"yes"}""", "'php_escapes' must be true or false, but is \"yes\".")]
    [TestCase("""{"failing_path":"bills"}""", "'failing_path' must be a part of a path")]
    public async Task Switch_ThatIsWrong_IsNamedAndSwitchesNothing(string body, string message)
    {
        await SwitchAsync("""{"too_many_after":7}""");
        var reply = await api.SendAsync(HttpMethod.Post, "/sandbox/faults", JsonNode.Parse(body));
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(reply.Message, Does.StartWith(message));
        Assert.That((await api.GetAsync("/sandbox/faults"))["too_many_after"]!.GetValue<int>(), Is.EqualTo(7));
    }

    private Task<ApiReply> GetAsync() => api.SendAsync(HttpMethod.Get, Vendors);

    private async Task SwitchAsync(string body) =>
        Assert.That(
            (await api.SendAsync(HttpMethod.Post, "/sandbox/faults", JsonNode.Parse(body))).Status,
            Is.EqualTo(HttpStatusCode.OK)
        );
}
