using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Names;

/// <summary>Lists of names: who shares one, who waits for whom, and how much is kept.</summary>
internal sealed class NamedThingsTests
{
    private static readonly NameQuery Query = new(
        new(null, "list", "data", "id", ["name", "code"]),
        NameScope.Everything
    );
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly ConcurrentQueue<string> asked = [];
    private Func<string, int, CancellationToken, Task<string>> api = null!;
    private ServiceProvider services = null!;
    private NamedThings things = null!;

    [SetUp]
    public void Start()
    {
        asked.Clear();
        api = (_, _, _) => Task.FromResult(Page("""{"id":"1","name":"Pine"}"""));
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddUpstream(
                new(
                    new("https://api.example"),
                    TimeSpan.FromSeconds(15),
                    TimeSpan.FromSeconds(3),
                    4 * 1024 * 1024,
                    256,
                    0
                ),
                new(CredentialKind.Forward, null, "", "", null, null),
                "1"
            )
            .AddSingleton(Catalog())
            .AddSingleton(Auth())
            .AddSingleton<UpstreamFailures>()
            .AddSingleton<UpstreamCaller>()
            .AddSingleton<NamedListReader>()
            .AddSingleton<NamedThings>()
            .BuildServiceProvider();
        things = services.GetRequiredService<NamedThings>();
    }

    [TearDown]
    public async Task StopAsync()
    {
        things.Dispose();
        await services.DisposeAsync();
    }

    [Test]
    public async Task List_OfManyCallsAtOnce_IsAskedForOnce()
    {
        var release = new TaskCompletionSource<string>();
        api = (_, _, _) => release.Task;
        var calls = Enumerable.Range(0, 10).Select(_ => ListAsync("a")).ToList();
        release.SetResult(Page("""{"id":"1","name":"Pine"}"""));
        Assert.That((await Task.WhenAll(calls)).Select(list => list.Things.Single().Value), Is.All.EqualTo("1"));
        await ListAsync("a");
        Assert.That(asked, Has.Count.EqualTo(1));
    }

