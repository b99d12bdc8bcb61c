using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>D4: no value changes where a path leads.</summary>
public sealed class PathSafetyTests
{
    private static readonly RequestTemplate Bills = Get(
        "/api/v1/companies/{id}/bills",
        Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id")
    );

    [TestCase("\"\"")]
    [TestCase("\".\"")]
    [TestCase("\"..\"")]
    [TestCase("\" .. \"")]
    [TestCase("\"../admin\"")]
    [TestCase("\"a/../../b\"")]
    [TestCase("\"a/./b\"")]
    [TestCase("\"a/..\"")]
    [TestCase("\"a\\\\b\"")]
    [TestCase("\"..;x=1\"")]
    [TestCase("\".;\"")]
    [TestCase("\"a/..;/b\"")]
    [TestCase("\"%2e%2e\"")]
    [TestCase("\"%2E.\"")]
    [TestCase("\".%2e%2fadmin\"")]
    [TestCase("\"..%2fadmin\"")]
    [TestCase("\"..%5cadmin\"")]
    [TestCase("\"%2e%2e%3bx\"")]
    [TestCase("\"%252e%252e\"")]
    [TestCase("\"%25252e%25252e%25252fadmin\"")]
    [TestCase("\"%c0%ae%C0%AE/admin\"")]
    [TestCase("\"%c0%ae%c0%ae%c0%afadmin\"")]
    [TestCase("\"%c0%ae%c0%ae\"")]
    [TestCase("\"a/%c0%ae\"")]
    [TestCase("\"x%c1%9cy\"")]
    [TestCase("\"x%c0%80\"")]
    [TestCase("\"a%00\"")]
    [TestCase("\"a%0d%0aX: 1\"")]
    [TestCase("\"a%5cb\"")]
    [TestCase("\"/\"")]
    [TestCase("\"%2f%2F\"")]
    [TestCase("\"a\\u0000b\"")]
    [TestCase("\"a\\r\\nb\"")]
    [TestCase("\"a\\u007fb\"")]
    [TestCase("\"a\\u0085b\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("\"\\udc00x\"")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("[\"a\",\"..\"]")]
    [TestCase("[\"a\",\"../b\"]")]
    [TestCase("[\"\"]")]
    [TestCase("{\"..\":\"a\"}")]
    [TestCase("{\"\\ud800\":\"a\"}")]
    public void Path_DangerousValue_IsRefusedByName(string value) =>
        Assert.That(
            Violations(Bills, $$"""{"id":{{value}}}"""),
            Has.Count.EqualTo(1).And.All.StartsWith("Argument 'id' must be ").And.All.Contains(", but ")
        );

    // SKUs hold these; they arrive inside their segment (RFC 6570 §3.2.2).
    [TestCase("\"AB/12\"", "AB%2F12")]
    [TestCase("\"SHIRT#1\"", "SHIRT%231")]
    [TestCase("\"100% cotton\"", "100%25%20cotton")]
    [TestCase("\"50%abc\"", "50%25abc")]
    [TestCase("\"%c1 %cafe\"", "%25c1%20%25cafe")]
    [TestCase("\"%c2%ae%c2%ae\"", "%25c2%25ae%25c2%25ae")]
    [TestCase("\"%c0%c0\"", "%25c0%25c0")]
    [TestCase("\"%c0%7e%c0%2e\"", "%25c0%257e%25c0%252e")]
    [TestCase("\"%c0+ae%c0%a\"", "%25c0%2Bae%25c0%25a")]
    [TestCase("\"a?b=c&d\"", "a%3Fb%3Dc%26d")]
    [TestCase("\"%41%2F\"", "%2541%252F")]
    [TestCase("\"/a//b/\"", "%2Fa%2F%2Fb%2F")]
    [TestCase("\"//evil.test\"", "%2F%2Fevil.test")]
    [TestCase("\"https://evil.test/x\"", "https%3A%2F%2Fevil.test%2Fx")]
    [TestCase("\"a;..\"", "a%3B..")]
    [TestCase("\"...\"", "...")]
    [TestCase("\"a..b\"", "a..b")]
    [TestCase("\"@evil.test\"", "%40evil.test")]
    [TestCase("\"a:b;c=d,e\"", "a%3Ab%3Bc%3Dd%2Ce")]
    [TestCase("\" a \"", "%20a%20")]
    [TestCase("\"Ünï\"", "%C3%9Cn%C3%AF")]
    [TestCase("\"\\ud83d\\ude00\"", "%F0%9F%98%80")]
    [TestCase("12345678901234567890.10", "12345678901234567890.10")]
    [TestCase("true", "true")]
    public void Path_OrdinaryValue_IsEscaped(string value, string expected) =>
        Assert.That(Target(Bills, $$"""{"id":{{value}}}"""), Is.EqualTo($"/api/v1/companies/{expected}/bills"));

    [Test]
    public void Path_EmptyText_IsCalledEmpty() =>
        Assert.That(
            Violations(Bills, """{"id":""}"""),
            Has.Count.EqualTo(1).And.All.EndsWith(", but is empty or has an empty part.")
        );

    // Each round of decoding removes one "25". Ordinary text stops changing earlier.
    [TestCase(6, true)]
    [TestCase(7, false)]
    public void Path_ValueEncodedAgainAndAgain_IsFollowedForEightRounds(int times, bool isSent)
    {
        var value = "%" + string.Concat(Enumerable.Repeat("25", times)) + "41";
        Assert.That(PathSegment.FaultOf(value), Is.EqualTo(isSent ? null : "is percent-encoded too many times"));
    }

