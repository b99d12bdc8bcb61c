using System.Text.Json;
using NeonPanel.Client.Requests;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>Short ways to say a template and to see what became of it.</summary>
internal static class Templates
{
    public static readonly Uri Address = new("https://api.test");

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static RequestParameter Parameter(
        ParameterLocation location,
        ParameterStyle style,
        bool explode = false,
        string name = "color",
        bool required = false,
        bool allowReserved = false,
        string? contentType = null
    ) => new(name, location, name, style, explode, required, allowReserved, contentType);

    public static RequestTemplate Get(string path, params RequestParameter[] parameters) =>
        new("GET", path, parameters);

    public static RequestTemplate Post(RequestBody body) => new("POST", "/x", [], body);

    public static string Target(RequestTemplate template, string arguments, string address = "https://api.test")
    {
        using var request = RequestBuilder.Build(template, new(address), Json(arguments));
        return request.RequestUri!.PathAndQuery;
    }

    public static string? Header(RequestTemplate template, string name, string arguments)
    {
        using var request = RequestBuilder.Build(template, Address, Json(arguments));
        return request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }

    public static async Task<string?> BodyAsync(RequestTemplate template, string arguments)
    {
        using var request = RequestBuilder.Build(template, Address, Json(arguments));
        return request.Content is null ? null : await request.Content.ReadAsStringAsync();
    }

    public static IReadOnlyList<string> Violations(RequestTemplate template, string arguments) =>
        Assert
            .Throws<InvalidArgumentsException>(() =>
            {
                using var request = RequestBuilder.Build(template, Address, Json(arguments));
            })!
            .Violations;
}
