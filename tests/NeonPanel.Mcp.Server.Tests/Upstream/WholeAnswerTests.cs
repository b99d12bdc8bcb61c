using System.IO.Compression;
using System.Security.Cryptography;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>However an answer is framed, its bytes arrive. What is too large, broken or never ends is among the faults
/// of <see cref="Answers"/>.</summary>
internal sealed class WholeAnswerTests
{
    [Test]
    public async Task Answer_HoweverFramed_ArrivesByteForByte(
        [Values("length", "chunks", "until the end", "gzip", "br")] string framing,
        [Values(0, 1, 16 * 1024, (16 * 1024) + 1, 300_000, 1_500_000)] int size,
        [Values] bool isOwned
    )
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        await using var api = new RawUpstream(async exchange =>
        {
            var body = framing is "gzip" or "br" ? Pack(bytes, framing) : bytes;
            await exchange.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: Application/Octet-Stream; charset=x\r\n"
                    + framing switch
                    {
                        "length" => $"Content-Length: {size}\r\n\r\n",
                        "gzip" or "br" => $"Content-Encoding: {framing}\r\nContent-Length: {body.Length}\r\n\r\n",
                        "chunks" => "Transfer-Encoding: chunked\r\n\r\n",
                        _ => "Connection: close\r\n\r\n",
                    }
            );
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
        var pool = new SpoilingPool();
        using (var arrays = new AnswerArrays(pool))
        {
            var answer = await path.GetAsync(arrays: isOwned ? arrays : null);
            Assert.That(answer.Body.Span.SequenceEqual(bytes), Is.True);
            Assert.That((answer.ContentType, answer.Charset), Is.EqualTo(("application/octet-stream", "x")));
        }

        Assert.That((pool.Outside, pool.Returned > 0), Is.EqualTo((0, isOwned)));
    }

    [Test]
    public async Task Answer_BrokenOff_IsNeverGivenBack()
    {
        await using var api = new RawUpstream(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            exchange.Close();
        });
        await using var path = new UpstreamPath(api, retries: 0);
        var pool = new SpoilingPool();
        using (var arrays = new AnswerArrays(pool))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => path.GetAsync(arrays: arrays));
        }

        Assert.That((pool.Outside, pool.Returned), Is.EqualTo((1, 0)));
    }

    // Of what was cut off, .NET's own streams unpack the start, and say nothing.
    [Test]
    public async Task Answer_PackedAndCutOff_IsNoAnswer(
        [Values("gzip", "br")] string coding,
        [Values(1, 4, 8, 9, 200)] int missing
    )
    {
        var packed = Pack(RandomNumberGenerator.GetBytes(5000), coding)[..^missing];
        await using var api = new RawUpstream(async exchange =>
        {
            await exchange.SendAsync(
                $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {packed.Length}\r\n\r\n"
            );
            await exchange.SendAsync(packed);
        });
        await using var path = new UpstreamPath(api, retries: 0);
        await Assert.ThrowsAsync<HttpRequestException>(() => path.GetAsync(arrays: null));
    }

    // RFC 1952 §2.2: a file may have several members. A server that sends no body may name the coding all the same.
    [Test]
    public async Task Answer_OfSeveralMembersOrNone_IsWhole([Values(0, 1, 3)] int members)
    {
        var member = RandomNumberGenerator.GetBytes(3000);
        var packed = Enumerable.Repeat(Pack(member, "gzip"), members).SelectMany(bytes => bytes).ToArray();
        await using var api = new RawUpstream(async exchange =>
        {
            await exchange.SendAsync(
                $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"
            );
            await exchange.SendAsync(packed);
        });
        await using var path = new UpstreamPath(api, retries: 0);
        var answer = await path.GetAsync(arrays: null);
        Assert.That(answer.Body.ToArray(), Is.EqualTo(Enumerable.Repeat(member, members).SelectMany(bytes => bytes)));
        Assert.That(api.Requests.Single().Headers["Accept-Encoding"].Single(), Is.EqualTo("gzip, br"));
    }

    // A call that is over may have a search under way that nobody waits for.
    [Test]
    public void Keep_AfterTheEnd_GivesNothingBack()
    {
        var pool = new SpoilingPool();
        var arrays = new AnswerArrays(pool);
        arrays.Dispose();
        arrays.Keep(arrays.Rent(100));
        arrays.Dispose();
        Assert.That((pool.Outside, pool.Returned), Is.EqualTo((1, 0)));
    }

    private static byte[] Pack(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream();
        using (
            Stream stream =
                coding == "br"
                    ? new BrotliStream(packed, CompressionLevel.Fastest)
                    : new GZipStream(packed, CompressionLevel.Fastest)
        )
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
