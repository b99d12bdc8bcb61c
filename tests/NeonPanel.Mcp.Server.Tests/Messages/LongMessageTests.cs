using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Messages;

/// <summary>A message may be longer than <c>Limits:MaxRequestBytes</c> by the files of a tool that takes files, within
/// a budget of bytes and a deadline.</summary>
internal sealed class LongMessageTests
{
    private const string User = "user";
    private const int Limit = 64 * 1024;
    private const int FileBytes = 3 * 1024 * 1024;

    private static readonly ToolDescriptor Import = GeneratedCatalog
        .Create()
        .TryGet("createDocumentsByPdf", out var tool)
        ? tool
        : throw new ArgumentException("none");

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
        var calls = new FileCalls(GeneratedCatalog.Create(), FileBytes, Limit);
        reader = new(limits, budget, anonymousBudget, new(calls, budget, files, filler), filler);
    }

    [TearDown]
    public void TearDown()
    {
        AssertFree();
        budget.Dispose();
        anonymousBudget.Dispose();
        files.Dispose();
    }

    [Test]
    public async Task Read_CallWithAFile_IsReadWithTheFileBesideIt([Values] bool isChunked, [Values] bool isNameLast)
    {
        var context = Request(Call(Base64(FileBytes), isNameLast: isNameLast), isChunked);
        using var message = await reader.ReadAsync(context, User);
        Assert.That(message!.ToolName, Is.EqualTo("createDocumentsByPdf"));
        Assert.That(message.Files!.Bytes, Is.EqualTo(FileBytes));
        Assert.That(message.Length, Is.LessThan(300));
        Assert.That(await JsonNode.ParseAsync(context.Request.Body), Is.Not.Null, "the SDK reads the same message");
    }

    // RFC 4648 §4, §5 and §3.2, RFC 2045 §6.8, RFC 2397; and escapes that JSON allows (RFC 8259 §7).
    [Test]
    public async Task Read_FileOfTheLargestSize_IsTheSameInEverySpelling(
        [Values("plain", "solidus", "plus", "lines", "url", "uri")] string spelling,
        [Values(0, 1, 2)] int fewer
    )
    {
        var file = File(FileBytes - fewer);
        var base64 = Convert.ToBase64String(file);
        var text = spelling switch
        {
            "solidus" => base64.Replace("/", "\\/", StringComparison.Ordinal),
            "plus" => base64.Replace("+", "\\u002B", StringComparison.Ordinal),
            "lines" => string.Join("\\r\\n", base64.Chunk(76).Select(line => new string(line))),
            "url" => System.Buffers.Text.Base64Url.EncodeToString(file),
            "uri" => "data:application/pdf;base64," + base64,
            _ => base64,
        };
        using var message = await reader.ReadAsync(Request(Call(text)), User);
        Assert.That(message?.Files!.Bytes, Is.EqualTo(file.Length));
        using var api = new Api();
        using var http = new HttpClient(api) { BaseAddress = new("https://api.test") };
        using var used = message!.Files!.Use();
        await Import.Upload!.Call(
            http,
            message.Root.GetProperty("params").GetProperty("arguments"),
            null,
            CancellationToken.None
        );
        Assert.That(api.Sent!.AsSpan().SequenceEqual(file));
    }

    [TestCase("JVBERi0x=")]
    [TestCase("JVBERi0xA")]
    public async Task Read_FileThatIsNearlyBase64_IsRefusedByItsTool(string end)
    {
        using var message = await reader.ReadAsync(Request(Call(Base64(FileBytes) + end)), User);
        Assert.That(message!.Files!.Bytes, Is.Zero);
        var arguments = message.Root.GetProperty("params").GetProperty("arguments");
        using var used = message.Files.Use();
        List<string> violations = [];
        FileArgument.Read(Import.Upload!, arguments, violations);
        Assert.That(
            violations,
            Is.EqualTo(new[] { "Argument 'file.content' must be a PDF as base64, but does not begin as one." })
        );
    }

    [Test]
    public async Task Read_FileThatIsTooLong_Is413([Values] bool isChunked, [Values(1, FileBytes)] int more)
    {
        var error = await RefusedAsync(Request(Call(Base64(FileBytes + more)), isChunked), 413);
        Assert.That(
            error,
            more == 1
                ? Is.EqualTo(
                    "The files of the call are longer than 3,145,728 bytes together (Files:MaxBytes). "
                        + "Send smaller files, or fewer at a time."
                )
                : Does.Contain("3,145,728 bytes together (Files:MaxBytes)")
        );
    }

    [TestCase("tools/call", "listCompanies")]
    [TestCase("tools/call", "noSuchTool")]
    [TestCase("tools/list", "createDocumentsByPdf")]
    [TestCase("initialize", "createDocumentsByPdf")]
    public async Task Read_OtherMessageThatIsLong_Is413WithoutItsRest(string method, string tool)
    {
        // More never comes: the refusal does not wait for it.
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await body.Writer.WriteAsync(
            Encoding.UTF8.GetBytes(
                $$$"""{"method":"{{{method}}}","params":{"name":"{{{tool}}}","arguments":{"file":"{{{new string('A', Limit)}}}"""
            )
        );
        var context = Request(body.Reader.AsStream(), length: 2_000_000);
        Assert.That(
            await RefusedAsync(context, 413),
            Is.EqualTo(
                "The message is longer than 65,536 bytes (Limits:MaxRequestBytes). Only a call of a tool that takes "
                    + "files may be longer, by base64 files of 3,145,728 bytes together (Files:MaxBytes)."
            )
        );
    }

    [TestCase("tools/list", "createDocumentsByPdf")]
    [TestCase("tools/call", "listCompanies")]
    public async Task Read_OtherMessageThatTellsItLast_Is413(string method, string tool)
    {
        var body =
            $$$"""{"params":{"arguments":{"file":"{{{Base64(Limit * 2)}}}"},"name":"{{{tool}}}"},"method":"{{{method}}}"}""";
        Assert.That(await RefusedAsync(Request(body), 413), Does.Contain("Limits:MaxRequestBytes"));
    }

    [TestCase("""{"content":"§"}""", "\"note\":\"LONG\",", Description = "another argument")]
    [TestCase("""{"content":"§LONG!"}""", "", Description = "no base64")]
    [TestCase("""{"content":"§"}""", "\"file\":[1LIST],", Description = "many values")]
    public async Task Read_CallThatIsLongWithoutItsFiles_Is413(string file, string others)
    {
        var longText = Base64(Limit);
        var body =
            """{"method":"tools/call","params":{"name":"createDocumentsByPdf","arguments":{OTHERS"file":FILE}}}"""
                .Replace("OTHERS", others, StringComparison.Ordinal)
                .Replace("FILE", file, StringComparison.Ordinal)
                .Replace("§LONG!", longText + "!", StringComparison.Ordinal)
                .Replace("§", Base64(2000), StringComparison.Ordinal)
                .Replace("LONG", longText, StringComparison.Ordinal)
                .Replace("LIST", string.Concat(Enumerable.Repeat(",1", Limit)), StringComparison.Ordinal);
        Assert.That(
            await RefusedAsync(Request(body), 413),
            Does.StartWith("Without its files, the call is longer than 65,536 bytes (Limits:MaxRequestBytes).")
        );
    }

    [Test]
    public async Task Read_WhileFilesOfOthersTakeTheBudget_WaitsAndThenIs429()
    {
        using var first = files.TryTake("a", FileBudget.UsualBytes / 2);
        using var second = files.TryTake("b", FileBudget.UsualBytes / 2);
        var context = Request(Call(Base64(Limit)));
        var read = reader.ReadAsync(context, User);
        time.Advance(FileBudget.MaxWait - TimeSpan.FromMilliseconds(1));
        Assert.That(read.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await read, Is.Null);
        Assert.That(
            (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()),
            Is.EqualTo((429, "5"))
        );
        Assert.That(
            Error(context),
            Is.EqualTo("The server is busy with the files of other calls, and nothing was done. Call again in 5 s.")
        );
    }

    // Its share of the budget for bodies stays free for calls of the same user without files.
    [Test]
    public async Task Read_LongCallThatWaits_LeavesRoomForShortOnes()
    {
        using var first = files.TryTake("a", FileBudget.UsualBytes / 2);
        using var second = files.TryTake("b", FileBudget.UsualBytes / 2);
        var waiting = reader.ReadAsync(Request(Call(Base64(Limit))), User);
        using var message = await reader.ReadAsync(Request("{}"), User);
        Assert.That((message is not null, waiting.IsCompleted), Is.EqualTo((true, false)));
        first!.Dispose();
        using var read = await waiting;
        Assert.That(read, Is.Not.Null);
    }

    [Test]
    public async Task Read_Call_KeepsItsRoomUntilItIsDisposed()
    {
        var message = await reader.ReadAsync(Request(Call(Base64(FileBytes))), User);
        Assert.That(files.TryTake(User, (FileBudget.UsualBytes / 2) - FileBytes + 1024), Is.Null);
        message!.Dispose();
        using var free = files.TryTake(User, FileBudget.UsualBytes / 2);
        Assert.That(free, Is.Not.Null);
    }

    // 2,621,440 bytes at 256 KiB a second are ten seconds, after ten seconds of grace.
    [Test]
    public async Task Read_LongCallThatStopsShortOfItsEnd_Is408AtItsDeadline()
    {
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(Call(Base64(Limit * 2))).AsMemory(..^1));
        var context = Request(body.Reader.AsStream(), length: 2_621_440);
        var read = reader.ReadAsync(context, User);
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.That(read.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await read, Is.Null);
        Assert.That(context.Response.StatusCode, Is.EqualTo(408));
        Assert.That(Error(context), Does.Contain("256 KiB a second"));
    }

    [Test]
    public async Task Read_LongBodyThatIsNoJson_IsAMessageThatCannotBeHandled()
    {
        var context = Request(Call(Base64(Limit))[..^1]);
        using var message = await reader.ReadAsync(context, User);
        Assert.That((message!.ToolName, message.Files), Is.EqualTo(((string?)null, message.Files)));
        Assert.That(message.Root.ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Undefined));
    }

    // A long list is given up at the limit, so that it costs no more than a short one.
    [Test]
    public async Task Read_LongListOfNumbers_TakesNoMemoryButItsOwn()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"method":"tools/call","params":{"name":"createDocumentsByPdf","arguments":{"file":[1"""
                + string.Concat(Enumerable.Repeat(",1", 1_500_000))
                + "]}}}"
        );
        var context = Request(new MemoryStream(body), body.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(await reader.ReadAsync(context, User), Is.Null);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(body.Length + 500_000));
    }

    [Test]
    public async Task ReadShort_LongCall_IsNotRead()
    {
        var context = Request(new Pipe().Reader.AsStream(), 1_000_000);
        Assert.That(await reader.ReadShortAsync(context, "203.0.113.7"), Is.SameAs(IncomingMessage.Unknown));
    }

    private async Task<string> RefusedAsync(DefaultHttpContext context, int status)
    {
        Assert.That(await reader.ReadAsync(context, User), Is.Null);
        Assert.That(
            (context.Response.StatusCode, context.Response.Headers.Connection.ToString()),
            Is.EqualTo((status, "close"))
        );
        return Error(context);
    }

    private static string Error(HttpContext context)
    {
        context.Response.Body.Position = 0;
        return (string)JsonNode.Parse(context.Response.Body)!["error"]!["message"]!;
    }

    private static string Call(string base64, bool isNameLast = false)
    {
        const string name = "\"name\":\"createDocumentsByPdf\"";
        var arguments = $$$"""
            "arguments":{"companyUuid":"c","type":"bill","file":{"name":"a.pdf","content":"{{{base64}}}"}}
            """;
        return isNameLast
            ? $$$"""{"params":{{{{arguments}}},{{{name}}}},"method":"tools/call","id":1,"jsonrpc":"2.0"}"""
            : $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{{{name}}},{{{arguments}}}}}""";
    }

    private static string Base64(int bytes) => Convert.ToBase64String(File(bytes));

    private static byte[] File(int bytes)
    {
        var file = new byte[bytes];
        new Random(1).NextBytes(file);
        "%PDF-1.7"u8.CopyTo(file);
        return file;
    }

    private static DefaultHttpContext Request(string body, bool isChunked = false)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return Request(new MemoryStream(bytes), isChunked ? null : bytes.Length);
    }

    private static DefaultHttpContext Request(Stream body, long? length)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Request.ContentLength = length;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private sealed class Api : HttpMessageHandler
    {
        public byte[]? Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Sent = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new(System.Net.HttpStatusCode.NoContent);
        }
    }

    private void AssertFree()
    {
        using var users = budget.TryTake(User, BodyBudget.UsualBytes / 4);
        using var large = files.TryTake(User, FileBudget.UsualBytes / 2);
        Assert.That((users is null, large is null), Is.EqualTo((false, false)));
    }
}
