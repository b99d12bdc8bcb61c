using System.IO.Compression;
using System.Text;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>A list of tools in compressed form is the same text, whichever path answers.</summary>
internal sealed class CompressedListTests
{
    private TwoPaths paths = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => paths = await TwoPaths.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await paths.DisposeAsync();

    [TestCase("1", "application/json", true)]
    [TestCase("1", "text/event-stream", true)]
    [TestCase("1", "application/json, text/event-stream", true)]
    [TestCase("\"an id\"", "application/json", true)]
    [TestCase("9007199254740993", "application/json", true)]
    [TestCase("1", "application/json", false)]
    [TestCase("1", "text/event-stream", false)]
    [TestCase("1", "application/json, text/event-stream", false)]
    public async Task List_ForAClientThatAcceptsGzip_IsTheSameTextInFewerBytes(string id, string accept, bool isFast)
    {
        var client = isFast ? paths.Fast : paths.Slow;
        foreach (var path in (string[])["/mcp", "/mcp/core"])
        {
            var plain = await client.ReadAsync(path, id, "tools/list", accept, null);
            var (bytes, headers) = await client.ReadAsync(path, id, "tools/list", accept, "gzip, deflate, br");
            Assert.That(headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
            Assert.That(headers.ContentType, Is.EqualTo(plain.Headers.ContentType));
            Assert.That(Unpack(bytes), Is.EqualTo(Encoding.UTF8.GetString(plain.Bytes)));
            Assert.That(bytes, Has.Length.LessThan(plain.Bytes.Length / 4));
        }
    }

    [TestCase("gzip;q=0, *", false)]
    [TestCase("gzip; q=0.5, br", true)]
    [TestCase("*", true)]
    [TestCase("*;q=0", false)]
    [TestCase("identity", false)]
    [TestCase("GZIP", true)]
    [TestCase("br", false)]
    [TestCase("gzip;q=nonsense", false)]
    [TestCase("", false)]
    public async Task List_IsCompressed_ForClientsThatSaySoAlone(string acceptEncoding, bool isCompressed)
    {
        foreach (var client in (RpcClient[])[paths.Fast, paths.Slow])
        {
            var (_, headers) = await client.ReadAsync("/mcp", "1", "tools/list", "application/json", acceptEncoding);
            Assert.That(headers.ContentEncoding.Contains("gzip"), Is.EqualTo(isCompressed));
        }
    }

    // Answers of tools hold what users wrote beside what others must not learn; their compressed length would tell of
    // it (BREACH).
    [Test]
    public async Task Call_ForAClientThatAcceptsGzip_IsNotCompressed()
    {
        foreach (var client in (RpcClient[])[paths.Fast, paths.Slow])
        {
            var (_, headers) = await client.ReadAsync(
                "/mcp",
                "1",
                "tools/call",
                "application/json",
                "gzip",
                """{"name":"listCompanies","arguments":{}}"""
            );
            Assert.That(headers.ContentEncoding, Is.Empty);
        }
    }

    [TestCase(0, 0)]
    [TestCase(1, 70_000)]
    [TestCase(65_535, 65_536)]
    [TestCase(200_000, 1)]
    public void Page_BetweenTextsOfAnyLength_IsOneGzipMember(int before, int after)
    {
        var page = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("{\"name\":\"tool\",\"title\":\"ä\"},", 5000))
        );
        var compressed = new CompressedPage(page);
        for (var round = 0; round < 2; round++)
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            var (head, tail) = (new string('h', before), new string('t', after));
            compressed.Write(output, Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(tail));
            Assert.That(Unpack(output.WrittenSpan.ToArray()), Is.EqualTo(head + Encoding.UTF8.GetString(page) + tail));
        }
    }

    // The checksum of the member is compared by the library that unpacks it.
    private static string Unpack(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
