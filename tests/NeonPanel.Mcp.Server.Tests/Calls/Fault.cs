using System.IO.Compression;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>A way in which the API fails on the wire, and what should come of it.</summary>
/// <param name="Answer">What is done with each request; it is also told where a second host listens.</param>
/// <param name="Reads">How many requests of a read arrive.</param>
/// <param name="Says">What the answer to a read and to a write holds, or <see langword="null"/> when both
/// succeed.</param>
internal sealed record Fault(string Name, Func<RawExchange, FaultContext, Task> Answer, int Reads, string? Says)
{
    private const string TooLarge = "larger than this server accepts";
    private const string Broke = "The connection to NeonPanel broke";
    private const string NoAnswer = "did not answer";
    private const string NoJson = "invalid JSON";

    private const int Many = 100_000_000;

    private static readonly byte[] Chunk = new byte[64 * 1024];

    /// <summary>Gets whether a write's outcome is unknown after it.</summary>
    public bool IsUnknown { get; init; } = true;

    public static IEnumerable<Fault> All { get; } =
    [
        new("never answers", (exchange, context) => context.HangAsync(exchange), 1, NoAnswer),
        new(
            "headers that stop",
            (exchange, context) => context.HangAfterAsync(exchange, "HTTP/1.1 200 OK\r\nContent-Type: applica"),
            1,
            NoAnswer
        ),
        new(
            "body that stops",
            (exchange, context) => context.HangAfterAsync(exchange, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
            1,
            NoAnswer
        ),
        new(
            "chunked body that stops",
            (exchange, context) =>
                context.HangAfterAsync(exchange, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":"),
            1,
            NoAnswer
        ),
        new("a byte a second", (exchange, context) => context.DripAsync(exchange), 1, NoAnswer),
        new(
            "endless 1xx",
            (exchange, context) => context.RepeatAsync(exchange, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
            1,
            NoAnswer
        ),
        new("reset before the answer", (exchange, _) => Do(exchange.Reset), 3, Broke),
        new("closed before the answer", (exchange, _) => Do(exchange.Close), 3, Broke),
        new(
            "reset in the body",
            async (exchange, _) =>
            {
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
                exchange.Reset();
            },
            3,
            Broke
        ),
        new(
            "Content-Length above the body",
            async (exchange, _) =>
            {
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}");
                exchange.Close();
            },
            3,
            Broke
        ),
        new(
            "Content-Length below the body",
            (exchange, _) => exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{\"a\":1}"),
            1,
            NoJson
        ),
        new(
            "two Content-Lengths",
            (exchange, _) =>
                exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\n{\"a\":1}"),
            1,
            NoJson
        ),
        new(
            "endless body",
            (exchange, _) => SendManyAsync(exchange, "Transfer-Encoding: chunked", isChunked: true),
            1,
            TooLarge
        ),
        new(
            "100 MB that are announced",
            (exchange, _) => SendManyAsync(exchange, "Content-Length: 100000000", isChunked: false),
            1,
            TooLarge
        ),
        new(
            "100 MB until the end",
            (exchange, _) => SendManyAsync(exchange, "Connection: close", isChunked: false),
            1,
            TooLarge
        ),
        new("gzip bomb", (exchange, _) => SendPackedAsync(exchange, "gzip", Bombs.Gzip), 1, TooLarge),
        new("brotli bomb", (exchange, _) => SendPackedAsync(exchange, "br", Bombs.Brotli), 1, TooLarge),
        new(
            "gzip that is none",
            (exchange, _) => SendPackedAsync(exchange, "gzip", "no gzip at all"u8.ToArray()),
            3,
            Broke
        ),
        new(
            "brotli that is none",
            (exchange, _) => SendPackedAsync(exchange, "br", "no brotli, either"u8.ToArray()),
            3,
            Broke
        ),
        new(
            "header flood",
            (exchange, _) =>
                exchange.SendAsync(
                    "HTTP/1.1 200 OK\r\n"
                        + string.Concat(Enumerable.Repeat("X-Flood: " + new string('x', 1000) + "\r\n", 100))
                        + "\r\n"
                ),
            1,
            TooLarge
        ),
        new(
            "no HTTP at all",
            async (exchange, _) =>
            {
                await exchange.SendAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n");
                exchange.Close();
            },
            3,
            Broke
        ),
        new("invalid JSON", (exchange, _) => exchange.SendJsonAsync("{'a':1}"), 1, NoJson),
        new("truncated JSON", (exchange, _) => exchange.SendJsonAsync("{\"a\":[1,2"), 1, NoJson),
        new("JSON and more", (exchange, _) => exchange.SendJsonAsync("{\"a\":1}{\"b\":2}"), 1, NoJson),
        new(
            "redirect to another host",
            (exchange, context) => exchange.SendJsonAsync("{}", "302 Found", $"Location: {context.Elsewhere}/x\r\n"),
            1,
            "answered 302"
        ),
        new(
            "redirect that keeps the method",
            (exchange, context) =>
                exchange.SendJsonAsync("{}", "307 Temporary Redirect", $"Location: {context.Elsewhere}/x\r\n"),
            1,
            "answered 307"
        )
        {
            IsUnknown = false,
        },
        new(
            "429 with seconds",
            (exchange, _) => exchange.SendJsonAsync("{}", "429 Too Many Requests", "Retry-After: 30\r\n"),
            1,
            "wait 30 seconds"
        )
        {
            IsUnknown = false,
        },
        new(
            "429 with a date",
            (exchange, _) =>
                exchange.SendJsonAsync(
                    "{}",
                    "429 Too Many Requests",
                    "Date: Tue, 01 Dec 2026 10:00:00 GMT\r\nRetry-After: Tue, 01 Dec 2026 10:01:30 GMT\r\n"
                ),
            1,
            "wait 90 seconds"
        )
        {
            IsUnknown = false,
        },
        new("500", (exchange, _) => exchange.SendJsonAsync("{}", "500 Internal Server Error"), 3, "answered 500"),
        new(
            "503 with a pause",
            (exchange, _) => exchange.SendJsonAsync("{}", "503 Service Unavailable", "Retry-After: 30\r\n"),
            1,
            "answered 503"
        ),
        new(
            "some 1xx first",
            (exchange, _) =>
                exchange.SendAsync(
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
                ),
            1,
            null
        ),
        new(
            "HTTP/1.0",
            async (exchange, _) =>
            {
                await exchange.SendAsync("HTTP/1.0 200 OK\r\n\r\n{\"a\":1}");
                exchange.Close();
            },
            1,
            null
        ),
    ];

    public override string ToString() => Name;

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task SendManyAsync(RawExchange exchange, string header, bool isChunked)
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{header}\r\n\r\n");
        for (var sent = 0; isChunked || sent < Many; sent += Chunk.Length)
        {
            await exchange.SendAsync(isChunked ? "10000\r\n" : "");
            await exchange.SendAsync(Chunk);
            await exchange.SendAsync(isChunked ? "\r\n" : "");
        }

        exchange.Close();
    }

    private static async Task SendPackedAsync(RawExchange exchange, string encoding, byte[] packed)
    {
        await exchange.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n"
        );
        await exchange.SendAsync(packed);
    }

    private static class Bombs
    {
        public static readonly byte[] Gzip = Pack(stream => new GZipStream(stream, CompressionLevel.Optimal));
        public static readonly byte[] Brotli = Pack(stream => new BrotliStream(stream, CompressionLevel.Fastest));

        private static byte[] Pack(Func<Stream, Stream> packer)
        {
            using var packed = new MemoryStream();
            using (var stream = packer(packed))
            {
                for (var written = 0; written < Many; written += Chunk.Length)
                {
                    stream.Write(Chunk);
                }
            }

            return packed.ToArray();
        }
    }
}
