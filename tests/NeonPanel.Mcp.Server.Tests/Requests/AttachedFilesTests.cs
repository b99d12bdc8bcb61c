using System.Security.Cryptography;
using System.Text;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>Files beside the arguments: which texts are files, and which bytes the request then has.</summary>
public sealed class AttachedFilesTests
{
    private static readonly RequestTemplate Binary = Post(
        new("application/octet-stream", RequestBodyKind.Binary, Argument: "all")
    );

    private static readonly RequestTemplate Multipart = Post(
        new(
            "multipart/form-data",
            RequestBodyKind.Multipart,
            Members: [new("file", "file", Encoding: new(IsFile: true))]
        )
    );

    // RFC 4648 §4 and §5, padded or not, and RFC 2397.
    [TestCase("", "")]
    [TestCase("YQ==", "a")]
    [TestCase("YQ", "a")]
    [TestCase("aGk=", "hi")]
    [TestCase("aGk", "hi")]
    [TestCase("YWJj", "abc")]
    [TestCase("YWJjZA==", "abcd")]
    [TestCase("YWJjZA", "abcd")]
    [TestCase(" a G\tk\r\n= ", "hi")]
    [TestCase("data:;base64,aGk=", "hi")]
    [TestCase("data:text/plain;base64,aGk", "hi")]
    public async Task Text_Base64OrDataUri_IsSentAsItsBytes(string text, string expected)
    {
        var files = new AttachedFiles();
        Assert.That(files.TryAdd(Encoding.UTF8.GetBytes(text), out var place), Is.True);
        Assert.That(files.Bytes, Is.EqualTo(expected.Length));
        using (files.Use())
        {
            Assert.That(await BodyAsync(Binary, $$"""{"all":"{{place}}"}"""), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Text_OfTheUrlAlphabet_IsRead()
    {
        var files = Of("-_8");
        using (files.Use())
        {
            using var request = RequestBuilder.Build(Binary, Address, Json("""{"all":"attached-file:0"}"""));
            Assert.That(await request.Content!.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 0xFB, 0xFF }));
        }
    }

    [TestCase("a", Description = "six bits are no byte")]
    [TestCase("aG=k")]
    [TestCase("aGk==")]
    [TestCase("aGkx=")]
    [TestCase("====")]
    [TestCase("YWJjYQ===")]
    [TestCase("a?k=")]
    [TestCase("YWJja?k=")]
    [TestCase("?WJjYQ==")]
    [TestCase("data:text/plain,hi")]
    [TestCase("data:aGk=")]
    [TestCase("data:image/png\r\nX-Evil: 1;base64,aGk=")]
    public void Text_Other_IsNoFile(string text)
    {
        var files = new AttachedFiles();
        Assert.That(files.TryAdd(Encoding.UTF8.GetBytes(text), out _), Is.False);
        Assert.That(files.Bytes, Is.Zero);
        Assert.That(files.TryAdd("aGk="u8.ToArray(), out var place), Is.True);
        Assert.That(place, Is.EqualTo("attached-file:0"), "the place of the first file");
    }

    // Longer than one chunk, and each length of the last group.
    [TestCase(49_152)]
    [TestCase(49_153)]
    [TestCase(100_000)]
    [TestCase(100_001)]
    [TestCase(100_002)]
    public async Task File_LongerThanAChunk_IsExactWithItsLength(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var files = Of(Convert.ToBase64String(bytes).TrimEnd('='));
        using (files.Use())
        {
            using var request = RequestBuilder.Build(Binary, Address, Json("""{"all":"attached-file:0"}"""));
            Assert.That(request.Content!.Headers.ContentLength, Is.EqualTo(length));
            Assert.That((await request.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(bytes), Is.True);
        }
    }

    [Test]
    public void Files_OfOneCall_AreCountedAndHashedInTheirOrder()
    {
        var files = Of("aGk=", "YWJj");
        Assert.That(files.Bytes, Is.EqualTo(5));
        Assert.That(files.Sha256(), Is.EqualTo(SHA256.HashData("hiabc"u8)));
    }

    [Test]
    public async Task File_OfADataUri_KeepsItsMediaType()
    {
        using (Of("aGk=", "data:image/png;base64,YWJj").Use())
        {
            Assert.That(
                await BodyAsync(Multipart, """{"file":{"name":"n","content":"attached-file:1"}}"""),
                Does.Contain("filename=\"n\"\r\nContent-Type: image/png\r\n\r\nabc\r\n")
            );
        }
    }

    [TestCase(1, "a")]
    [TestCase(3, "abc")]
    [TestCase(8, "abc")]
    public void Start_OfAFile_IsAsLongAsAskedOrTheFile(int asked, string expected)
    {
        var start = new byte[asked];
        using (Of("aGk=", "YWJj").Use())
        {
            Assert.That(AttachedFiles.ReadStart("attached-file:1", start), Is.EqualTo(expected.Length));
        }

        Assert.That(Encoding.ASCII.GetString(start, 0, expected.Length), Is.EqualTo(expected));
    }

    [TestCase("attached-file:1")]
    [TestCase("attached-file:-1")]
    [TestCase("attached-file: 0")]
    [TestCase("attached-file:")]
    [TestCase("Attached-file:0")]
    [TestCase("x attached-file:0")]
    [TestCase("aGk=")]
    public void Place_OfNoFile_HasNoBytes(string place)
    {
        using (Of("aGk=").Use())
        {
            Assert.That(AttachedFiles.ReadStart(place, new byte[1]), Is.EqualTo(-1));
        }
    }

    [Test]
    public void Files_AfterTheirCall_AreUnknown()
    {
        var files = Of("aGk=");
        using (files.Use())
        {
            Assert.That(AttachedFiles.Current, Is.SameAs(files));
        }

        Assert.That(AttachedFiles.Current, Is.Null);
        Assert.That(AttachedFiles.ReadStart("attached-file:0", new byte[1]), Is.EqualTo(-1));
        Assert.That(
            Violations(Binary, """{"all":"attached-file:0"}"""),
            Is.EqualTo(new[] { "Argument 'all' must be base64 or a data: URI, but is other text." })
        );
    }

    private static AttachedFiles Of(params string[] texts)
    {
        var files = new AttachedFiles();
        foreach (var text in texts)
        {
            Assert.That(files.TryAdd(Encoding.UTF8.GetBytes(text), out _), Is.True);
        }

        return files;
    }
}
