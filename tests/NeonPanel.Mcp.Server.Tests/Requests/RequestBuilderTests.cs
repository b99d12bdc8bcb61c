using System.Text.Json;
using NeonPanel.Client.Requests;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Requests;

internal sealed class RequestBuilderTests
{
    private static readonly Uri Api = new("https://api.example/v2");

    // The table under "Style Examples" of OpenAPI 3.1, for color = blue,black,brown and {R:100,G:200,B:150}.
    [TestCase(ParameterStyle.Matrix, false, "[\"blue\",\"black\",\"brown\"]", ";color=blue,black,brown")]
    [TestCase(ParameterStyle.Matrix, true, "[\"blue\",\"black\",\"brown\"]", ";color=blue;color=black;color=brown")]
    [TestCase(ParameterStyle.Matrix, false, "{\"R\":100,\"G\":200,\"B\":150}", ";color=R,100,G,200,B,150")]
    [TestCase(ParameterStyle.Matrix, true, "{\"R\":100,\"G\":200,\"B\":150}", ";R=100;G=200;B=150")]
    [TestCase(ParameterStyle.Label, true, "[\"blue\",\"black\",\"brown\"]", ".blue.black.brown")]
    [TestCase(ParameterStyle.Label, true, "{\"R\":100,\"G\":200,\"B\":150}", ".R=100.G=200.B=150")]
    [TestCase(ParameterStyle.Simple, false, "{\"R\":100,\"G\":200,\"B\":150}", "R,100,G,200,B,150")]
    [TestCase(ParameterStyle.Simple, true, "{\"R\":100,\"G\":200,\"B\":150}", "R=100,G=200,B=150")]
    public void Build_PathStyles_WriteWhatOpenApiShows(ParameterStyle style, bool explode, string value, string expected)
    {
        var template = new RequestTemplate("GET", "/x/{color}", [new("color", ParameterLocation.Path, "color", style, explode, Required: true)]);
        Assert.That(Build(template, $$"""{"color":{{value}}}""").RequestUri!.AbsolutePath, Is.EqualTo("/v2/x/" + expected));
    }

    [TestCase(ParameterStyle.Form, true, "[\"blue\",\"black\"]", "?color=blue&color=black")]
    [TestCase(ParameterStyle.Form, false, "[\"blue\",\"black\"]", "?color=blue,black")]
    [TestCase(ParameterStyle.Form, true, "{\"R\":100,\"G\":200}", "?R=100&G=200")]
    [TestCase(ParameterStyle.Form, false, "{\"R\":100,\"G\":200}", "?color=R,100,G,200")]
    [TestCase(ParameterStyle.SpaceDelimited, false, "[\"blue\",\"black\"]", "?color=blue%20black")]
    [TestCase(ParameterStyle.PipeDelimited, false, "[\"blue\",\"black\"]", "?color=blue%7Cblack")]
    [TestCase(ParameterStyle.DeepObject, true, "{\"R\":100,\"G\":200}", "?color%5BR%5D=100&color%5BG%5D=200")]
    [TestCase(ParameterStyle.Form, true, "\"a b&c=d/é\"", "?color=a%20b%26c%3Dd%2F%C3%A9")]
    [TestCase(ParameterStyle.Form, true, "12345678901234567890.10", "?color=12345678901234567890.10")]
    public void Build_QueryStyles_WriteWhatOpenApiShows(ParameterStyle style, bool explode, string value, string expected)
    {
        var template = new RequestTemplate("GET", "/x", [new("color", ParameterLocation.Query, "color", style, explode)]);
        Assert.That(Build(template, $$"""{"color":{{value}}}""").RequestUri!.Query, Is.EqualTo(expected));
    }

    [TestCase("\"..\"")]
    [TestCase("\".\"")]
    [TestCase("\"\"")]
    [TestCase("\"a/b\"")]
    [TestCase("\"a\\\\b\"")]
    [TestCase("\"a?b\"")]
    [TestCase("\"a#b\"")]
    [TestCase("\"%2e%2e\"")]
    [TestCase("\"a\\r\\nb\"")]
    [TestCase("null")]
    public void Build_PathValueThatCouldMoveTheRequest_IsRefused(string value)
    {
        var template = new RequestTemplate("GET", "/x/{id}/y", [new("id", ParameterLocation.Path, "id", ParameterStyle.Simple, false, Required: true)]);
        var exception = Assert.Throws<InvalidArgumentsException>(() => Build(template, $$"""{"id":{{value}}}"""));
        Assert.That(exception!.Violations.Single(), Does.StartWith("Argument 'id' "));
    }

    [Test]
    public async Task Build_JsonBody_KeepsDigitsAndTellsAbsentFromNull()
    {
        var template = new RequestTemplate("POST", "/x", [], new("application/json", RequestBodyKind.Json, Required: true, Members:
            [new("amount", "amount"), new("memo", "memo"), new("other", "other"), new("type", "body_type")]));
        using var request = Build(template, """{"amount":0.10000000000000000001,"memo":null,"body_type":"a"}""");
        Assert.That(await request.Content!.ReadAsStringAsync(), Is.EqualTo("""{"amount":0.10000000000000000001,"memo":null,"type":"a"}"""));
    }

    [Test]
    public async Task Build_RequiredBodyWithoutMembers_IsAnEmptyObjectWhereTheSchemaAllowsIt()
    {
        var body = new RequestBody("application/json", RequestBodyKind.Json, Required: true, Members: [new("a", "a")]) { EmptyObjectAllowed = true };
        using var request = Build(new("PUT", "/x", [], body), "{}");
        Assert.That(await request.Content!.ReadAsStringAsync(), Is.EqualTo("{}"));
    }

    [Test]
    public void Build_SeveralMissing_AreNamedTogether()
    {
        var template = new RequestTemplate("POST", "/x/{id}",
            [new("id", ParameterLocation.Path, "id", ParameterStyle.Simple, false, Required: true), new("q", ParameterLocation.Query, "q", ParameterStyle.Form, true, Required: true)],
            new("application/json", RequestBodyKind.Json, Required: true, Members: [new("name", "name", Required: true)]));
        var exception = Assert.Throws<InvalidArgumentsException>(() => Build(template, "{}"));
        Assert.That(exception!.Violations.Select(text => text.Split('\'')[1]), Is.EqualTo(new[] { "id", "q", "name" }));
    }

    [Test]
    public void Build_DeleteWithoutBody_HasAnEmptyContent()
    {
        // Without a content, .NET repeats a DELETE on a connection reset.
        using var request = Build(new("DELETE", "/x", []), "{}");
        Assert.That(request.Content, Is.Not.Null);
        Assert.That(request.Content!.Headers.ContentType, Is.Null);
    }

    private static HttpRequestMessage Build(RequestTemplate template, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        return RequestBuilder.Build(template, Api, document.RootElement.Clone());
    }
}
