using System.Globalization;
using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Benchmarks;

/// <summary>The memory that files of 20 MiB cost that the server fetches and sends at once, each for another user: the
/// peak of the resident memory above what the process held before, for each kind of body.</summary>
internal static class FileCosts
{
    private const int FileBytes = 20 * 1024 * 1024;
    private const double Mebibyte = 1024 * 1024;

    public static async Task<int> RunAsync()
    {
        Console.WriteLine("| Body | Files at once | Sent | Told to come back | Peak above the start, MiB |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (
            var kind in (RequestBodyKind[])[RequestBodyKind.Binary, RequestBodyKind.Multipart, RequestBodyKind.Json]
        )
        {
            foreach (var files in (int[])[1, 5, 20])
            {
                await MeasureAsync(ToolOf(kind), kind, files);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(ToolDescriptor tool, RequestBodyKind kind, int files)
    {
        using var download = new FileDownload(new(FileBytes, ["files.example"]), new Host(), TimeProvider.System);
        using var budget = new FileBudget(FileBytes, TimeProvider.System);
        using var http = new HttpClient(new Api()) { BaseAddress = new("https://api.test") };
        var links = new FileLinks(download, budget, TimeProvider.System);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        // Sets the peak back to what is held now (proc_pid_clear_refs(5)).
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var start = Memory("VmRSS");
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, files).Select(user => Task.Run(() => CallAsync(links, tool, http, $"user {user}")))
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind} | {files} | {outcomes.Count(isSent => isSent)} | {outcomes.Count(isSent => !isSent)} | {(Memory("VmHWM") - start) / Mebibyte:0} |"
            )
        );
    }

    private static async Task<bool> CallAsync(FileLinks links, ToolDescriptor tool, HttpClient http, string user)
    {
        var arguments = JsonElement.Parse("""{"file":{"name":"a.pdf","link":"https://files.example/a"}}""");
        using var filled = await links.FollowAsync(tool, arguments, user, CancellationToken.None);
        if (filled.Refused.Count > 0)
        {
            return false;
        }

        await tool.Call(http, filled.Arguments, null, CancellationToken.None);
        return true;
    }

    private static ToolDescriptor ToolOf(RequestBodyKind kind)
    {
        var body =
            kind == RequestBodyKind.Binary
                ? new RequestBody("application/pdf", kind, Argument: "file")
                : new RequestBody(
                    kind == RequestBodyKind.Json ? "application/json" : "multipart/form-data",
                    kind,
                    Members: [new("file", "file", Encoding: new(IsFile: true))]
                );
        var template = new RequestTemplate("POST", "/files", [], body);
        return new()
        {
            Name = "send",
            Title = "Send",
            Description = "Sends a file.",
            OperationId = null,
            Method = "POST",
            Path = "/files",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(false, false, false, false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            FileArguments = ["file"],
            Call = (http, arguments, configure, cancellationToken) =>
                RawCall.SendAsync(http, template, arguments, configure, cancellationToken),
        };
    }

    // Lines of the form "VmHWM:   123456 kB".
    private static long Memory(string name) =>
        File.ReadLines("/proc/self/status")
            .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                * 1024
            )
            .Single();

    private sealed class Host : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StreamContent(new Zeros(FileBytes)) { Headers = { ContentLength = FileBytes } },
                }
            );
    }

    // Takes half a second over a body, so that all that may be sent at once is.
    private sealed class Api : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            await Task.Delay(500, cancellationToken);
            return new(HttpStatusCode.NoContent);
        }
    }

    private sealed class Zeros(int length) : Stream
    {
        private int position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, length - position);
            buffer[..count].Clear();
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
}
