using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>Which arguments make a body, and which body is refused before it is sent.</summary>
public sealed class BodyMemberTests
{
    private static readonly RequestBody Form = new(
        "application/x-www-form-urlencoded",
        RequestBodyKind.Form,
        Members:
        [
            new("a", "a"),
            new("list", "list", Encoding: new(Style: ParameterStyle.PipeDelimited, Explode: false)),
        ]
    );

    private static readonly RequestBody OneArgument = Form with { Argument = "all" };

    // The one argument holds the members; each is written as the specification declares it.
    [TestCase("""{"a":1,"list":["x","y"],"more":["x","y"]}""", "a=1&list=x%7Cy&more=x&more=y")]
    [TestCase("{}", "")]
    public async Task Form_InOneArgument_IsWrittenByItsMembers(string value, string expected) =>
        Assert.That(await BodyAsync(Post(OneArgument), $$"""{"all":{{value}}}"""), Is.EqualTo(expected));

    [Test]
    public async Task Form_InOneArgumentWithoutDeclaredMembers_IsWritten() =>
        Assert.That(
            await BodyAsync(Post(OneArgument with { Members = null }), """{"all":{"a":[1,2]}}"""),
            Is.EqualTo("a=1&a=2")
        );

    [TestCase("[1]", "an array")]
    [TestCase("\"a=1\"", "a string")]
    public void Form_InOneArgumentThatIsNoObject_IsRefused(string value, string found) =>
        Assert.That(
            Violations(Post(OneArgument), $$"""{"all":{{value}}}"""),
            Is.EqualTo(new[] { $"Argument 'all' must be an object, but is {found}." })
        );

    [Test]
    public async Task Body_InOneArgument_IsRequiredOrMayBeLeftOut()
    {
        Assert.That(await BodyAsync(Post(OneArgument), "{}"), Is.Empty);
        Assert.That(
            Violations(Post(OneArgument with { Required = true }), "{}"),
            Is.EqualTo(new[] { "Argument 'all' is required, but is absent." })
        );
    }

    [Test]
    public void Body_RequiredWithARequiredMember_NamesThatMember() =>
        Assert.That(
            Violations(Post(Form with { Required = true, Members = [new("a", "a", true), new("b", "b")] }), "{}"),
            Is.EqualTo(new[] { "Argument 'a' is required, but is absent." })
        );

    [Test]
    public async Task Body_OfFurtherMembersOnly_IsSent() =>
        Assert.That(
            await BodyAsync(Post(Form with { AdditionalArgument = "more" }), """{"more":{"x":1}}"""),
            Is.EqualTo("x=1")
        );

