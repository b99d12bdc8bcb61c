using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>D4: no value changes where a path leads.</summary>
public sealed class PathSafetyTests
{
    private static readonly RequestTemplate Bills = Get(
        "/api/v1/companies/{id}/bills", Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "id"));

    [TestCase("\"\"")]
    [TestCase("\".\"")]
    [TestCase("\"..\"")]
    [TestCase("\"../admin\"")]
    [TestCase("\"a/b\"")]
    [TestCase("\"a\\\\b\"")]
    [TestCase("\"a?b\"")]
    [TestCase("\"a#b\"")]
    [TestCase("\"%2e%2e\"")]
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
    [TestCase("[\"\"]")]
    [TestCase("{\"..\":\"a\"}")]
    [TestCase("{\"\\ud800\":\"a\"}")]
    public void Path_DangerousValue_IsRefusedByName(string value) =>
        Assert.That(
            Violations(Bills, $$"""{"id":{{value}}}"""),
            Has.Count.EqualTo(1).And.All.StartsWith("Argument 'id' must be ").And.All.Contains(", but "));

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
                    Parameter(ParameterLocation.Path, ParameterStyle.Simple, name: "b")),
                $$"""{"a":{{a}},"b":{{b}}}"""),
            Is.Not.Empty);

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
            request.RequestUri.GetLeftPart(UriPartial.Authority), Is.EqualTo(new Uri(address).GetLeftPart(UriPartial.Authority)));
    }

    [TestCase("/bills#list", "/bills?color=r")]
    [TestCase("/bills?action=list", "/bills?action=list&color=r")]
    [TestCase("/bills?action=list&x=a b#frag", "/bills?action=list&x=a%20b&color=r")]
    [TestCase("/a b/caf\u00e9:go", "/a%20b/caf%C3%A9:go?color=r")]
    public void Path_FragmentAndLiteralQuery_AreDroppedAndPutFirst(string path, string expected) =>
        Assert.That(
            Target(Get(path, Parameter(ParameterLocation.Query, ParameterStyle.Form)), """{"color":"r"}"""),
            Is.EqualTo(expected));

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
}
