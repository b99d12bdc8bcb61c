using System.IO.Compression;
using System.Security.Cryptography;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>However an answer is framed, its bytes arrive. What is too large, broken or never ends is among the faults of
/// <see cref="Invocation"/>.</summary>
internal sealed class WholeAnswerTests
{
    [Test]
    public async Task Answer_HoweverFramed_ArrivesByteForByte(
        [Values("length", "chunks", "until the end", "gzip")] string framing, [Values(0, 1, 16 * 1024, (16 * 1024) + 1, 300_000, 1_500_000)] int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        await using var api = new RawUpstream(async exchange =>
        {
            var body = framing == "gzip" ? Pack(bytes) : bytes;
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: Application/Octet-Stream; charset=x\r\n" + framing switch
            {
                "length" => $"Content-Length: {size}\r\n\r\n",
                "gzip" => $"Content-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n",
                "chunks" => "Transfer-Encoding: chunked\r\n\r\n",
                _ => "Connection: close\r\n\r\n",
            });
            foreach (var part in body.Chunk(100_000))
            {
                await exchange.SendAsync(framing == "chunks" ? $"{part.Length:x}\r\n" : "");
                await exchange.SendAsync(part);
                await exchange.SendAsync(framing == "chunks" ? "\r\n" : "");
            }

            await exchange.SendAsync(framing == "chunks" ? "0\r\n\r\n" : "");
            if (framing == "until the end")
            {
                exchange.Close();
            }
        });
        await using var path = new UpstreamPath(api);
        var answer = await path.GetAsync();
        Assert.That(answer.Body.Span.SequenceEqual(bytes), Is.True);
        Assert.That((answer.ContentType, answer.Charset), Is.EqualTo(("application/octet-stream", "x")));
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
