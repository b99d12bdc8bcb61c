using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Files;

/// <summary>Rule C9: what a link may reach.</summary>
internal sealed class FileDownloadTests
{
    private static readonly FileDownloadOptions Options = new(10, ["files.example", "*.cdn.example"]);

    [TestCase("8.8.8.8", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("172.31.0.1", false)]
    [TestCase("172.32.0.1", true)]
    [TestCase("192.168.0.1", false)]
    [TestCase("169.254.169.254", false, Description = "metadata services of clouds")]
    [TestCase("100.64.0.1", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fd00::1", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("64:ff9b::a00:1", false, Description = "10.0.0.1 behind NAT64")]
    public void IsPublic_Address_AsTheRegistriesSay(string address, bool expected) =>
        Assert.That(PublicAddress.IsPublic(IPAddress.Parse(address)), Is.EqualTo(expected));

    [TestCase("http://files.example/a", "is no https link")]
    [TestCase("ftp://files.example/a", "is no https link")]
    [TestCase("https://other.example/a", "the host 'other.example', which is not among Files:AllowedHosts")]
    [TestCase("https://files.example.evil.example/a", "not among")]
    [TestCase("https://cdn.example/a", "not among")]
    [TestCase("https://user@files.example/a", "a user or a port")]
    [TestCase("https://files.example:8443/a", "a user or a port")]
    public async Task Get_LinkThatIsNotAllowed_AsksNobody(string link, string reason)
    {
        using var way = new Way(_ => throw new AssertionException("asked"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That((await Assert.ThrowsAsync<FileLinkException>(() => download.GetAsync(link, default)))!.Message, Does.Contain(reason));
    }

    [TestCase("https://files.example/a")]
    [TestCase("https://FILES.example/a")]
    [TestCase("https://x.cdn.example/a")]
    public async Task Get_AllowedLink_GivesBytesAndType(string link)
    {
        using var way = new Way(_ => Answer("hi", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        var (bytes, type) = await download.GetAsync(link, default);
        Assert.That(bytes, Is.EqualTo("hi"u8.ToArray()));
        Assert.That(type, Is.EqualTo("text/plain"));
        Assert.That(way.Asked.Single().Headers.Authorization, Is.Null);
    }

    [TestCase("https://evil.example/b", "not among")]
    [TestCase("http://files.example/b", "no https link")]
    [TestCase("https://files.example/loop", "more than 3 redirects")]
    public async Task Get_Redirect_IsCheckedAgain(string target, string reason)
    {
        using var way = new Way(_ => new(HttpStatusCode.Found) { Headers = { Location = new(target) } });
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That((await Assert.ThrowsAsync<FileLinkException>(() => download.GetAsync("https://files.example/a", default)))!.Message, Does.Contain(reason));
    }

    [Test]
    public async Task Get_MoreThanAllowed_IsRefused()
    {
        using var way = new Way(_ => Answer("eleven byte", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        Assert.That((await Assert.ThrowsAsync<FileLinkException>(() => download.GetAsync("https://files.example/a", default)))!.Message, Does.Contain("more than 10 bytes (Files:MaxBytes)"));
    }

    [Test]
    public async Task Get_HostWithoutAPublicAddress_IsNotConnectedTo()
    {
        using var download = new FileDownload(new(10, ["localhost"]), FileDownload.PublicHandler(), TimeProvider.System);
        Assert.That((await Assert.ThrowsAsync<FileLinkException>(() => download.GetAsync("https://localhost/a", default)))!.Message, Does.Contain("'localhost' has no public address"));
    }

    [TestCase("\"https://files.example/d/report.pdf\"", "{\"name\":\"report.pdf\",\"content\":\"data:text/plain;base64,aGk=\"}")]
    [TestCase("{\"name\":\"n\",\"link\":\"https://files.example/x\"}", "{\"name\":\"n\",\"content\":\"data:text/plain;base64,aGk=\"}")]
    [TestCase("{\"download_url\":\"https://files.example/x\",\"file_id\":\"f\",\"mime_type\":\"application/pdf\",\"file_name\":\"n.pdf\"}",
        "{\"name\":\"n.pdf\",\"content\":\"data:application/pdf;base64,aGk=\"}")]
    [TestCase("[\"aGk=\",\"https://files.example/x\"]", "[\"aGk=\",{\"name\":\"x\",\"content\":\"data:text/plain;base64,aGk=\"}]")]
    [TestCase("\"data:text/plain,http://x\"", "\"data:text/plain,http://x\"")]
    [TestCase("{\"name\":\"n\",\"content\":\"aGk=\",\"link\":\"https://files.example/x\"}", "{\"name\":\"n\",\"content\":\"aGk=\",\"link\":\"https://files.example/x\"}")]
    public async Task Follow_FileArgument_BecomesTheFile(string value, string expected)
    {
        using var way = new Way(_ => Answer("hi", "text/plain"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse($$"""{"file":{{value}},"note":"https://files.example/stays"}""");
        var (followed, refused) = await new FileLinks(download, TimeProvider.System).FollowAsync(Tool(), arguments.RootElement, default);
        Assert.That(refused, Is.Empty);
        Assert.That(followed.GetProperty("file").GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal), Is.EqualTo(expected));
        Assert.That(followed.GetProperty("note").GetString(), Is.EqualTo("https://files.example/stays"));
    }

    [Test]
    public async Task Follow_RefusedLink_NamesTheArgumentAndAnotherWayButNotTheLink()
    {
        using var way = new Way(_ => throw new AssertionException("asked"));
        using var download = new FileDownload(Options, way, TimeProvider.System);
        using var arguments = JsonDocument.Parse("""{"file":"https://evil.example/secret?token=1"}""");
        var (_, refused) = await new FileLinks(download, TimeProvider.System).FollowAsync(Tool(), arguments.RootElement, default);
        Assert.That(refused.Single(), Is.EqualTo(
            "Argument 'file': the link leads to the host 'evil.example', which is not among Files:AllowedHosts. Send the file as base64 or as a data: URI instead."));
    }

    // Rule A9: 20 s for one file, and for all files of a call together.
    [Test]
    public async Task Get_HostThatIsSilentForTwentySeconds_IsGivenUp()
    {
        var time = new FakeTimeProvider();
        using var way = new Way(_ => Answer("hi", "text/plain"), () => time.Advance(FileDownload.MaxTime));
        using var download = new FileDownload(Options, way, time);
        Assert.That((await Assert.ThrowsAsync<FileLinkException>(() => download.GetAsync("https://files.example/a", default)))!.Message,
            Is.EqualTo("could not be fetched within 20 s"));
    }

    [Test]
    public async Task Follow_FilesThatTakeTwentySecondsTogether_AreNotAllFetched()
    {
        var time = new FakeTimeProvider();
        using var way = new Way(_ => Answer("hi", "text/plain"), () => time.Advance(TimeSpan.FromSeconds(11)));
        using var download = new FileDownload(Options, way, time);
        using var arguments = JsonDocument.Parse("""{"file":["https://files.example/1","https://files.example/2","https://files.example/3"]}""");
        var (_, refused) = await new FileLinks(download, time).FollowAsync(Tool(), arguments.RootElement, default);
        Assert.That(refused.Single(), Does.StartWith("Argument 'file': the link could not be fetched within 20 s."));
        Assert.That(way.Asked, Has.Count.EqualTo(2));
    }

    private static HttpResponseMessage Answer(string text, string type) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(text, System.Text.Encoding.UTF8, type),
    };

    private static ToolDescriptor Tool() => new()
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

    private sealed class Way(Func<HttpRequestMessage, HttpResponseMessage> answer, Action? meanwhile = null) : HttpMessageHandler
    {
        public List<HttpRequestMessage> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            meanwhile?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }
}
