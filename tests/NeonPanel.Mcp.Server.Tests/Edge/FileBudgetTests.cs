using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>All fetched files of the process share one budget of bytes.</summary>
[NonParallelizable]
internal sealed class FileBudgetTests
{
    private const int FileBytes = 20 * 1024 * 1024;

    private static readonly ToolDescriptor Import = GeneratedCatalog
        .Create()
        .TryGet("createDocumentsByPdf", out var tool)
        ? tool
        : throw new ArgumentException("none");

    [Test]
    public async Task Take_MoreThanIsLeft_WaitsUntilItIsGivenBack()
    {
        using var budget = new FileBudget(FileBytes, new FakeTimeProvider());
        var places = new List<IDisposable?>();
        foreach (var user in (string[])["a", "b", "c"])
        {
            places.Add(await budget.TakeAsync(user, FileBytes, default));
        }

        var waiting = budget.TakeAsync("d", FileBytes, default);
        Assert.That(places, Has.None.Null);
        Assert.That(waiting.IsCompleted, Is.False);
        places[1]!.Dispose();
        using var place = await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(place, Is.Not.Null);
    }

    [Test]
    public async Task Take_WaitInVain_EndsAfterTenSeconds()
    {
        var time = new FakeTimeProvider();
        using var budget = new FileBudget(FileBudget.UsualBytes, time);
        using var all = await budget.TakeAsync("a", FileBudget.UsualBytes, default);
        var waiting = budget.TakeAsync("b", 1, default);
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(waiting.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(await waiting.WaitAsync(TimeSpan.FromSeconds(30)), Is.Null);
    }

    [Test]
    public async Task Take_OneUser_HasHalfOfTheBudget()
    {
        using var budget = new FileBudget(FileBytes, new FakeTimeProvider());
        using var half = await budget.TakeAsync("a", FileBudget.UsualBytes / 2, default);
        var more = budget.TakeAsync("a", 1, default);
        var other = budget.TakeAsync("b", FileBudget.UsualBytes / 2, default);
        Assert.That((more.IsCompleted, other.IsCompleted), Is.EqualTo((false, true)));
        (await other)!.Dispose();
    }

    [Test]
    public async Task Take_CallerThatLeaves_WaitsNoLonger()
    {
        using var budget = new FileBudget(FileBudget.UsualBytes, new FakeTimeProvider());
        using var all = await budget.TakeAsync("a", FileBudget.UsualBytes, default);
        using var leaving = new CancellationTokenSource();
        var waiting = budget.TakeAsync("b", 1, leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Fetch_LargeFile_IsInMemoryOnceAndSentByteForByte()
    {
        using var links = new Links();
        using var download = new FileDownload(new(FileBytes, ["files.example"]), links, TimeProvider.System);
        using var budget = new FileBudget(FileBytes, TimeProvider.System);
        using var api = new Api();
        using var http = new HttpClient(api) { BaseAddress = new("https://api.test") };
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var filled = await FetchAsync(download, budget, "user");
        await Import.Upload!.Call(http, filled.Arguments, null, default);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.That(filled.Refused, Is.Empty);
        Assert.That(api.Sent, Is.EqualTo(Links.Hash));
        Assert.That(api.Length, Is.EqualTo(FileBytes));
        // As base64 it has 28 million bytes, and JsonDocument takes 34 million for its index, of which it touches a few
        // hundred.
        Assert.That(allocated, Is.LessThan(65_000_000));
    }

    [Test]
    public async Task Fetch_FiveLargeFilesAtOnce_HoldsThreeAndTheOthersGetASentence()
    {
        var time = new FakeTimeProvider();
        using var links = new Links();
        // The clock of the downloads stands still, so that only the wait for the budget can end.
        using var download = new FileDownload(new(FileBytes, ["files.example"]), links, new FakeTimeProvider());
        using var budget = new FileBudget(FileBytes, time);
        // The host answers at once, so that a call only stops where it waits for the budget.
        var calls = ((string[])["a", "b", "c", "d", "e"]).Select(user => FetchAsync(download, budget, user)).ToList();
        Assert.That(calls.Select(call => call.IsCompleted), Is.EqualTo(new[] { true, true, true, false, false }));
        time.Advance(FileBudget.MaxWait);
        var ended = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(
            ended.SelectMany(file => file.Refused),
            Is.EqualTo(
                Enumerable.Repeat(
                    "was not followed, because the server is busy with other files. Call again in some seconds",
                    2
                )
            )
        );
        foreach (var file in ended)
        {
            file.Dispose();
        }

        // A file that was sent has given its part of the budget back.
        var next = FetchAsync(download, budget, "a");
        Assert.That(next.IsCompleted, Is.True);
        (await next).Dispose();
    }

    private static Task<FilledArguments> FetchAsync(FileDownload download, FileBudget budget, string user)
    {
        var arguments = JsonElement.Parse(
            """{"companyUuid":"c","type":"bill","file":{"name":"a","link":"https://files.example/x"}}"""
        );
        return new FileFetch(download, budget).GetAsync(
            Import.Upload!,
            arguments,
            new(arguments, null, "https://files.example/x", "bill.pdf"),
            user,
            default
        );
    }

    // The same bytes each time, made while they are read.
    private sealed class Links : HttpMessageHandler
    {
        public static byte[] Hash { get; } = SHA256.HashData(new Bytes());

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StreamContent(new Bytes()) { Headers = { ContentLength = FileBytes } },
                }
            );
        }
    }

    private sealed class Bytes : Stream
    {
        private int position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            // An odd number, so that chunks of base64 and reads never end together.
            var count = Math.Min(Math.Min(buffer.Length, 4999), FileBytes - position);
            for (var index = 0; index < count; index++)
            {
                var at = position + index;
                buffer[index] = at < 5 ? "%PDF-"u8[at] : (byte)(at * 31 % 251);
            }

            position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Api : HttpMessageHandler
    {
        public byte[]? Sent { get; private set; }

        public long? Length { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Length = request.Content!.Headers.ContentLength;
            using var hash = SHA256.Create();
            await using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            {
                await request.Content.CopyToAsync(stream, cancellationToken);
            }

            Sent = hash.Hash;
            return new(HttpStatusCode.NoContent);
        }
    }
}
