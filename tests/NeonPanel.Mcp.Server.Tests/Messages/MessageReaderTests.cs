using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Messages;

/// <summary>A body is read within a budget of bytes and a deadline, so that nobody can hold memory by sending bodies
/// that never end.</summary>
internal sealed class MessageReaderTests
{
    private const string User = "user";
    private const string Network = "203.0.113.7";
    private const int Limit = 1024 * 1024;
    private const int FileBytes = 20 * 1024 * 1024;

    private static readonly ToolCatalog NoTools = new([])
    {
        SpecificationTitle = "",
        SpecificationVersion = "",
        Hash = "",
        ServerAddress = null,
        Scopes = [],
        Profiles = [],
    };

    private readonly LimitOptions limits = new(600, 20, 600, Limit, []);

    private FakeTimeProvider time = null!;
    private BodyBudget budget = null!;
    private AnonymousBodyBudget anonymousBudget = null!;
    private FileBudget files = null!;
    private MessageReader reader = null!;

    [SetUp]
    public void SetUp()
    {
        time = new();
        budget = new(Limit, time);
        anonymousBudget = new(time);
        files = new(FileBytes, time);
        var filler = new BodyFiller(time);
        var calls = new FileCalls(NoTools, FileBytes, Limit);
        reader = new(limits, budget, anonymousBudget, new(calls, budget, files, filler), filler);
    }

    [TearDown]
    public void TearDown()
    {
        budget.Dispose();
        anonymousBudget.Dispose();
        files.Dispose();
    }

    // 163,840 bytes at 16 KiB a second are ten seconds, after ten seconds of grace.
    [TestCase(163_840, 20)]
    [TestCase(1_024, 11)]
    public async Task Read_BodyThatStopsShortOfItsEnd_Is408AtItsDeadline(int length, int seconds)
    {
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await body.Writer.WriteAsync(new byte[length - 1]);
        var context = Request(body.Reader.AsStream(), length);
        var read = reader.ReadAsync(context, User);

        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.That(read.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await read, Is.Null);
        Assert.That(
            (context.Response.StatusCode, context.Response.Headers.Connection.ToString()),
            Is.EqualTo((408, "close"))
        );
        AssertFree();
    }

    [Test]
    public async Task ReadShort_BodyThatStopsShortOfItsEnd_Is408AtItsDeadline()
    {
        var context = Request(new Pipe().Reader.AsStream(), length: 16);
        var read = reader.ReadShortAsync(context, Network);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.That(await read, Is.Null);
        Assert.That(context.Response.StatusCode, Is.EqualTo(408));
        AssertFree();
    }

    [Test]
    public async Task Read_WhileTheUsersShareIsTaken_WaitsAndThenIs429()
    {
        using var taken = budget.TryTake(User, BodyBudget.UsualBytes / 4);
        var context = Request("{}");
        var read = reader.ReadAsync(context, User);
        Assert.That(read.IsCompleted, Is.False);

        time.Advance(BodyBudget.MaxWait);
        Assert.That(await read, Is.Null);
        Assert.That(
            (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()),
            Is.EqualTo((429, "1"))
        );
    }

    [Test]
    public async Task Read_WhileAnotherUsersShareIsTaken_ReadsAtOnce()
    {
        using var taken = budget.TryTake("other", BodyBudget.UsualBytes / 4);
        using var message = await reader.ReadAsync(Request("{}"), User);
        Assert.That(message, Is.Not.Null);
    }

    [Test]
    public async Task Read_Message_KeepsItsRoomUntilItIsDisposed()
    {
        using var others = budget.TryTake(User, (BodyBudget.UsualBytes / 4) - Limit);
        var message = await reader.ReadAsync(
            Request($"{{\"method\":\"tools/call\",\"x\":\"{new string('x', Limit - 40)}\"}}"),
            User
        );
        Assert.That(message!.IsCall);
        Assert.That(budget.TryTake(User, 1), Is.Null);
        message.Dispose();
        using var free = budget.TryTake(User, Limit);
        Assert.That(free, Is.Not.Null);
    }

