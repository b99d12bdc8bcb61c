using System.IO.Compression;
using System.Net;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

/// <summary>The way the server serves the constant documents, as monitors, caches and pages of other origins ask for
/// them.</summary>
internal sealed class DocumentTests
{
    private readonly HttpClient http = new(
        new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }
    );
    private ProtectedServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => server = await ProtectedServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("/openapi.json")]
    [TestCase("/.well-known/oauth-protected-resource/mcp")]
    [TestCase("/mcp/server-card")]
    [TestCase("/.well-known/ai-catalog.json")]
    [TestCase("/llms.txt")]
    [TestCase("/healthz")]
    [TestCase("/readyz")]
    [TestCase("/icon.svg")]
    public async Task Head_IsAnsweredAsGetIs_WithoutABody(string path)
    {
        using var head = await SendAsync(HttpMethod.Head, path);
        using var whole = await SendAsync(HttpMethod.Get, path);
        Assert.That(
            (head.StatusCode, head.Content.Headers.ContentType),
            Is.EqualTo((HttpStatusCode.OK, whole.Content.Headers.ContentType))
        );
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("gzip", "gzip")]
    [TestCase("br", "br")]
    [TestCase("gzip, deflate, br", "br")]
    [TestCase("gzip;q=1, br;q=0.5", "gzip")]
    [TestCase("br;q=0, *", "gzip")]
    public async Task OpenApi_ForWhoTakesIt_IsCompressed(string accepted, string coding)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/openapi.json", ("Accept-Encoding", accepted));
        Assert.That(
            (answer.Content.Headers.ContentEncoding, answer.Headers.Vary),
            Is.EqualTo(((string[])[coding], (string[])["Accept-Encoding"]))
        );
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain =
            coding == "br"
                ? new BrotliStream(body, CompressionMode.Decompress)
                : new GZipStream(body, CompressionMode.Decompress);
        using var text = new MemoryStream();
        await plain.CopyToAsync(text);
        Assert.That(text.ToArray(), Is.EqualTo(Tools.SpecificationFile.ReadJson()));
    }

    [TestCase("/mcp/server-card")]
    [TestCase("/openapi.json")]
    public async Task Get_FromAnotherOrigin_MayReadTheTag(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, ("Origin", "https://any.example"));
        Assert.That(answer.Headers.GetValues("Access-Control-Expose-Headers"), Is.EqualTo((string[])["ETag"]));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=3600"));
    }

    [TestCase("identity")]
    [TestCase("gzip;q=0, br;q=0")]
    [TestCase("zstd")]
    public async Task OpenApi_ForWhoDoesNot_IsPlain(string accepted)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/openapi.json", ("Accept-Encoding", accepted));
        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(Tools.SpecificationFile.ReadJson().Length));
    }

    [TestCase("TAG", HttpStatusCode.NotModified)]
    [TestCase("W/TAG", HttpStatusCode.NotModified, Description = "as a cache that compresses says it")]
    [TestCase("\"other\", TAG", HttpStatusCode.NotModified)]
    [TestCase("*", HttpStatusCode.NotModified)]
    [TestCase("\"other\"", HttpStatusCode.OK)]
    public async Task Get_WithTheTagsOneHas_IsSentOnlyWhenItIsNew(string tags, HttpStatusCode status)
    {
        using var first = await SendAsync(HttpMethod.Get, "/openapi.json");
        var tag = first.Headers.ETag!.ToString();
        using var second = await SendAsync(
            HttpMethod.Get,
            "/openapi.json",
            ("If-None-Match", tags.Replace("TAG", tag, StringComparison.Ordinal)),
            ("Accept-Encoding", "br")
        );
        Assert.That(second.StatusCode, Is.EqualTo(status));
    }

    [TestCase("/.well-known/oauth-protected-resource/mcp")]
    [TestCase("/.well-known/oauth-authorization-server")]
    [TestCase("/tools.json")]
    [TestCase("/mcp/core/server-card")]
    [TestCase("/.well-known/mcp/catalog.json")]
    public async Task Preflight_FromAnyOrigin_IsAllowedWithoutCredentials(string path)
    {
        using var answer = await SendAsync(
            HttpMethod.Options,
            path,
            ("Origin", "https://any.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "mcp-protocol-version")
        );
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var said = answer
            .Headers.Where(header => header.Key.StartsWith("Access-Control-Allow-", StringComparison.Ordinal))
            .ToDictionary(header => header.Key["Access-Control-Allow-".Length..], header => header.Value.Single());
        Assert.That(
            said,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["Origin"] = "*",
                    ["Methods"] = "GET, HEAD",
                    ["Headers"] = "*",
                }
            )
        );
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, server.Address + path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }
}
