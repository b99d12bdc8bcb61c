using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.Tests.Requests;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>The body of a request that is not sent, for each kind of body.</summary>
internal sealed class RequestSketchTests
{
    [TestCase("""{"a":1.50,"b":null}""", """{"a":1.50,"b":null}""")]
    [TestCase("""{"b":["x"]}""", """{"b":["x"]}""")]
    public async Task Body_OfJson_IsWhatWouldBeSent(string arguments, string body) =>
        Assert.That(
            await BodyAsync(
                new("application/json", RequestBodyKind.Json, Members: [new("a", "a"), new("b", "b")]),
                arguments
            ),
            Is.EqualTo(body)
        );

    [Test]
    public async Task Body_OfAForm_IsAnObjectWithTheNamesOnTheWire() =>
        Assert.That(
            await BodyAsync(
                new(
                    "application/x-www-form-urlencoded",
                    RequestBodyKind.Form,
                    Members: [new("wire", "a"), new("b", "b")]
                )
                {
                    AdditionalArgument = "more",
                },
                """{"a":"x y","more":{"z":1}}"""
            ),
            Is.EqualTo("""{"wire":"x y","z":1}""")
        );

    [Test]
    public async Task Body_OfPlainText_IsAText() =>
        Assert.That(
            await BodyAsync(new("text/plain", RequestBodyKind.Text, Argument: "body"), """{"body":"a\"b"}"""),
            Is.EqualTo("\"a\\u0022b\"")
        );

    // "aGVsbG8=" is "hello".
    [TestCase("\"aGVsbG8=\"", """{"type":"image/png","bytes":5}""")]
    [TestCase("""{"name":"a.png","content":"aGVsbG8="}""", """{"file":"a.png","type":"image/png","bytes":5}""")]
    public async Task Body_OfBytes_IsNameTypeAndSize(string file, string body) =>
        Assert.That(
            await BodyAsync(new("image/png", RequestBodyKind.Binary, Argument: "body"), $$"""{"body":{{file}}}"""),
            Is.EqualTo(body)
        );

    [Test]
    public async Task Body_OfSeveralParts_HasTextsAndFiles() =>
        Assert.That(
            await BodyAsync(
                new(
                    "multipart/form-data",
                    RequestBodyKind.Multipart,
                    Members:
                    [
                        new("note", "note"),
                        new("tags", "tags"),
                        new("file", "file", Encoding: new("application/pdf, image/png", IsFile: true)),
                    ]
                ),
                """{"note":"hi","tags":["a","b"],"file":{"name":"a.pdf","content":"JVBERi0xLjQK"}}"""
            ),
            Is.EqualTo("""{"note":"hi","tags":["a","b"],"file":{"file":"a.pdf","type":"application/pdf","bytes":9}}""")
        );

    private static async Task<string> BodyAsync(RequestBody body, string arguments)
    {
        var template = Templates.Post(body);
        var json = Templates.Json(arguments);
        using var request = RequestBuilder.Build(template, Templates.Address, json);
        var sketch = new RequestSketch(
            template,
            json,
            request.Content!.Headers.ContentType!.MediaType,
            await request.Content.ReadAsByteArrayAsync(),
            SentPart.Of(request.Content)
        );
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            sketch.WriteBody(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
