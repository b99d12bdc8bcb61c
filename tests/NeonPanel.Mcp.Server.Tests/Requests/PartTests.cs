using System.Text;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>The single part of a multipart body: what its headers say, and which values become parts.</summary>
public sealed class PartTests
{
    // RFC 2046 §5.1 and RFC 2183: other multipart types have no fields, so only a file has a disposition.
    [Test]
    public async Task Part_OutsideOfFormData_HasADispositionOnlyAsAFile()
    {
        var template = Multipart(
            "multipart/mixed",
            new("note", "note"),
            new("file", "file", Encoding: new(IsFile: true))
        );
        var body = await BodyAsync(template, """{"note":"a","file":{"name":"n.txt","content":"aGk="}}""");
        Assert.That(
            WithoutBoundary(body!),
            Is.EqualTo(
                "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\na\r\n"
                    + "--B\r\nContent-Disposition: attachment; name=\"file\"; filename=\"n.txt\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\nhi\r\n--B--\r\n"
            )
        );
    }

    [TestCase("multipart/form-data", true)]
    [TestCase("Multipart/Form-Data", true)]
    [TestCase("multipart/related", false)]
    public async Task Part_OfFormData_HasItsName(string mediaType, bool isNamed) =>
        Assert.That(
            (
                await BodyAsync(Multipart(mediaType, new RequestBodyMember("note", "note")), """{"note":"a"}""")
            )!.Contains("form-data; name=\"note\"", StringComparison.Ordinal),
            Is.EqualTo(isNamed)
        );

    // OpenAPI 3.1.1 "Encoding Object": a list is a part for each item, unless its type is JSON.
    [TestCase("application/json", "[1,\"b\"]", "[1,\"b\"]")]
    [TestCase("application/json, text/csv", "[1]", "[1]")]
    [TestCase("application/json", "\"b\"", "\"b\"")]
    [TestCase("text/csv, application/json", "[1,\"b\"]", "1|b")]
    [TestCase("text/csv", "\"b\"", "b")]
    [TestCase("text/csv", "{\"k\":1}", "{\"k\":1}")]
    [TestCase(null, "[1,{\"k\":1}]", "1|{\"k\":1}")]
    [TestCase(null, "[[1]]", "[1]")]
    [TestCase(null, "[]", "")]
    public async Task Value_OfAMember_IsOnePartOrOneForEachItem(string? mediaType, string value, string contents)
    {
        var template = Multipart("multipart/form-data", new RequestBodyMember("m", "m", Encoding: new(mediaType)));
        using var request = RequestBuilder.Build(template, Address, Json($$"""{"m":{{value}}}"""));
        Assert.That(string.Join('|', SentPart.Of(request.Content).Select(part => part.Text)), Is.EqualTo(contents));
        Assert.That(
            SentPart.Of(request.Content).Select(part => part.ContentType),
            mediaType is null ? Is.All.Not.Null : Is.All.EqualTo(mediaType.Split(',')[0])
        );
    }

    [TestCase("1", "text/plain; charset=utf-8")]
    [TestCase("null", "text/plain; charset=utf-8")]
    [TestCase("{}", "application/json")]
    [TestCase("[[]]", "application/json")]
    public async Task Value_WithoutADeclaredType_IsTextOrJson(string value, string mediaType) =>
        Assert.That(
            await BodyAsync(Multipart("multipart/form-data", new RequestBodyMember("m", "m")), $$"""{"m":{{value}}}"""),
            Does.Contain($"\r\nContent-Type: {mediaType}\r\n\r\n")
        );

    [Test]
    public async Task List_OfFiles_IsOnePartForEachFile()
    {
        var template = Multipart(
            "multipart/form-data",
            new RequestBodyMember("file", "file", Encoding: new("application/json", IsFile: true))
        );
        using var request = RequestBuilder.Build(
            template,
            Address,
            Json("""{"file":["aGk=",{"name":"n","content":"YWJj"},{"name":7,"content":"YQ=="}]}""")
        );
        Assert.That(
            SentPart.Of(request.Content).Select(part => (part.Name, part.FileName, part.Length, part.Text)),
            Is.EqualTo(
                new[] { ("file", "file", 2L, (string?)null), ("file", "n", 3L, null), ("file", "file", 1L, null) }
            )
        );
        Assert.That(await request.Content!.ReadAsStringAsync(), Does.Contain("\r\n\r\nabc\r\n"));
    }

