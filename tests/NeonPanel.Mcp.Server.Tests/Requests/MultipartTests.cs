using System.Text;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

public sealed class MultipartTests
{
    private static readonly RequestTemplate Upload = Post(
        new(
            "multipart/form-data",
            RequestBodyKind.Multipart,
            Members:
            [
                new("note", "note"),
                new("lines", "lines"),
                new("meta", "meta"),
                new(
                    "file",
                    "file",
                    Encoding: new(IsFile: true, Headers: new Dictionary<string, string> { ["X-Id"] = "fileId" })
                ),
                new("scan", "scan", Encoding: new("application/pdf", IsFile: true)),
            ]
        )
    );

    [Test]
    public async Task Multipart_AllKindsOfParts_AreWrittenAsRfc7578Says()
    {
        using var request = RequestBuilder.Build(
            Upload,
            Address,
            Json(
                """
                {"note":"é","lines":[1.0,"b"],"meta":{"k":1.0},"file":{"name":"a\"b\r\n.txt","content":"aGk="},"fileId":7,
                 "scan":"data:image/png;base64,aGk="}
                """
            )
        );
        var boundary = request.Content!.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value;
        var expected = string.Join(
            "\r\n",
            "--B",
            "Content-Disposition: form-data; name=\"note\"",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "é",
            "--B",
            "Content-Disposition: form-data; name=\"lines\"",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "1.0",
            "--B",
            "Content-Disposition: form-data; name=\"lines\"",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "b",
            "--B",
            "Content-Disposition: form-data; name=\"meta\"",
            "Content-Type: application/json",
            "",
            "{\"k\":1.0}",
            "--B",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.txt\"",
            "Content-Type: application/octet-stream",
            "X-Id: 7",
            "",
            "hi",
            "--B",
            "Content-Disposition: form-data; name=\"scan\"; filename=\"scan\"",
            "Content-Type: application/pdf",
            "",
            "hi",
            "--B--",
            ""
        );
        Assert.That(request.Content.Headers.ContentType.MediaType, Is.EqualTo("multipart/form-data"));
        Assert.That(
            await request.Content.ReadAsStringAsync(),
            Is.EqualTo(expected.Replace("--B", $"--{boundary}", StringComparison.Ordinal))
        );
    }

    // OpenAPI 3.1.1, "Encoding Object": with a style, contentType is ignored.
    [Test]
    public async Task Multipart_MemberWithAStyle_IsWrittenAsInAQuery()
    {
        var template = Post(
            new(
                "multipart/form-data",
                RequestBodyKind.Multipart,
                Members:
                [
                    new("deep", "deep", Encoding: new("application/json", ParameterStyle.DeepObject)),
                    new("list", "list", Encoding: new(Style: ParameterStyle.Form, Explode: false)),
                ]
            )
        );
        var body = await BodyAsync(template, """{"deep":{"a":"x y","b":{"c":1}},"list":["ä","&"]}""");
        foreach (var (name, value) in new[] { ("deep[a]", "x y"), ("deep[b][c]", "1"), ("list", "ä,&") })
        {
            Assert.That(
                body,
                Does.Contain(
                    $"form-data; name=\"{name}\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{value}\r\n"
                )
            );
        }
    }

