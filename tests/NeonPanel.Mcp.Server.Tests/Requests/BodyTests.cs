using System.Text;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>D2, D3, D5 and E4 for bodies.</summary>
public sealed class BodyTests
{
    private static readonly RequestBody Members = new(
        "application/vnd.api+json",
        RequestBodyKind.Json,
        Members: [new("a-wire", "a"), new("b", "b"), new("c", "c")]
    );

    [Test]
    public async Task Json_Members_PassAsTheyWereWritten() =>
        Assert.That(
            await BodyAsync(Post(Members), """{"a":1.10,"c":[1E400, -0, {"x":null}],"other":1}"""),
            Is.EqualTo("""{"a-wire":1.10,"c":[1E400,-0,{"x":null}]}""")
        );

    [Test]
    public async Task Json_Null_IsSentAndAbsentIsNot() =>
        Assert.That(await BodyAsync(Post(Members), """{"b":null}"""), Is.EqualTo("""{"b":null}"""));

    [Test]
    public async Task Json_Strings_AreEqualInValue()
    {
        var sent = Json((await BodyAsync(Post(Members), """{"b":"\u00e9\n\"\ud83d\ude00<"}"""))!);
        Assert.That(sent.GetProperty("b").GetString(), Is.EqualTo("é\n\"😀<"));
    }

    [Test]
    public void Json_ContentType_IsSentAsGiven()
    {
        using var request = RequestBuilder.Build(Post(Members), Address, Json("""{"b":1}"""));
        Assert.That(
            request.Content!.Headers.GetValues("Content-Type"),
            Is.EqualTo(new[] { "application/vnd.api+json" })
        );
    }

    // Above 64 KiB a value is sent as it was written, around it all is as before.
    [Test]
    public async Task Json_LargeMember_PassesAsItWasWritten()
    {
        var large = $"[ 1.10, \"\\u00e9{new string('x', 200_000)}\" ]";
        var arguments = $$"""{"a":[ 1.10 ],"b":{{large}},"c":"\u00e9"}""";
        using var request = RequestBuilder.Build(Post(Members), Address, Json(arguments));
        var body = await request.Content!.ReadAsStringAsync();
        Assert.That(body == $$"""{"a-wire":[1.10],"b":{{large}},"c":"é"}""", Is.True);
        Assert.That(request.Content.Headers.ContentLength, Is.EqualTo(Encoding.UTF8.GetByteCount(body)));
    }

    [Test]
    public async Task Json_LargeWholeArgument_PassesAsItWasWritten()
    {
        var large = $"[ \"{new string('x', 200_000)}\" ]";
        var body = await BodyAsync(
            Post(new("application/json", RequestBodyKind.Json, Argument: "all")),
            $$"""{"all":{{large}}}"""
        );
        Assert.That(body == large, Is.True);
    }

    [TestCase("[1.0,2]")]
    [TestCase("null")]
    [TestCase("\"x\"")]
    public async Task Json_WholeArgument_IsTheBody(string value) =>
        Assert.That(
            await BodyAsync(
                Post(new("application/json", RequestBodyKind.Json, Argument: "all")),
                $$"""{"all":{{value}}}"""
            ),
            Is.EqualTo(value)
        );

    [Test]
    public async Task Json_RequiredButNothingGiven_IsAnEmptyObjectOnlyWhereAllowed()
    {
        var required = Members with { Required = true };
        Assert.That(await BodyAsync(Post(required with { EmptyObjectAllowed = true }), "{}"), Is.EqualTo("{}"));
        Assert.That(
            Violations(Post(required), "{}"),
            Is.EqualTo(new[] { "The body needs at least one of the arguments 'a', 'b', 'c', but none is given." })
        );
    }

    [Test]
    public async Task Json_OptionalAndNothingGiven_IsNoBodyThoughMembersAreRequired()
    {
        var body = Members with { Members = [new("a", "a", true), new("b", "b")] };
        Assert.That(await BodyAsync(Post(body), "{}"), Is.Empty);
        Assert.That(
            Violations(Post(body), """{"b":1}"""),
            Is.EqualTo(new[] { "Argument 'a' is required, but is absent." })
        );
    }

