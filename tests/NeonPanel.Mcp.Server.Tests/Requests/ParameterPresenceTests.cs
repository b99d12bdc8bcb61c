using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Client.Requests.ParameterLocation;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>D1, D2 and D3 for parameters.</summary>
public sealed class ParameterPresenceTests
{
    private static readonly RequestTemplate Everywhere = Get(
        "/a",
        Parameter(Query, ParameterStyle.Form, name: "q"),
        Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-H"),
        Parameter(Cookie, ParameterStyle.Form, name: "c")
    );

    [Test]
    public void Argument_Absent_IsNotSent()
    {
        using var request = RequestBuilder.Build(Everywhere, Address, Json("{}"));
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo("/a"));
        Assert.That(request.Headers.Select(h => h.Key), Is.EqualTo(new[] { "Accept" }));
        Assert.That(request.Content, Is.Null);
    }

    [Test]
    public void Argument_Null_IsSentAsAnEmptyValue()
    {
        using var request = RequestBuilder.Build(Everywhere, Address, Json("""{"q":null,"X-H":null,"c":null}"""));
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo("/a?q="));
        Assert.That(request.Headers.GetValues("X-H"), Is.EqualTo(new[] { "" }));
        Assert.That(request.Headers.GetValues("Cookie"), Is.EqualTo(new[] { "c=" }));
    }

    [TestCase("[1,null,3]", "/a?q=1,,3")]
    [TestCase("{\"k\":null}", "/a?q=k,")]
    public void Argument_NullInside_IsEmptyThere(string value, string expected) =>
        Assert.That(Target(Everywhere, $$"""{"q":{{value}}}"""), Is.EqualTo(expected));

    [TestCase("1.0")]
    [TestCase("-0")]
    [TestCase("1E5")]
    [TestCase("0.1000000000000000055511151231257827")]
    [TestCase("123456789012345678901234567890")]
    public void Argument_Number_KeepsItsDigits(string digits) =>
        Assert.That(Target(Everywhere, $$"""{"q":{{digits}}}"""), Is.EqualTo($"/a?q={digits}"));

    [Test]
    public void Argument_NestedInAListStyle_IsJson() =>
        Assert.That(Target(Everywhere, """{"q":[{"a": 1.0}]}"""), Is.EqualTo("/a?q=%7B%22a%22%3A1.0%7D"));

    [Test]
    public void Arguments_SeveralFaults_AreAllReported()
    {
        var template = new RequestTemplate(
            "POST",
            "/a/{id}",
            [
                Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id"),
                Parameter(Query, ParameterStyle.Form, name: "q", required: true),
                Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-H"),
                Parameter(Cookie, ParameterStyle.Form, name: "c", required: true),
            ],
            new("application/json", RequestBodyKind.Json, true, Members: [new("n", "n", true)])
        );
        Assert.That(
            Violations(template, """{"id":"..","X-H":"a\r\nb","q":"\ud800"}"""),
            Is.EquivalentTo(
                new[]
                {
                    "Argument 'id' must be text that is not empty, has no part '.' or '..' between slashes (percent-encoded or before a ';' neither), "
                        + "and holds no backslash and no control character, but is or holds a dot segment.",
                    "Argument 'q' must be valid Unicode, but holds a lone surrogate or a broken byte sequence.",
                    "Argument 'X-H' must be printable ASCII text, as a header needs it, but holds other characters.",
                    "Argument 'c' is required, but is absent.",
                    "Argument 'n' is required, but is absent.",
                }
            )
        );
    }

    [TestCase("\"a\\r\\nX-Evil: 1\"")]
    [TestCase("\"a\\nb\"")]
    [TestCase("\"\\t\"")]
    [TestCase("\"\\u0000\"")]
    [TestCase("\"\u20ac\"")]
    [TestCase("\"\u00e9\"")]
    public void Header_NotPrintableAscii_IsRefused(string value) =>
        Assert.That(Violations(Everywhere, $$"""{"X-H":{{value}}}"""), Has.Count.EqualTo(1).And.All.Contains("'X-H'"));

    [TestCase("Accept")]
    [TestCase("authorization")]
    [TestCase("Content-Type")]
    [TestCase("Content-Length")]
    [TestCase("Host")]
    [TestCase("Cookie")]
    public void Header_ThatIsOurs_IsIgnoredEvenWhenRequired(string name)
    {
        var template = Get(
            "/a",
            Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: name, required: true)
        );
        using var given = RequestBuilder.Build(template, Address, Json($$"""{"{{name}}":"evil"}"""));
        using var absent = RequestBuilder.Build(template, Address, Json("{}"));
        Assert.That(given.ToString(), Does.Not.Contain("evil").And.EqualTo(absent.ToString()));
    }

    // Swagger 2.0, "Parameter Object": collectionFormat of a header. OpenAPI 3 knows 'simple' alone.
    [TestCase(ParameterStyle.SpaceDelimited, "a b")]
    [TestCase(ParameterStyle.PipeDelimited, "a|b")]
    [TestCase(ParameterStyle.TabDelimited, "a\tb")]
    [TestCase(ParameterStyle.Simple, "a,b")]
    [TestCase(ParameterStyle.Label, "a,b")]
    [TestCase(ParameterStyle.Matrix, "a,b")]
    public void Header_List_HasTheDelimiterOfItsStyle(ParameterStyle style, string expected) =>
        Assert.That(
            Header(Get("/a", Parameter(ParameterLocation.Header, style, name: "X-H")), "X-H", """{"X-H":["a","b"]}"""),
            Is.EqualTo(expected)
        );

    [TestCase("[\"a\",\"\u00e9\"]")]
    [TestCase("{\"\u00e9\":\"a\"}")]
    [TestCase("{\"a\":\"\\t\"}")]
    public void Header_ItemNotPrintableAscii_IsRefused(string value) =>
        Assert.That(Violations(Everywhere, $$"""{"X-H":{{value}}}"""), Has.Count.EqualTo(1).And.All.Contains("'X-H'"));

    [TestCase("[]")]
    [TestCase("{}")]
    public void Header_EmptyListOrObject_IsNotSentUnlessItsContentIsJson(string value)
    {
        var arguments = $$"""{"X-H":{{value}}}""";
        Assert.That(Header(Everywhere, "X-H", arguments), Is.Null);
        var content = Get(
            "/a",
            Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-H", contentType: "application/json")
        );
        Assert.That(Header(content, "X-H", arguments), Is.EqualTo(value));
    }

    [Test]
    public void Header_ContentThatIsText_MayNotHoldALineBreak() =>
        Assert.That(
            Violations(
                Get(
                    "/a",
                    Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-H", contentType: "text/plain")
                ),
                """{"X-H":"a\nb"}"""
            ),
            Has.Count.EqualTo(1).And.All.Contains("'X-H'")
        );

    // HttpClient keeps these headers with the content, which a GET otherwise lacks.
    [Test]
    public void Header_OfTheContent_IsSentWithAGet()
    {
        using var request = RequestBuilder.Build(
            Get("/a", Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "Content-Language")),
            Address,
            Json("""{"Content-Language":"de"}""")
        );
        Assert.That(request.Content!.Headers.GetValues("Content-Language"), Is.EqualTo(new[] { "de" }));
    }

    [Test]
    public void Header_WithANameThatIsNoToken_IsADefect() =>
        Assert.That(
            () =>
                Header(
                    Get("/a", Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X H")),
                    "X H",
                    """{"X H":"a"}"""
                ),
            Throws.ArgumentException.With.Message.EqualTo(
                "A header of the operation must have a token as its name, but one is 'X H'."
            )
        );

    // Cookies and headers of one name are parameters of their own.
    [Test]
    public void Parameter_OwnNameOfAHeader_IsSentElsewhere() =>
        Assert.That(
            Target(Get("/a", Parameter(Query, ParameterStyle.Form, name: "Host")), """{"Host":"x"}"""),
            Is.EqualTo("/a?Host=x")
        );

    [Test]
    public void Accept_OfTheTemplate_IsSent() =>
        Assert.That(
            Header(Get("/a") with { Accept = "application/json, application/pdf;q=0.9" }, "Accept", "{}"),
            Is.EqualTo("application/json, application/pdf;q=0.9")
        );

    [Test]
    public void Arguments_NotAnObject_AreRefused() =>
        Assert.That(
            Violations(Get("/a"), "[1]"),
            Is.EqualTo(new[] { "The arguments must be an object, but are an array." })
        );
}