    [Test]
    public async Task Multipart_SameArguments_AreTheSameBytes()
    {
        var first = await BodyAsync(Upload, """{"note":"a"}""");
        Assert.That(await BodyAsync(Upload, """{"note":"a"}"""), Is.EqualTo(first));
        Assert.That(await BodyAsync(Upload, """{"note":"b"}"""), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Multipart_DataUri_NamesThePartsType() =>
        Assert.That(
            await BodyAsync(Upload, """{"file":["data:image/png;base64,aGk="]}"""),
            Does.Contain("filename=\"file\"\r\nContent-Type: image/png\r\n\r\nhi\r\n")
        );

    [Test]
    public async Task Multipart_LargeFile_IsExactBetweenItsBoundaries()
    {
        var content = new string('x', 200_001);
        var base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(content));
        var body = await BodyAsync(Upload, $$"""{"note":"a","file":{"name":"n","content":"{{base64}}"} }""");
        Assert.That(
            body!.Contains(
                $"filename=\"n\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n--np-",
                StringComparison.Ordinal
            ),
            Is.True
        );
    }

    // Each has a header of its own, so that a megabyte of numbers would become a hundred.
    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public void Multipart_ManyParts_AreWrittenUpToAThousand(int parts, bool isWritten)
    {
        var arguments = $$"""{"lines":[{{string.Join(',', Enumerable.Repeat("1", parts))}}]}""";
        Assert.That(
            () => BodyAsync(Upload, arguments),
            isWritten ? Throws.Nothing : Throws.TypeOf<InvalidArgumentsException>()
        );
    }

    [TestCase("12", "is a number")]
    [TestCase("null", "is null")]
    [TestCase("{\"name\":\"a\"}", "is an object without 'content'")]
    [TestCase("\"?\"", "is other text")]
    public void Multipart_NotAFile_IsRefused(string value, string found) =>
        Assert.That(
            Violations(Upload, $$"""{"file":{{value}}}"""),
            Is.EqualTo(
                new[]
                {
                    $"Argument 'file' must be base64 or a data: URI, or an object with 'name' and 'content', but {found}.",
                }
            )
        );

    [Test]
    public void Multipart_PartHeaderWithLineBreak_IsRefused() =>
        Assert.That(
            Violations(Upload, """{"file":"aGk=","fileId":"1\r\nX: 2"}"""),
            Has.Count.EqualTo(1).And.All.Contains("'fileId'")
        );

    [Test]
    public void Multipart_TypeOfTheSpecificationWithLineBreak_IsADefect() =>
        Assert.That(
            () =>
                BodyAsync(
                    Post(
                        new(
                            "multipart/form-data",
                            RequestBodyKind.Multipart,
                            Members: [new("a", "a", Encoding: new("text/plain\r\nX-Evil: 1"))]
                        )
                    ),
                    """{"a":"b"}"""
                ),
            Throws.ArgumentException
        );

    // OpenAPI 3.1, "Encoding Object": contentType may list types and ranges; the part has one of them.
    [TestCase("image/png, image/jpeg", "f", "iVBORw0KGgo=", "image/png")]
    [TestCase("image/png, image/jpeg", "f", "/9j/4AA=", "image/jpeg")]
    [TestCase("image/png, image/jpeg", "f.JPG", "aGk=", "image/jpeg")]
    [TestCase("image/png, image/jpeg", "f.png", "/9j/4AA=", "image/jpeg")]
    [TestCase("image/png, image/jpeg", "f", "data:image/jpeg;base64,aGk=", "image/jpeg")]
    [TestCase("image/png, image/jpeg", "f", "data:text/plain;base64,aGk=", "image/png")]
    [TestCase("image/png, image/jpeg", "f", "aGk=", "image/png")]
    [TestCase("image/png, image/*", "f.gif", "aGk=", "image/gif")]
    [TestCase("image/*", "f", "UklGRgAAAABXRUJQ", "image/webp")]
    [TestCase(
        "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "f.xlsx",
        "UEsDBA==",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )]
    [TestCase("TEXT/CSV; charset=utf-8, application/pdf", "f.csv", "YSxi", "TEXT/CSV; charset=utf-8")]
    [TestCase("*/*", "f.pdf", "aGk=", "application/pdf")]
    [TestCase("application/pdf", "f.png", "iVBORw0KGgo=", "application/pdf")]
    public async Task Multipart_ListOfTypes_FileHasTheOneThatFits(
        string listed,
        string name,
        string content,
        string expected
    )
    {
        var template = Post(
            new(
                "multipart/form-data",
                RequestBodyKind.Multipart,
                Members: [new("image", "image", Encoding: new(listed, IsFile: true))]
            )
        );
        Assert.That(
            await BodyAsync(template, $$$"""{"image":{"name":"{{{name}}}","content":"{{{content}}}"}}"""),
            Does.Contain($"filename=\"{name}\"\r\nContent-Type: {expected}\r\n\r\n")
        );
    }
}
