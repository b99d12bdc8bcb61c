using System.Text.Json;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Testing;

/// <summary>An operation as the document declares it. It is read from the document alone, so that a fault of the
/// generator shows as a difference.</summary>
internal sealed class DeclaredOperation
{
    private readonly JsonElement document;
    private readonly string method;
    private readonly string path;
    private readonly List<JsonElement> parameters;
    private readonly HashSet<string> mediaTypes;
    private readonly IReadOnlySet<string> added;

    private DeclaredOperation(
        JsonElement document,
        ToolDescriptor tool,
        JsonElement item,
        JsonElement operation,
        IReadOnlySet<string> added
    )
    {
        this.document = document;
        this.added = added;
        method = tool.Method;
        path = tool.Path;
        // An operation's own parameter replaces that of its path (OpenAPI 3.1.1, "Path Item Object").
        parameters =
        [
            .. List(operation, "parameters")
                .Concat(List(item, "parameters"))
                .DistinctBy(one => (Text(one, "in"), Text(one, "name"))),
        ];
        mediaTypes = [.. MediaTypes(operation)];
    }

    /// <param name="added">The query parameters that the overlay adds.</param>
    /// <returns><see langword="null"/> if the document does not have the operation.</returns>
    public static DeclaredOperation? Find(JsonElement document, ToolDescriptor tool, IReadOnlySet<string> added)
    {
        if (Member(document, "paths") is not { } paths || Member(paths, tool.Path) is not { } named)
        {
            return null;
        }

        var item = Resolve(document, named);
        return Member(item, tool.Method.ToLowerInvariant()) is { } operation
            ? new(document, tool, item, operation, added)
            : null;
    }

    /// <summary>Returns what the request has that the operation does not declare, and what it lacks.</summary>
    public IEnumerable<string> Differences(SentRequest sent)
    {
        if (sent.Method != method)
        {
            yield return $"method {sent.Method} instead of {method}";
        }

        if (!Regex.IsMatch(sent.Address.AbsolutePath, PathPattern()))
        {
            yield return $"path {sent.Address.AbsolutePath} instead of {path}";
        }

        var query = Query(sent.Address.Query).ToList();
        foreach (var name in query.Where(name => !IsDeclared(name)))
        {
            yield return $"query parameter '{name}' is not declared";
        }

        foreach (var name in Required("query").Where(name => !query.Exists(sentName => IsPartOf(sentName, name))))
        {
            yield return $"query parameter '{name}' is missing";
        }

        foreach (var name in Required("header").Where(name => !sent.Headers.Contains(name)))
        {
            yield return $"header '{name}' is missing";
        }

        if (sent.MediaType is { } type && mediaTypes.Count > 0 && !mediaTypes.Contains(type) && !HasRange())
        {
            yield return $"body of type {type} instead of {string.Join(" or ", mediaTypes)}";
        }
    }

    private bool HasRange() => mediaTypes.Any(type => type.Contains('*', StringComparison.Ordinal));

    private string PathPattern() =>
        Regex.Replace(
            Regex.Escape(path.Split('?', '#')[0]).Replace("}", "\\}", StringComparison.Ordinal),
            @"\\\{.*?\\\}",
            "[^/{}]+"
        ) + "$";

    private bool IsDeclared(string name) =>
        path.Contains('?', StringComparison.Ordinal)
        || added.Contains(name)
        || parameters.Exists(parameter =>
            Text(parameter, "in") is "query" or "querystring"
            && (IsPartOf(name, Text(parameter, "name")) || HasMembers(parameter))
        );

    // An exploded object sends each member under its own name (OpenAPI 3.1.1, "Style Values").
    private bool HasMembers(JsonElement parameter) =>
        Text(parameter, "in") == "querystring"
        || (
            Member(parameter, "schema") is { } schema
            && Resolve(document, schema) is var resolved
            && (Member(resolved, "properties") ?? Member(resolved, "additionalProperties")) is not null
        );

    private static bool IsPartOf(string sent, string name) =>
        sent == name || sent.StartsWith(name + "[", StringComparison.Ordinal);

    private IEnumerable<string> Required(string place) =>
        parameters
            .Where(parameter =>
                Text(parameter, "in") == place
                && Member(parameter, "required") is { ValueKind: JsonValueKind.True }
                && !HasMembers(parameter)
            )
            .Select(parameter => Text(parameter, "name"));

    private IEnumerable<string> MediaTypes(JsonElement operation)
    {
        if (Member(operation, "requestBody") is { } body)
        {
            return Member(Resolve(document, body), "content") is { } content
                ? content.EnumerateObject().Select(type => type.Name.Split(';')[0].Trim())
                : [];
        }

        // Swagger 2.0.
        var consumes = Member(operation, "consumes") ?? Member(document, "consumes");
        return consumes is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(type => type.GetString()!.Split(';')[0].Trim())
            : [];
    }

    private static IEnumerable<string> Query(string query) =>
        query
            .TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' ')));

    private IEnumerable<JsonElement> List(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(item => Resolve(document, item))
            : [];

    private static string Text(JsonElement owner, string name) => Member(owner, name)?.ToString() ?? "";

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement Resolve(JsonElement document, JsonElement value)
    {
        // A chain of references longer than this is a circle.
        for (var step = 0; step < 32; step++)
        {
            if (
                Member(value, "$ref")?.ToString() is not { } reference
                || !reference.StartsWith("#/", StringComparison.Ordinal)
            )
            {
                return value;
            }

            var target = (JsonElement?)document;
            foreach (var token in reference[2..].Split('/'))
            {
                var name = Uri.UnescapeDataString(token)
                    .Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal);
                target = target is { } owner ? Member(owner, name) : null;
            }

            value = target ?? default;
        }

        return value;
    }
}
