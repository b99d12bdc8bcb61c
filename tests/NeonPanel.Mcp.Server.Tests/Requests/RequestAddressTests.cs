using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>The address of a request: the base that the caller sets, and what the arguments may add to it.</summary>
public sealed class RequestAddressTests
{
    [TestCase("api.test/v2", UriKind.Relative)]
    [TestCase("/v2", UriKind.Relative)]
    [TestCase("ftp://api.test/", UriKind.Absolute)]
    [TestCase("mailto:api@api.test", UriKind.Absolute)]
    public void BaseAddress_ThatIsNotHttp_IsRefusedByItsText(string address, UriKind kind) =>
        Assert.That(
            () => RequestBuilder.Build(Get("/a"), new Uri(address, kind), Json("{}")),
            Throws.ArgumentException.With.Message.EqualTo(
                $"The base address must be absolute and http or https, but is '{new Uri(address, kind)}'."
            )
        );

    // A proxy or a log would show them, and no server expects them in the request's target.
    [Test]
    public void BaseAddress_WithUserAndPassword_SendsNeither()
    {
        using var request = RequestBuilder.Build(Get("/a"), new("https://user:secret@api.test/v2/"), Json("{}"));
        Assert.That(request.RequestUri!.OriginalString, Is.EqualTo("https://api.test/v2/a"));
    }

    [Test]
    public void BaseAddress_Absent_IsADefect() =>
        Assert.That(() => RequestBuilder.Build(Get("/a"), null!, Json("{}")), Throws.ArgumentNullException);

    [Test]
    public void Target_LongByItself_NamesNoArgument()
    {
        var template = Get(
            "/" + new string('a', 8192),
            Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-Long"),
            Parameter(ParameterLocation.Query, ParameterStyle.Form, name: "absent")
        );
        Assert.That(
            Violations(template, """{"X-Long":"not a part of the address"}"""),
            Is.EqualTo(new[] { "The address of the request would have 8193 characters, but may have 8192." })
        );
    }

    // Two lists that are short enough alone; a header is limited with them, because servers limit both together.
    [Test]
    public void Arguments_TogetherAbove64Kilobytes_AreRefusedWithTheOneThatIsTooMuch()
    {
        var template = Get(
            "/a",
            Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-A"),
            Parameter(ParameterLocation.Header, ParameterStyle.Simple, name: "X-B")
        );
        // The limit counts the quotes too.
        var rest = new string('b', 65_536 - 1000 - 4);
        var fits = $$"""{"X-A":"{{new string('a', 1000)}}","X-B":"{{rest}}"}""";
        Assert.That(Header(template, "X-B", fits), Is.EqualTo(rest));
        Assert.That(
            Violations(template, fits.Replace("\"X-B\":\"", "\"X-B\":\"b", StringComparison.Ordinal)),
            Is.EqualTo(
                new[]
                {
                    "Argument 'X-B' must be so short that it fits into the address, which may be 65536 bytes with all that goes there, "
                        + "but is longer. Send fewer values at a time.",
                }
            )
        );
    }

    [Test]
    public void Argument_UsedTwiceInThePath_IsReportedOnce() =>
        Assert.That(
            Violations(
                Get("/{id}/b/{id}", Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id")),
                """{"id":"\ud800"}"""
            ),
            Is.EqualTo(
                new[] { "Argument 'id' must be valid Unicode, but holds a lone surrogate or a broken byte sequence." }
            )
        );

    [TestCase("null")]
    [TestCase("{}")]
    public void Arguments_NullOrEmpty_AreNoArguments(string arguments) =>
        Assert.That(Target(Get("/a"), arguments), Is.EqualTo("/a"));

    [Test]
    public void Arguments_Undefined_AreNoArguments()
    {
        using var request = RequestBuilder.Build(Get("/a"), Address, default);
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo("/a"));
    }

    // RFC 6570 §3.2.3 keeps a triplet. A percent sign that begins none is escaped.
    [TestCase("%4", "%254")]
    [TestCase("%", "%25")]
    [TestCase("%4g", "%254g")]
    [TestCase("%g4", "%25g4")]
    [TestCase("%zz%41", "%25zz%41")]
    [TestCase("a%e9", "a%e9")]
    public void Query_AllowReserved_KeepsWholeTripletsOnly(string value, string expected) =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, ParameterStyle.Form, allowReserved: true)),
                $$"""{"color":"{{value}}"}"""
            ),
            Is.EqualTo("/a?color=" + expected)
        );

    // A media type that is not JSON: the text itself is sent.
    [TestCase("text/plain", "\"a b\"", "a%20b")]
    [TestCase("text/plain", "[1]", "%5B1%5D")]
    [TestCase("application/json", "\"a b\"", "%22a%20b%22")]
    [TestCase("application/vnd.api+json; charset=utf-8", "\"a\"", "%22a%22")]
    [TestCase("application/json ;charset=utf-8", "\"a\"", "%22a%22")]
    [TestCase("application/json-seq", "\"a\"", "a")]
    public void Content_OfAMediaType_IsJsonForJsonTypesOnly(string mediaType, string value, string expected)
    {
        var arguments = $$"""{"color":{{value}}}""";
        var query = Parameter(ParameterLocation.Query, ParameterStyle.Form, contentType: mediaType);
        Assert.That(Target(Get("/a", query), arguments), Is.EqualTo("/a?color=" + expected));
        var path = Parameter(ParameterLocation.Path, ParameterStyle.Simple, contentType: mediaType);
        Assert.That(Target(Get("/a/{color}", path), arguments), Is.EqualTo("/a/" + expected));
    }

    [Test]
    public void Content_OfAPath_IsNotNullButMayBeAnEmptyList()
    {
        var template = Get(
            "/a/{color}",
            Parameter(ParameterLocation.Path, ParameterStyle.Simple, contentType: "application/json")
        );
        Assert.That(Target(template, """{"color":[]}"""), Is.EqualTo("/a/%5B%5D"));
        Assert.That(Violations(template, """{"color":null}"""), Has.Count.EqualTo(1).And.All.EndsWith("but is null."));
    }

    [TestCase("[]", "is empty")]
    [TestCase("{}", "is empty")]
    [TestCase("null", "is null")]
    public void Path_WithoutAValue_SaysWhatWasFound(string value, string found) =>
        Assert.That(
            Violations(
                Get("/a/{color}", Parameter(ParameterLocation.Path, ParameterStyle.Simple)),
                $$"""{"color":{{value}}}"""
            ),
            Has.Count.EqualTo(1).And.All.EndsWith($", but {found}.")
        );

    [TestCase("/a/{color", "/a/%7Bcolor")]
    [TestCase("/a/{color}/{b", "/a/x/%7Bb")]
    [TestCase("/a}/{color}", "/a%7D/x")]
    [TestCase("/{color}{color}", "/xx")]
    [TestCase("/a?by={color}", "/a?by=x")]
    public void Path_Template_IsReadAtItsBraces(string path, string expected) =>
        Assert.That(
            Target(Get(path, Parameter(ParameterLocation.Path, ParameterStyle.Simple)), """{"color":"x"}"""),
            Is.EqualTo(expected)
        );

    // Only a parameter of the path fills a placeholder.
    [Test]
    public void Path_PlaceholderThatIsAQueryParameter_IsADefect() =>
        Assert.That(
            () =>
                Target(Get("/a/{color}", Parameter(ParameterLocation.Query, ParameterStyle.Form)), """{"color":"x"}"""),
            Throws.ArgumentException.With.Message.EqualTo("The path '/a/{color}' has no parameter 'color'.")
        );
}