    [TestCase("{\"name\":\"n\",\"content\":7}", "but is a number.")]
    [TestCase("{\"name\":\"n\",\"content\":\"?\"}", "but is other text.")]
    [TestCase("[\"aGk=\",7]", "but is a number.")]
    public void File_ThatIsNone_IsRefusedOnce(string value, string found) =>
        Assert.That(
            Violations(
                Multipart("multipart/form-data", new RequestBodyMember("file", "file", Encoding: new(IsFile: true))),
                $$"""{"file":{{value}}}"""
            ),
            Has.Count.EqualTo(1).And.All.EndsWith(found)
        );

    [Test]
    public async Task Headers_OfAPart_AreSentWhereTheirArgumentsAreGiven()
    {
        var template = Multipart(
            "multipart/form-data",
            new RequestBodyMember(
                "m",
                "m",
                Encoding: new(
                    Headers: new Dictionary<string, string>
                    {
                        ["X-One"] = "one",
                        ["X-Absent"] = "absent",
                        ["content-type"] = "ignored",
                    }
                )
            )
        );
        var body = await BodyAsync(template, """{"m":"a","one":1.0,"ignored":"text/evil"}""");
        Assert.That(
            WithoutBoundary(body!),
            Is.EqualTo(
                "--B\r\nContent-Disposition: form-data; name=\"m\"\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "X-One: 1.0\r\n\r\na\r\n--B--\r\n"
            )
        );
    }

    [Test]
    public void Headers_NameOfTheSpecificationWithALineBreak_IsADefect() =>
        Assert.That(
            () =>
                BodyAsync(
                    Multipart(
                        "multipart/form-data",
                        new RequestBodyMember(
                            "m",
                            "m",
                            Encoding: new(Headers: new Dictionary<string, string> { ["X-A\r\nX-Evil"] = "one" })
                        )
                    ),
                    """{"m":"a","one":1}"""
                ),
            Throws.ArgumentException.With.Message.EqualTo(
                "The media type and header names of part 'm' must be printable ASCII."
            )
        );

    [Test]
    public void Parts_OfABodyOfBytes_AreTheFile()
    {
        using var named = RequestBuilder.Build(
            Post(new("application/pdf", RequestBodyKind.Binary, Argument: "all")),
            Address,
            Json("""{"all":{"name":"n.pdf","content":"aGk="}}""")
        );
        Assert.That(
            SentPart.Of(named.Content),
            Is.EqualTo(new[] { new SentPart("", "n.pdf", "application/pdf", 2, null) })
        );
        using var bare = RequestBuilder.Build(
            Post(new("application/pdf", RequestBodyKind.Binary, Argument: "all")),
            Address,
            Json("""{"all":"aGk="}""")
        );
        Assert.That(
            SentPart.Of(bare.Content),
            Is.EqualTo(new[] { new SentPart("", null, "application/pdf", 2, null) })
        );
    }

    [Test]
    public void Parts_OfJson_AreNone()
    {
        using var request = RequestBuilder.Build(
            Post(new("application/json", RequestBodyKind.Json, Argument: "all")),
            Address,
            Json("""{"all":1}""")
        );
        Assert.That(SentPart.Of(request.Content), Is.Empty);
        Assert.That(SentPart.Of(null), Is.Empty);
    }