    // A message of unknown length counts as the longest that may come.
    [Test]
    public async Task Read_ChunkedBody_CountsAsTheLongest()
    {
        var read = reader.ReadAsync(Request(new Pipe().Reader.AsStream(), length: null), User);
        Assert.That(read.IsCompleted, Is.False);
        Assert.That(budget.TryTake(User, (BodyBudget.UsualBytes / 4) - Limit + 1024), Is.Null);
        using var rest = budget.TryTake(User, (BodyBudget.UsualBytes / 4) - Limit);
        Assert.That(rest, Is.Not.Null);
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(await read, Is.Null);
    }

    [TestCase("initialize", 413)]
    [TestCase("notifications/cancelled", 413)]
    [TestCase("tools/call", 200)]
    public async Task Read_LongMessage_MustBeACall(string method, int status)
    {
        var context = Request(
            $$$"""{"method":"{{{method}}}","params":{"x":"{{{new string('x', (int)MessageReader.MaxShortBytes)}}}"}}"""
        );
        using var message = await reader.ReadAsync(context, User);
        Assert.That((context.Response.StatusCode, message is null), Is.EqualTo((status, status != 200)));
    }

    [TestCase(70_000, "Only a tool call may be longer than 65,536 bytes.")]
    [TestCase(2 * Limit, "The message is longer than 1,048,576 bytes (Limits:MaxRequestBytes).")]
    public async Task Read_MessageThatIsTooLong_SaysTheLimit(int length, string expected)
    {
        var context = Request("{}" + new string(' ', length));
        var answer = context.Response.Body = new MemoryStream();
        Assert.That(await reader.ReadAsync(context, User), Is.Null);
        answer.Position = 0;
        var error = await JsonNode.ParseAsync(answer);
        Assert.That((string?)error!["error"]!["message"], Is.EqualTo(expected));
    }

    [Test]
    public async Task ReadShort_WhileNoRoomIsFree_DoesNotReadTheBody()
    {
        var taken = Enumerable
            .Range(0, 8)
            .Select(number => anonymousBudget.TryTake($"net{number}", AnonymousBodyBudget.AllBytes))
            .ToList();
        Assert.That(taken, Has.All.Not.Null);
        Assert.That(
            await reader.ReadShortAsync(Request(new Pipe().Reader.AsStream(), 16), Network),
            Is.SameAs(IncomingMessage.Unknown)
        );
        taken.ForEach(room => room!.Dispose());
    }

    [Test]
    public async Task ReadShort_OneNetwork_LeavesRoomForOthers()
    {
        using var taken = anonymousBudget.TryTake(Network, AnonymousBodyBudget.AllBytes);
        Assert.That(await reader.ReadShortAsync(Request("{}"), Network), Is.SameAs(IncomingMessage.Unknown));
        using var message = await reader.ReadShortAsync(Request("""{"id":7}"""), "203.0.113.8");
        Assert.That(message!.Id, Is.EqualTo("7"));
    }

    [TestCase("""{"\ud800":1}""")]
    [TestCase("""{"method":"\ud800"}""")]
    [TestCase("""{"method":"tools/call","params":{"name":"\ud800"}}""")]
    public async Task Read_HalfOfASurrogatePair_IsAMessageThatCannotBeHandled(string body)
    {
        using var message = await reader.ReadAsync(Request(body), User);
        Assert.That(message!.ToolName, Is.Null);
    }

    private static DefaultHttpContext Request(string body) =>
        Request(new MemoryStream(Encoding.UTF8.GetBytes(body)), Encoding.UTF8.GetByteCount(body));

    private static DefaultHttpContext Request(Stream body, long? length)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Request.ContentLength = length;
        return context;
    }

    private void AssertFree()
    {
        using var users = budget.TryTake(User, BodyBudget.UsualBytes / 4);
        using var anonymous = anonymousBudget.TryTake(Network, AnonymousBodyBudget.AllBytes / 8);
        Assert.That((users is null, anonymous is null), Is.EqualTo((false, false)));
    }
}
