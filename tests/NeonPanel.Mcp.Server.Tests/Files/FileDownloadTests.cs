using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Files;

/// <summary>Rule C9: what a link may reach.</summary>
internal sealed class FileDownloadTests
{
    private static readonly FileDownloadOptions Options = new(10, ["files.example", "*.cdn.example"]);

    [TestCase("http://files.example/a", "is not an https link")]
    [TestCase("ftp://files.example/a", "is not an https link")]
    [TestCase("https://other.example/a", "the host 'other.example', which is not among Files:AllowedHosts")]
    [TestCase("https://files.example.evil.example/a", "not among")]
    [TestCase("https://cdn.example/a", "not among")]
    [TestCase("https://user@files.example/a", "a user or a port")]
    [TestCase("https://files.example:8443/a", "a user or a port")]
    [TestCase("https://xn--a\u0300.com/", "has a host that is not a valid name")]
    [TestCase("https://xn--a\u0300.cdn.example/", "has a host that is not a valid name")]
    public async Task Get_LinkThatIsNotAllowed_AsksNobody(string link, string reason)
    {
        using var way = new Way(_ => throw new AssertionException("asked"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, link)))!.Message,
            Does.Contain(reason)
        );
    }

    [TestCase("https://files.example/a")]
    [TestCase("https://FILES.example/a")]
    [TestCase("https://x.cdn.example/a")]
    public async Task Get_AllowedLink_GivesBytesAndType(string link)
    {
        using var way = new Way(_ => Answer("hi", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(await FetchAsync(download, link), Is.EqualTo("text/plain aGk="));
        Assert.That(way.Asked.Single().Headers.Authorization, Is.Null);
    }

    [TestCase("https://evil.example/b", "not among")]
    [TestCase("http://files.example/b", "not an https link")]
    [TestCase("https://files.example/loop", "more than 3 redirects")]
    public async Task Get_Redirect_IsCheckedAgain(string target, string reason)
    {
        using var way = new Way(_ => new(HttpStatusCode.Found) { Headers = { Location = new(target) } });
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Does.Contain(reason)
        );
    }

    [TestCase("//xn--a\u0300.com/b", "not a valid name")]
    [TestCase("//[", "not an https link")]
    public async Task Get_RedirectToNoHost_IsRefused(string target, string reason)
    {
        using var way = new Way(_ =>
            new(HttpStatusCode.Found) { Headers = { Location = new(target, UriKind.Relative) } }
        );
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Does.Contain(reason)
        );
        Assert.That(way.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Get_RedirectsWithoutEnd_AreFollowedThreeTimes()
    {
        using var way = new Way(_ =>
            new(HttpStatusCode.Found) { Headers = { Location = new("/again", UriKind.Relative) } }
        );
        using var download = new FileDownload(Options, way, TimeProvider.System);
        await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"));
        Assert.That(way.Asked, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Get_MoreThanAllowed_IsRefused()
    {
        using var way = new Way(_ => Answer("eleven byte", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Is.EqualTo("leads to more than 10 bytes (Files:MaxBytes, all files of a call together)")
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Get_AsMuchAsAllowed_IsFetched(bool isLengthKnown)
    {
        using var way = new Way(_ => Answer(new Stub("ten bytes!", isLengthKnown)));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(await FetchAsync(download, "https://files.example/a"), Is.EqualTo("none dGVuIGJ5dGVzIQ=="));
    }

    // A packed or chunked answer has no length to be checked before.
    [Test]
    public async Task Get_MoreThanAllowedOfUnknownLength_IsRefused()
    {
        using var way = new Way(_ => Answer(new Stub("eleven byte", isLengthKnown: false)));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Does.StartWith("leads to more than 10 bytes")
        );
    }

    [Test]
    public async Task Get_LengthThatIsTooLarge_IsRefusedBeforeAByteIsRead()
    {
        var body = new Stub("eleven byte", isLengthKnown: true);
        using var way = new Way(_ => Answer(body));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"));
        Assert.That(body.IsRead, Is.False);
    }

    [TestCase(HttpStatusCode.NotFound)]
    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.InternalServerError)]
    [TestCase(HttpStatusCode.NotModified, Description = "a redirect that leads nowhere")]
    public async Task Get_LinkThatHasRunOut_IsNoFile(HttpStatusCode status)
    {
        using var way = new Way(_ => new(status) { Content = new StringContent("gone") });
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Is.EqualTo($"was answered with status {(int)status}")
        );
    }

    [Test]
    public async Task Get_BytesThatCannotBeUnpacked_AreNoFile()
    {
        using var way = new Way(_ => throw new InvalidDataException("no gzip"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Is.EqualTo("could not be fetched: no gzip")
        );
    }

    // The settings of the real handler, which the tests with a stub in its place cannot see.
    [Test]
    public void PublicHandler_LeavesNoWayAroundTheChecks()
    {
        using var handler = (SocketsHttpHandler)FileDownload.PublicHandler();
        Assert.That(handler.AllowAutoRedirect, Is.False);
        Assert.That(handler.UseCookies, Is.False);
        Assert.That(handler.UseProxy, Is.False);
        Assert.That(handler.ActivityHeadersPropagator, Is.Null);
        Assert.That(
            handler.AutomaticDecompression,
            Is.EqualTo(DecompressionMethods.GZip | DecompressionMethods.Brotli)
        );
        Assert.That(handler.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(
            handler.ConnectCallback,
            Is.EqualTo(
                (Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>)PublicAddress.ConnectAsync
            )
        );
    }

    [Test]
    public async Task Get_HostWithoutAPublicAddress_IsNotConnectedTo()
    {
        using var download = new FileDownload(
            new(10, ["localhost"]),
            FileDownload.PublicHandler(),
            TimeProvider.System
        );
        Assert.That(
            (await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://localhost/a")))!.Message,
            Does.Contain("'localhost' has no public address")
        );
    }

    [TestCase(
        "\"https://files.example/d/report.pdf\"",
        "{\"name\":\"report.pdf\",\"content\":\"data:text/plain;base64,aGk=\"}"
    )]
    [TestCase(
        "{\"name\":\"n\",\"link\":\"https://files.example/x\"}",
        "{\"name\":\"n\",\"content\":\"data:text/plain;base64,aGk=\"}"
    )]
    [TestCase(
        "{\"download_url\":\"https://files.example/x\",\"file_id\":\"f\",\"mime_type\":\"application/pdf\",\"file_name\":\"n.pdf\"}",
        "{\"name\":\"n.pdf\",\"content\":\"data:application/pdf;base64,aGk=\"}"
    )]
    [TestCase(
        "[\"aGk=\",\"https://files.example/x\"]",
        "[\"aGk=\",{\"name\":\"x\",\"content\":\"data:text/plain;base64,aGk=\"}]"
    )]
    [TestCase("\"data:text/plain,http://x\"", "\"data:text/plain,http://x\"")]
    [TestCase(
        "{\"name\":\"n\",\"content\":\"aGk=\",\"link\":\"https://files.example/x\"}",
        "{\"name\":\"n\",\"content\":\"aGk=\",\"link\":\"https://files.example/x\"}"
    )]
    public async Task Follow_FileArgument_BecomesTheFile(string value, string expected)
    {
        using var way = new Way(_ => Answer("hi", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse($$"""{"file":{{value}},"note":"https://files.example/stays"}""");
        using var filled = await FollowAsync(download, arguments.RootElement);
        Assert.That(filled.Refused, Is.Empty);
        Assert.That(filled.Arguments.GetProperty("file").GetRawText(), Is.EqualTo(expected));
        Assert.That(filled.Arguments.GetProperty("note").GetString(), Is.EqualTo("https://files.example/stays"));
    }

    [Test]
    public async Task Follow_RefusedLink_NamesTheArgumentAndAnotherWayButNotTheLink()
    {
        using var way = new Way(_ => throw new AssertionException("asked"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse("""{"file":"https://evil.example/secret?token=1"}""");
        using var filled = await FollowAsync(download, arguments.RootElement);
        Assert.That(
            filled.Refused.Single(),
            Is.EqualTo(
                "Argument 'file': the link leads to the host 'evil.example', which is not among Files:AllowedHosts. Send the file as base64 or as a data: URI instead."
            )
        );
    }

    [TestCase("urn:?://")]
    [TestCase("foo:?x://")]
    [TestCase("mailto:?://")]
    public async Task Follow_AddressWithoutAPath_IsRefusedAsNoHttpsLink(string link)
    {
        using var way = new Way(_ => throw new AssertionException("asked"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse($$"""{"file":"{{link}}"}""");
        using var filled = await FollowAsync(download, arguments.RootElement);
        Assert.That(
            filled.Refused.Single(),
            Is.EqualTo(
                "Argument 'file': the link is not an https link. Send the file as base64 or as a data: URI instead."
            )
        );
    }

    // Rule A9: 20 s for one file, and for all files of a call together.
    [Test]
    public async Task Get_HostThatIsSilentForTwentySeconds_IsGivenUp()
    {
        var time = new FakeTimeProvider();
        using var way = new Way(_ => Answer("hi", "text/plain"), () => time.Advance(FileDownload.MaxTime));
        using var download = new FileDownload(Options, way, time);
        Assert.That(
            (
                await Assert.ThrowsAsync<FileLinkException>(() => FetchAsync(download, "https://files.example/a"))
            )!.Message,
            Is.EqualTo("could not be fetched within 20 s")
        );
    }

    [Test]
    public async Task Follow_FilesThatTakeTwentySecondsTogether_AreNotAllFetched()
    {
        var time = new FakeTimeProvider();
        using var way = new Way(_ => Answer("hi", "text/plain"), () => time.Advance(TimeSpan.FromSeconds(11)));
        using var download = new FileDownload(Options, way, time);
        using var arguments = JsonDocument.Parse(
            """{"file":["https://files.example/1","https://files.example/2","https://files.example/3"]}"""
        );
        using var budget = new FileBudget(10, time);
        using var filled = await new FileLinks(download, budget, time).FollowAsync(
            Tool(),
            arguments.RootElement,
            "user",
            default
        );
        Assert.That(
            filled.Refused.Single(),
            Does.StartWith("Argument 'file': the link could not be fetched within 20 s.")
        );
        Assert.That(way.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Follow_FilesThatAreTooLargeTogether_AreRefused()
    {
        using var way = new Way(_ => Answer("six by", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse("""{"file":["https://files.example/1","https://files.example/2"]}""");
        using var filled = await FollowAsync(download, arguments.RootElement);
        Assert.That(filled.Refused.Single(), Does.StartWith("Argument 'file': the link leads to more than 10 bytes"));
    }

    [TestCase(10, 10)]
    [TestCase(11, 0)]
    public async Task Follow_ManyLinks_AreFollowedUpToTen(int links, int asked)
    {
        using var way = new Way(_ => Answer("x", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse(
            $$"""{"file":[[{{string.Join(',', Enumerable.Repeat("\"https://files.example/1\"", links))}}]]}"""
        );
        using var filled = await FollowAsync(download, arguments.RootElement);
        Assert.That(way.Asked, Has.Count.EqualTo(asked));
        Assert.That(
            filled.Refused,
            asked > 0
                ? Is.Empty
                : Is.EqualTo(
                    new[]
                    {
                        "The arguments 'file' may hold 10 links together, but hold more. Send fewer files at a time.",
                    }
                )
        );
    }

    private static async Task<string> FetchAsync(FileDownload download, string link)
    {
        using var budget = new FileBudget(10, TimeProvider.System);
        using var writer = new FileWriter(budget, "user", links: 1, download.MaxBytes);
        await download.FetchAsync(link, writer, type => (type ?? "none") + " ", CancellationToken.None);
        return Encoding.UTF8.GetString(writer.From(0));
    }

    private static async Task<FilledArguments> FollowAsync(FileDownload download, JsonElement arguments)
    {
        using var budget = new FileBudget(10, TimeProvider.System);
        return await new FileLinks(download, budget, TimeProvider.System).FollowAsync(
            Tool(),
            arguments,
            "user",
            CancellationToken.None
        );
    }

    private static HttpResponseMessage Answer(HttpContent content) => new(HttpStatusCode.OK) { Content = content };

    private static HttpResponseMessage Answer(string text, string type) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, type) };

    private static ToolDescriptor Tool() =>
        new()
        {
            Name = "upload",
            Title = "Upload",
            Description = "Uploads.",
            OperationId = null,
            Method = "POST",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(false, false, false, false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            FileArguments = ["file"],
            Call = (_, _, _, _) => Task.FromException<RawResponse>(new InvalidOperationException()),
        };

    private sealed class Stub(string text, bool isLengthKnown) : HttpContent
    {
        public bool IsRead { get; private set; }

        protected override Task<Stream> CreateContentReadStreamAsync()
        {
            IsRead = true;
            return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException();

        protected override bool TryComputeLength(out long length)
        {
            length = text.Length;
            return isLengthKnown;
        }
    }

    private sealed class Way(Func<HttpRequestMessage, HttpResponseMessage> answer, Action? meanwhile = null)
        : HttpMessageHandler
    {
        public List<HttpRequestMessage> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked.Add(request);
            meanwhile?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }
}