    [Test]
    public async Task Json_AllOptional_IsNoBodyWithoutArguments()
    {
        foreach (
            var body in (RequestBody[])
                [
                    new("application/json", RequestBodyKind.Json, Argument: "all"),
                    new("text/plain", RequestBodyKind.Text, Argument: "all"),
                    new("application/pdf", RequestBodyKind.Binary, Argument: "all"),
                ]
        )
        {
            using var request = RequestBuilder.Build(Post(body), Address, Json("{}"));
            Assert.That(await request.Content!.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(request.Content.Headers.ContentType, Is.Null, "no body, so no type");
            Assert.That(
                Violations(Post(body with { Required = true }), "{}"),
                Is.EqualTo(new[] { "Argument 'all' is required, but is absent." })
            );
        }
    }

    [TestCase(RequestBodyKind.Text, "A body of text must name its argument.")]
    [TestCase(RequestBodyKind.Binary, "A body of bytes must name its argument.")]
    public void Body_WithoutItsArgument_IsADefect(RequestBodyKind kind, string message) =>
        Assert.That(
            () => BodyAsync(Post(new("text/plain", kind)), "{}"),
            Throws.ArgumentException.With.Message.EqualTo(message)
        );

    [TestCase("{\"name\":\"n\"}", "an object")]
    [TestCase("{\"content\":7}", "a number")]
    public void Binary_ObjectWithoutContent_IsRefused(string value, string found) =>
        Assert.That(
            Violations(
                Post(new("application/pdf", RequestBodyKind.Binary, Argument: "all")),
                $$"""{"all":{{value}}}"""
            ),
            Is.EqualTo(new[] { $"Argument 'all' must be base64 or a data: URI, but is {found}." })
        );

    // Up to 64 KiB a value is written again, without its blanks; a larger one is sent as it is.
    [TestCase(65_536, false)]
    [TestCase(65_537, true)]
    public async Task Json_Value_IsSentAsWrittenAbove64Kilobytes(int length, bool isSentAsWritten)
    {
        var text = new string('x', length - "[ \"\" ]".Length);
        var value = $"[ \"{text}\" ]";
        var whole = await BodyAsync(
            Post(new("application/json", RequestBodyKind.Json, Argument: "all")),
            $$"""{"all":{{value}}}"""
        );
        Assert.That(whole == (isSentAsWritten ? value : $"[\"{text}\"]"), Is.True);
        var member = await BodyAsync(
            Post(new("application/json", RequestBodyKind.Json, Members: [new("a", "a"), new("b", "b")])),
            $$"""{"a":1,"b":{{value}}}"""
        );
        Assert.That(member == $$"""{"a":1,"b":{{whole}}}""", Is.True);
    }

    [TestCase("text/plain", "{\"k\":1,\"l\":2}", "k=1&l=2")]
    [TestCase("application/json", "\"x\"", "a+b=%22x%22")]
    [TestCase(null, "{\"k\":1}", "a+b=%7B%22k%22%3A1%7D")]
    [TestCase(null, "[[1]]", "a+b=%5B1%5D")]
    public async Task Form_MemberWithAContentType_IsJsonForJsonTypesOnly(string? type, string value, string expected) =>
        Assert.That(
            (
                await BodyAsync(
                    Post(Form with { Members = [new("a b", "m", Encoding: new(type))] }),
                    $$"""{"m":{{value}}}"""
                )
            )!.Replace("%20", "+", StringComparison.Ordinal),
            Is.EqualTo(expected)
        );

    [Test]
    public async Task Form_ListThatIsNotExploded_IsOnePair() =>
        Assert.That(
            await BodyAsync(
                Post(Form with { Members = [new("l", "l", Encoding: new(Explode: false))] }),
                """{"l":[1,2]}"""
            ),
            Is.EqualTo("l=1,2")
        );

    // A form of one name that the specification and the caller both give would reach the API twice.
    [Test]
    public void FurtherMembers_ThatAreDeclared_AreNamedWithTheirArguments() =>
        Assert.That(
            Violations(
                Post(Form with { AdditionalArgument = "more", Members = [new("w", "b"), new("v", "c")] }),
                """{"more":{"v":1,"w":2,"x":3}}"""
            ),
            Is.EqualTo(
                new[]
                {
                    "Argument 'more' must be an object without 'v', which is argument 'c', but holds it.",
                    "Argument 'more' must be an object without 'w', which is argument 'b', but holds it.",
                }
            )
        );

    [TestCase("{\"a\":{\"\\udfff\":1}}", 1)]
    [TestCase("{\"a\":{\"k\":[\"\\udfff\"]}}", 1)]
    [TestCase("{\"a\":[\"x\",\"\\udfff\"]}", 1)]
    [TestCase("{\"a\":{\"k\":\"x\",\"l\":\"\\udfff\"}}", 1)]
    [TestCase("{\"a\":{\"k\":\"\\u0041\"},\"list\":[\"\\ud83d\\ude00\"]}", 0)]
    [TestCase("{\"a\":\"\\\\udfff\"}", 0)]
    [TestCase("{\"a\":\"\\u0041\",\"list\":[true,null,1]}", 0)]
    public void Unicode_OfAValue_IsCheckedAtEveryDepth(string arguments, int faults)
    {
        if (faults == 0)
        {
            Assert.That(async () => await BodyAsync(Post(Form), arguments), Throws.Nothing);
            return;
        }

        Assert.That(
            Violations(Post(Form), arguments),
            Is.EqualTo(
                new[] { "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence." }
            )
        );
    }
}