    [Test]
    public async Task Json_AdditionalArgument_IsMergedAndMayNotClash()
    {
        var template = Post(Members with { AdditionalArgument = "more" });
        Assert.That(
            await BodyAsync(template, """{"b":1,"more":{"x":2.0,"a":3}}"""),
            Is.EqualTo("""{"b":1,"x":2.0,"a":3}""")
        );
        Assert.That(
            Violations(template, """{"more":{"a-wire":1}}"""),
            Is.EqualTo(
                new[] { "Argument 'more' must be an object without 'a-wire', which is argument 'a', but holds it." }
            )
        );
        Assert.That(
            Violations(template, """{"more":[1]}"""),
            Is.EqualTo(new[] { "Argument 'more' must be an object, but is an array." })
        );
    }

    [Test]
    public void Json_LoneSurrogate_IsRefused() =>
        Assert.That(Violations(Post(Members), """{"b":["\udfff"]}"""), Has.Count.EqualTo(1).And.All.Contains("'b'"));

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    public async Task Write_WithoutBody_HasAnEmptyContentWithoutType(string method)
    {
        using var request = RequestBuilder.Build(new(method, "/x", []), Address, Json("{}"));
        Assert.That(await request.Content!.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(request.Content.Headers.ContentType, Is.Null);
    }

    [Test]
    public async Task Form_Members_AreWrittenByTheirEncodings()
    {
        var body = new RequestBody(
            "application/x-www-form-urlencoded",
            RequestBodyKind.Form,
            Members:
            [
                new("text", "text"),
                new("list", "list"),
                new("object", "object"),
                new("pipes", "pipes", Encoding: new(Style: ParameterStyle.PipeDelimited, Explode: false)),
                new("deep", "deep", Encoding: new(Style: ParameterStyle.DeepObject)),
                new("url", "url", Encoding: new(Style: ParameterStyle.Form, AllowReserved: true)),
                new("json", "json", Encoding: new("application/json")),
                new("null", "null"),
                new("absent", "absent"),
            ]
        );
        Assert.That(
            await BodyAsync(
                Post(body),
                """
                {"text":"a b&c=é+","list":[1.0,2],"object":{"k":1.0},"pipes":["a","b"],"deep":{"k":"v"},
                 "url":"https://x.test/?a","json":["q"],"null":null}
                """
            ),
            Is.EqualTo(
                "text=a+b%26c%3D%C3%A9%2B&list=1.0&list=2&object=%7B%22k%22%3A1.0%7D&pipes=a%7Cb&deep%5Bk%5D=v"
                    + "&url=https://x.test/?a&json=%5B%22q%22%5D&null="
            )
        );
    }

    [TestCase("\"aGk=\"", "hi")]
    [TestCase("\"aGk\"", "hi")]
    [TestCase("\"data:text/plain;base64,aGk=\"", "hi")]
    [TestCase("\"DATA:text/plain;BASE64,aGk=\"", "hi")]
    [TestCase("\"data:text\\/plain;base64,aGk=\"", "hi", Description = "as PHP escapes it")]
    [TestCase("\"data:;base64,aGk%3D\"", "hi")]
    [TestCase("\"data:text/plain;base64,aGkg\\u0061GU=\"", "hi he")]
    [TestCase("\"a G\\nk =\"", "hi")]
    [TestCase("\"aGl=\"", "hi", Description = "bits behind the last byte")]
    [TestCase("\"\"", "")]
    [TestCase("\"data:,\"", "")]
    [TestCase("{\"name\":\"n\",\"content\":\"aGk=\"}", "hi", Description = "a file as among the parts of a form")]
    [TestCase("\"data:,h%69%20there\"", "hi there")]
    [TestCase("\"data:,a41\"", "a41", Description = "no escape without a percent sign")]
    [TestCase("\"data:,%\"", "%")]
    [TestCase("\"data:,a%4\"", "a%4")]
    [TestCase("\"data:,%4g%g4%41\"", "%4g%g4A")]
    public async Task Binary_Base64OrDataUri_IsDecoded(string value, string expected) =>
        Assert.That(
            await BodyAsync(
                Post(new("application/octet-stream", RequestBodyKind.Binary, Argument: "all")),
                $$"""{"all":{{value}}}"""
            ),
            Is.EqualTo(expected)
        );

    [TestCase("-_8", new byte[] { 0xFB, 0xFF })]
    [TestCase("data:application/pdf,%FF%00", new byte[] { 0xFF, 0x00 })]
    public async Task Binary_ArbitraryBytes_AreExact(string value, byte[] expected)
    {
        using var request = RequestBuilder.Build(
            Post(new("application/pdf", RequestBodyKind.Binary, Argument: "all")),
            Address,
            Json($$"""{"all":"{{value}}"}""")
        );
        Assert.That(await request.Content!.ReadAsByteArrayAsync(), Is.EqualTo(expected));
    }

    // Longer than one chunk, and each length of the last one.
    [TestCase(49_152)]
    [TestCase(100_000)]
    [TestCase(100_001)]
    [TestCase(100_002)]
    public async Task Binary_LargeFile_IsExactWithItsLength(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var lines = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
        // With a length as if it had no blanks, so that a chunk would end inside of four digits.
        var blanks = lines.Replace("\r\n", " ", StringComparison.Ordinal);
        blanks = blanks.PadRight((blanks.Length + 3) / 4 * 4);
        foreach (
            var text in (string[])
                [
                    Convert.ToBase64String(bytes),
                    "data:application/pdf;base64," + Convert.ToBase64String(bytes),
                    lines,
                    blanks,
                ]
        )
        {
            // Not by a serializer, which writes + as an escape, so that no base64 would be read in its place.
            var arguments = $"{{\"all\":\"{text.Replace("\r\n", "\\r\\n", StringComparison.Ordinal)}\"}}";
            using var request = RequestBuilder.Build(
                Post(new("application/pdf", RequestBodyKind.Binary, Argument: "all")),
                Address,
                Json(arguments)
            );
            Assert.That(request.Content!.Headers.ContentLength, Is.EqualTo(length));
            Assert.That((await request.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(bytes), Is.True);
        }
    }

    [Test]
    public void Binary_RequiredAndMissing_IsAViolation() =>
        Assert.That(
            Violations(Post(new("application/pdf", RequestBodyKind.Binary, Required: true, Argument: "all")), "{}"),
            Is.EqualTo(new[] { "Argument 'all' is required, but is absent." })
        );

    [TestCase("\"aG=k\"")]
    [TestCase("\"aGk=\u00e9\"")]
    [TestCase("\"not base64!\"")]
    [TestCase("\"a\"")]
    [TestCase("\"data:no comma\"")]
    [TestCase("\"data:image/png\\r\\nX-Evil: 1;base64,aGk=\"")]
    [TestCase("12")]
    [TestCase("null")]
    public void Binary_Other_IsRefused(string value) =>
        Assert.That(
            Violations(
                Post(new("application/octet-stream", RequestBodyKind.Binary, Argument: "all")),
                $$"""{"all":{{value}}}"""
            ),
            Has.Count.EqualTo(1).And.All.StartsWith("Argument 'all' must be base64 or a data: URI, but ")
        );

    [Test]
    public async Task Text_String_IsUtf8()
    {
        var template = Post(new("text/csv", RequestBodyKind.Text, Required: true, Argument: "all"));
        using var request = RequestBuilder.Build(template, Address, Json("""{"all":"é;\n"}"""));
        Assert.That(await request.Content!.ReadAsByteArrayAsync(), Is.EqualTo(Encoding.UTF8.GetBytes("é;\n")));
        Assert.That(
            Violations(template, """{"all":{}}"""),
            Is.EqualTo(new[] { "Argument 'all' must be a string, but is an object." })
        );
        Assert.That(Violations(template, "{}"), Is.EqualTo(new[] { "Argument 'all' is required, but is absent." }));
    }
}