    // Of what the caller says, what the bytes show and what the name says, the first that the API lists.
    [TestCase("image/png, image/jpeg", "f.png", "data:image/jpeg;base64,iVBORw0KGgo=", "image/jpeg")]
    [TestCase("*/*", "f.pdf", "data:application/octet-stream;base64,aGk=", "application/pdf")]
    [TestCase("audio/*, image/*", "f", "UklGRgAAAABXQVZF", "audio/wav")]
    [TestCase("audio/*, image/*", "f.png", "UklGRgAAAABBVkkg", "image/png", Description = "RIFF of another kind")]
    [TestCase("audio/*, image/*", "f.wav", "UklGRgAAAABXQVY=", "audio/wav", Description = "cut before its kind")]
    [TestCase("IMAGE/*, text/csv", "f", "iVBORw0KGgo=", "image/png")]
    [TestCase("text/*, image/*", "f", "iVBORw0KGgo=", "image/png")]
    [TestCase("image/*", "f", "aGk=", "application/octet-stream")]
    [TestCase("image/*", "f.pdf", "aGk=", "application/pdf")]
    [TestCase("image/*, text/csv", "f", "aGk=", "text/csv")]
    [TestCase("image/*, text/csv", "f.pdf", "aGk=", "text/csv")]
    [TestCase("image/*", "f.pdf", "data:text/csv;base64,aGk=", "text/csv")]
    [TestCase("text/csv, image/png", "f", "data:text/csv-schema;base64,aGk=", "text/csv")]
    [TestCase("text/csv ;charset=utf-8, application/pdf", "f.csv", "aGk=", "text/csv ;charset=utf-8")]
    [TestCase("text/csv, image/*", "f.csv", "data:text/csv;charset=utf-8;base64,aGk=", "text/csv")]
    [TestCase("image/*, */*", "f", "data:text/x-own;base64,aGk=", "text/x-own")]
    [TestCase("image/*, text/plain", "f.svg", "aGk=", "image/svg+xml")]
    [TestCase(" application/pdf ,", "f.png", "iVBORw0KGgo=", "application/pdf")]
    [TestCase(null, "f.png", "iVBORw0KGgo=", "application/octet-stream")]
    [TestCase("", "f.png", "data:image/gif;base64,iVBORw0KGgo=", "image/gif")]
    public async Task MediaType_OfAFile_IsTheFirstThatTheListAccepts(
        string? listed,
        string name,
        string content,
        string expected
    ) =>
        Assert.That(
            await BodyAsync(
                Multipart(
                    "multipart/form-data",
                    new RequestBodyMember("image", "image", Encoding: new(listed, IsFile: true))
                ),
                $$$"""{"image":{"name":"{{{name}}}","content":"{{{content}}}"}}"""
            ),
            Does.Contain($"filename=\"{name}\"\r\nContent-Type: {expected}\r\n\r\n")
        );

    // A signature is at the beginning of a file, however long it is.
    [Test]
    public async Task MediaType_OfALargeFile_IsReadAtItsBeginning()
    {
        var bytes = new byte[200_000];
        new byte[] { 0xFF, 0xD8, 0xFF }.CopyTo(bytes, 0);
        var body = await BodyAsync(
            Multipart(
                "multipart/form-data",
                new RequestBodyMember("image", "image", Encoding: new("image/png, image/jpeg", IsFile: true))
            ),
            $$"""{"image":"{{Convert.ToBase64String(bytes)}}"}"""
        );
        Assert.That(body!.Contains("\r\nContent-Type: image/jpeg\r\n", StringComparison.Ordinal), Is.True);
    }

    // Content that a caller knows in advance must not hold the boundary (RFC 2046 §5.1.1).
    [Test]
    public async Task Boundary_OfOtherContent_IsAnother()
    {
        var template = Multipart("multipart/form-data", new RequestBodyMember("m", "m"));
        var first = await BodyAsync(template, """{"m":"a"}""");
        var second = await BodyAsync(template, """{"m":"b"}""");
        Assert.That(second!.Split('\r')[0], Is.Not.EqualTo(first!.Split('\r')[0]));
    }

    private static RequestTemplate Multipart(string mediaType, params RequestBodyMember[] members) =>
        Post(new(mediaType, RequestBodyKind.Multipart, Members: members));

    private static string WithoutBoundary(string body)
    {
        var boundary = body[2..body.IndexOf('\r', StringComparison.Ordinal)];
        Assert.That(Encoding.ASCII.GetByteCount(boundary), Is.InRange(1, 70), "RFC 2046 §5.1.1");
        return body.Replace(boundary, "B", StringComparison.Ordinal);
    }
}