    [Test]
    public void Segment_Null_IsADefect() => Assert.That(() => PathSegment.FaultOf(null!), Throws.ArgumentNullException);

    [TestCase("{}")]
    [TestCase("null")]
    public void Path_ValueAbsent_IsRefusedThoughNotMarkedRequired(string arguments) =>
        Assert.That(Violations(Bills, arguments), Is.EqualTo(new[] { "Argument 'id' is required, but is absent." }));

    [TestCase("/{a}{b}/x", "\".x\"", "\".\"")]
    [TestCase("/x/.{a}{b}", "\".\"", "\".\"")]
    public void Path_PlaceholdersSideBySide_DoNotFormDotSegments(string path, string a, string b) =>
        Assert.That(
            Violations(
                Get(
                    path,
                    Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "a"),
                    Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "b")
                ),
                $$"""{"a":{{a}},"b":{{b}}}"""
            ),
            Is.Not.Empty
        );

    [TestCase("https://api.test", "/api/v1/companies/7/bills")]
    [TestCase("https://api.test/", "/api/v1/companies/7/bills")]
    [TestCase("https://api.test/v2", "/v2/api/v1/companies/7/bills")]
    [TestCase("https://api.test:8443/v2/", "/v2/api/v1/companies/7/bills")]
    [TestCase("http://[::1]:8080/v%202?x=1#y", "/v%202/api/v1/companies/7/bills")]
    public void Path_BaseAddress_KeepsOriginAndBasePath(string address, string expected)
    {
        using var request = RequestBuilder.Build(Bills, new(address), Json("""{"id":7}"""));
        Assert.That(request.RequestUri!.PathAndQuery, Is.EqualTo(expected));
        Assert.That(
            request.RequestUri.GetLeftPart(UriPartial.Authority),
            Is.EqualTo(new Uri(address).GetLeftPart(UriPartial.Authority))
        );
    }

    [TestCase("/bills#list", "/bills?color=r")]
    [TestCase("/bills?action=list", "/bills?action=list&color=r")]
    [TestCase("/bills?action=list&x=a b#frag", "/bills?action=list&x=a%20b&color=r")]
    [TestCase("/a b/caf\u00e9:go", "/a%20b/caf%C3%A9:go?color=r")]
    public void Path_FragmentAndLiteralQuery_AreDroppedAndPutFirst(string path, string expected) =>
        Assert.That(
            Target(Get(path, Parameter(ParameterLocation.Query, ParameterStyle.Form)), """{"color":"r"}"""),
            Is.EqualTo(expected)
        );

    [TestCase("//evil.test/x")]
    [TestCase("x")]
    [TestCase("/a\\b")]
    [TestCase("@evil.test")]
    [TestCase("/a/{missing}")]
    public void Path_WrongTemplate_IsADefect(string path) =>
        Assert.That(() => Target(Get(path), "{}"), Throws.ArgumentException);

    [TestCase("/a/../b")]
    [TestCase("/a/%2E./b")]
    public void Path_TemplateWithDotSegments_IsADefect(string path) =>
        Assert.That(() => Target(Get(path), "{}"), Throws.InvalidOperationException);

    // Two placeholders, or the template around them, cannot form a dot segment either, just as the value of one cannot.
    [TestCase("/x/.{id}", "\";a\"")]
    [TestCase("/x/%2e{id}", "\";a\"")]
    public void Path_ValueBesideADot_FormsNoDotSegment(string path, string value) =>
        Assert.That(
            () =>
                Target(
                    Get(path, Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id")),
                    $$"""{"id":{{value}}}"""
                ),
            Throws.InvalidOperationException
        );

    [TestCase("AB/12", "AB%2F12")]
    [TestCase("50%", "50%25")]
    public void Segment_OrdinaryValue_IsEscaped(string value, string expected) =>
        Assert.That(PathSegment.Escape(value, "sku"), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("..")]
    [TestCase("%2e%2e/x")]
    public void Segment_DangerousValue_IsRefusedByName(string value) =>
        Assert.That(
            () => PathSegment.Escape(value, "sku"),
            Throws
                .ArgumentException.With.Message.Contains("sku")
                .And.Message.Contains("dot")
                .Or.Message.Contains("empty")
        );

    // nginx, IIS and Kestrel refuse longer targets, some without a word.
    [Test]
    public void Target_AboveEightKilobytes_IsRefusedWithTheLongestArgument()
    {
        var template = Get(
            "/a/{id}",
            Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id"),
            Parameter(ParameterLocation.Query, ParameterStyle.Form, name: "skus", explode: true)
        );
        var longest = 8192 - "/a/1?skus=".Length;
        Assert.That(
            Target(template, $$"""{"id":1,"skus":["{{new string('x', longest)}}"]}"""),
            Has.Length.EqualTo(8192)
        );
        Assert.That(
            Violations(template, $$"""{"id":1,"skus":["{{new string('x', longest + 1)}}"]}"""),
            Is.EqualTo(
                new[]
                {
                    "The address of the request would have 8193 characters, but may have 8192. Argument 'skus' takes the most of it: send fewer or shorter values, in several calls.",
                }
            )
        );
    }
}