    // With a fixed number of gates, some users would wait for others who wait for the API.
    [Test]
    public async Task List_OfOneToken_NeverWaitsForThatOfAnother()
    {
        api = (token, _, cancelled) =>
            token.StartsWith("slow", StringComparison.Ordinal)
                ? Task.Delay(Timeout.Infinite, cancelled).ContinueWith(_ => "", TaskScheduler.Default)
                : Task.FromResult(Page("""{"id":"1","name":"Pine"}"""));
        using var leaving = new CancellationTokenSource();
        var slow = Enumerable.Range(0, 300).Select(user => ListAsync($"slow-{user}", leaving.Token)).ToList();
        var quick = Enumerable.Range(0, 60).Select(user => ListAsync($"quick-{user}")).ToList();
        await Task.WhenAll(quick).WaitAsync(Patience);
        Assert.That(slow.TrueForAll(lookup => !lookup.IsCompleted), Is.True);
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => Task.WhenAll(slow), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task List_OfTwoTokensOfOneUser_IsAskedForTwice()
    {
        api = (token, _, _) => Task.FromResult(Page($$"""{"id":"{{token}}","name":"Pine"}"""));
        Assert.That((await ListAsync("a")).Things.Single().Value, Is.EqualTo("a"));
        Assert.That((await ListAsync("b")).Things.Single().Value, Is.EqualTo("b"));
    }

    [Test]
    public async Task List_WhoseToolNeedsAScopeThatTheTokenLacks_AsksNobody()
    {
        var list = await things.ListAsync(Query, Call("a", "other"), CancellationToken.None);
        Assert.That(
            list.Failure!.Text,
            Is.EqualTo("list needs a scope that the sign-in does not grant; send the id itself.")
        );
        Assert.That(asked, Is.Empty);
    }

    [Test]
    public async Task Lookup_WhoseFirstCallLeaves_GoesOnForTheOthers()
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        api = (_, _, cancelled) =>
        {
            entered.TrySetResult();
            return release.Task.WaitAsync(cancelled);
        };
        using var leaving = new CancellationTokenSource();
        var (first, second) = (ListAsync("a", leaving.Token), ListAsync("a"));
        await entered.Task.WaitAsync(Patience);
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => first, Throws.InstanceOf<OperationCanceledException>());
        release.SetResult(Page("""{"id":"1","name":"Pine"}"""));
        Assert.That((await second.WaitAsync(Patience)).Things, Has.Count.EqualTo(1));
        Assert.That(asked, Has.Count.EqualTo(1));
    }

    // Otherwise a client that asks and leaves would keep the API busy beyond its own places.
    [Test]
    public async Task Lookup_WhoseLastCallLeaves_IsCancelledAndTheNextCallAsksAnew()
    {
        var (entered, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        api = async (_, _, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult());
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "";
        };
        using var leaving = new CancellationTokenSource();
        var call = ListAsync("a", leaving.Token);
        await entered.Task.WaitAsync(Patience);
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        await cancelled.Task.WaitAsync(Patience);
        api = (_, _, _) => Task.FromResult(Page("""{"id":"1","name":"Pine"}"""));
        Assert.That((await ListAsync("a").WaitAsync(Patience)).Things, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Lookup_ThatFails_IsKeptForTwoSeconds()
    {
        api = (_, _, _) => Task.FromResult("no JSON");
        foreach (var (pause, count) in ((double, int)[])[(0, 1), (1.9, 1), (0.1, 2)])
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            Assert.That((await ListAsync("a")).Failure!.Text, Does.Contain("invalid JSON"));
            Assert.That(asked, Has.Count.EqualTo(count));
        }
    }

    [Test]
    public async Task Lookup_ThatTakesTooLong_EndsForAllWhoWait()
    {
        var entered = new TaskCompletionSource();
        api = (_, _, cancelled) =>
        {
            entered.TrySetResult();
            return new TaskCompletionSource<string>().Task.WaitAsync(cancelled);
        };
        var calls = Enumerable.Range(0, 3).Select(_ => ListAsync("a")).ToList();
        await entered.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(calls.TrueForAll(call => !call.IsCompleted), Is.True);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(
            (await Task.WhenAll(calls).WaitAsync(Patience)).Select(list => list.Failure!.Text),
            Is.All.Contains("did not answer within 10 s")
        );
    }

    // Nobody can send a name of more than 200 characters, so that none is kept.
    [TestCase(200, true)]
    [TestCase(201, false)]
    public async Task Name_ThatIsLong_IsKeptIfItCanBeSent(int length, bool isKept)
    {
        var name = new string('x', length);
        api = (_, _, _) =>
            Task.FromResult(
                Page($$"""{"id":"1","name":"{{name}}","code":"P"}""", $$"""{"id":"{{name}}","name":"Tarn"}""")
            );
        var list = await ListAsync("a");
        Assert.That(list.Things[0].Names, Is.EqualTo(isKept ? [name, "P"] : new[] { "P" }));
        Assert.That(list.Things, Has.Count.EqualTo(isKept ? 2 : 1));
    }

    // 20 pages of almost a mebibyte, as an API may answer.
    [Test]
    public async Task List_OfMoreText_IsCutAndSaysSo()
    {
        var items = string.Join(
            ',',
            Enumerable
                .Range(0, 3000)
                .Select(number => $$"""{"id":"{{number}}","name":"{{number}}{{new string('x', 190)}}"}""")
        );
        api = (_, page, _) => Task.FromResult($$"""{"last_page":20,"data":[{{items}}]}""");
        var list = await ListAsync("a");
        Assert.That((list.IsWhole, list.Failure), Is.EqualTo((false, (ToolResult?)null)));
        Assert.That(list.Size, Is.InRange(490_000, 500_100));
        Assert.That(asked, Has.Count.EqualTo(1), "nothing is asked for that is not kept");
    }

    // 40 users with the longest lists: some 20 MB of text at most.
    [Test]
    public async Task Lists_OfManyUsers_AreKeptUpToABound()
    {
        var items = string.Join(
            ',',
            Enumerable
                .Range(0, 2000)
                .Select(number => $$"""{"id":"{{number}}","name":"{{number}}{{new string('x', 100)}}"}""")
        );
        api = (_, _, _) => Task.FromResult($$"""{"data":[{{items}}]}""");
        for (var user = 0; user < 60; user++)
        {
            await ListAsync($"user-{user}");
        }

        var before = asked.Count;
        for (var user = 0; user < 60; user++)
        {
            await ListAsync($"user-{user}");
        }

        Assert.That(before, Is.EqualTo(60));
        Assert.That(asked.Count - before, Is.InRange(15, 60), "ten million characters hold 20 to 45 such lists");
    }

    private static string Page(params string[] items) => $$"""{"data":[{{string.Join(',', items)}}]}""";

    private Task<NamedList> ListAsync(string token, CancellationToken cancellationToken = default) =>
        things.ListAsync(Query, Call(token, "read"), cancellationToken);

    private CallContext Call(string token, string scope) =>
        new(services.GetRequiredService<ToolCatalog>().Tools[0], new(token, "user", [scope], default), "c");

    private static AuthOptions Auth() =>
        new(
            "https://issuer.example",
            "",
            [],
            AudienceValidation.WhenPresent,
            [],
            [],
            [],
            TimeSpan.Zero,
            TimeSpan.Zero,
            AnonymousDiscovery: false
        )
        {
            EnforceToolScopes = true,
        };

    private ToolCatalog Catalog() =>
        new([
            new ToolDescriptor
            {
                Name = "list",
                Title = "List",
                Description = "",
                OperationId = null,
                Method = "GET",
                Path = "/",
                InputSchema = "{}",
                OutputSchema = "{}",
                Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
                Profiles = ["all"],
                Scopes = ["read"],
                Meta = "{}",
                Tokens = 1,
                Arguments = new ValueShape
                {
                    Properties = new Dictionary<string, ValueShape> { ["page"] = ValueShape.Anything },
                },
                Call = async (_, arguments, configure, cancelled) =>
                {
                    using var request = new HttpRequestMessage();
                    configure!(request);
                    var token = request.Headers.Authorization!.Parameter!;
                    asked.Enqueue(token);
                    var json = await api(token, arguments.GetProperty("page").GetInt32(), cancelled);
                    return new RawResponse(
                        HttpStatusCode.OK,
                        "application/json",
                        null,
                        Encoding.UTF8.GetBytes(json),
                        null
                    );
                },
            },
        ])
        {
            SpecificationTitle = "",
            SpecificationVersion = "",
            Hash = "",
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all"],
        };
}
