using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Converts Parameter Objects into <see cref="ParameterModel"/>s (rule E4).</summary>
/// <param name="tell">Receives the position and text of a warning.</param>
internal sealed class ParameterReader(
    SpecificationDocument document,
    SchemaNormalizer schemas,
    Func<string?, string> rewrite,
    Action<string, string> tell
)
{
    // OpenAPI says to ignore parameters named Accept, Content-Type and Authorization. The other headers belong to the
    // connection, or are set elsewhere in the server.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Cookie",
        "Expect",
        "Host",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    /// <summary>Reads the parameters of an operation and of its path. Parameters of the operation override those of the
    /// path.</summary>
    /// <exception cref="FaultException">A parameter has a broken reference, or cannot be sent.</exception>
    public List<ParameterModel> Read(OperationSource source, int depth)
    {
        var parameters = new Dictionary<(string, string), ParameterModel>();
        foreach (
            var (list, pointer) in new[]
            {
                (source.PathItem["parameters"], source.PathPointer + "/parameters"),
                (source.Operation["parameters"], source.Pointer + "/parameters"),
            }
        )
        {
            var items = list as JsonArray ?? [];
            for (var index = 0; index < items.Count; index++)
            {
                var (node, place) = document.Resolve(items[index], JsonPointer.Append(pointer, index));
                if (ReadParameter(node, place, source, depth) is { } parameter)
                {
                    // A parameter of the operation overrides one of the path (OpenAPI 3.1, "Path Item Object"). Header
                    // names are case-insensitive (RFC 9110 §5.1).
                    parameters[
                        (
                            parameter.Location == "Header" ? parameter.Name.ToUpperInvariant() : parameter.Name,
                            parameter.Location
                        )
                    ] = parameter;
                }
            }
        }

        var undeclared = new List<string>();
        foreach (var placeholder in Placeholders(RequestPath(source.Path, parameters.Values)).Distinct())
        {
            if (!parameters.ContainsKey((placeholder, "Path")))
            {
                parameters[(placeholder, "Path")] = new(
                    placeholder,
                    "Path",
                    placeholder,
                    "Simple",
                    false,
                    true,
                    false,
                    null,
                    new() { Types = ["string"] }
                );
                undeclared.Add(placeholder);
            }
        }

        if (undeclared.Count > 0)
        {
            tell(
                source.Pointer,
                $"The path names {string.Join(", ", undeclared.Select(name => $"'{{{name}}}'"))}, but no path parameter of that name "
                    + "is declared; each is treated as a required string."
            );
        }

        return [.. parameters.Values];
    }

    /// <summary>Returns the path to send. In <c>/search?q={q}</c>, the query string repeats the query parameter
    /// <c>q</c>, so it is removed.</summary>
    public static string RequestPath(string path, IEnumerable<ParameterModel> parameters)
    {
        var parts = path.Split('?', 2);
        if (parts.Length == 1)
        {
            return path;
        }

        var declared = parameters
            .Where(parameter => parameter.Location == "Query")
            .Select(parameter => $"{parameter.Name}={{{parameter.Name}}}")
            .ToHashSet(StringComparer.Ordinal);
        var query = string.Join('&', parts[1].Split('&').Where(pair => !declared.Contains(pair)));
        return query.Length == 0 ? parts[0] : parts[0] + "?" + query;
    }

    private static IEnumerable<string> Placeholders(string path) =>
        path.Split('{')
            .Skip(1)
            .Where(part => part.Contains('}', StringComparison.Ordinal))
            .Select(part => part.Split('}')[0]);

    private ParameterModel? ReadParameter(JsonNode? map, string pointer, OperationSource source, int depth)
    {
        var name = map.Text("name") ?? "";
        var location = map.Text("in") switch
        {
            "path" => "Path",
            "query" or "querystring" => "Query",
            "header" => "Header",
            "cookie" => "Cookie",
            _ => null,
        };
        var reason = location switch
        {
            null => $"'in' is '{map.Text("in")}'; expected path, query, querystring, header or cookie",
            _ when name.Length == 0 => "it has no name",
            "Path" when !Placeholders(source.Path).Contains(name) => $"the path has no '{{{name}}}'",
            "Header" when OwnHeaders.Contains(name) =>
                "this header is not described by parameters (OpenAPI 3.1, \"Parameter Object\"), or belongs to the connection",
            "Header" when !name.All(HttpToken.IsCharacter) => "a header's name is a token (RFC 9110 §5.6.2)",
            _ => null,
        };
        if (reason is not null)
        {
            tell(pointer, $"The parameter '{PlainText.Line(name)}' is left out: {reason}.");
            return null;
        }

        var style = ParameterStyles.Read(map) ?? (location is "Path" or "Header" ? "Simple" : "Form");
        var content = map.Get("content") is JsonObject { Count: > 0 } types
            ? types.AsEnumerable().First()
            : default(KeyValuePair<string, JsonNode?>?);
        var (media, mediaPlace) = content is { } pair
            ? document.Media((JsonObject)map.Get("content")!, pair.Key, pointer)
            : (null, pointer);
        var schema = content is not null
            ? schemas.Normalize(media.Get("schema"), mediaPlace + "/schema", depth)
            : schemas.Normalize(map.Get("schema"), pointer + "/schema", depth);
        if (map.Text("in") == "querystring")
        {
            // OpenAPI 3.2: the parameter is the whole query string. As a form, its members become name-value pairs.
            if (content is null || MediaTypes.Plain(content.Value.Key) != "application/x-www-form-urlencoded")
            {
                throw new FaultException(
                    new(
                        DiagnosticIds.NotCallable,
                        Severity.Warning,
                        document.File,
                        pointer,
                        $"The query string is described as '{content?.Key}'; only application/x-www-form-urlencoded can be written."
                    )
                );
            }

            content = null;
            style = "Form";
        }

        var text = rewrite(map.Text("description"));
        return new(
            name,
            location!,
            name,
            style,
            map.Text("explode") is { } explode ? explode == "true" : style == "Form",
            location == "Path" || map.IsTrue("required"),
            map.IsTrue("allowReserved"),
            content?.Key,
            schema with
            {
                Description = text.Length > 0 ? text : schema.Description,
                IsDeprecated = schema.IsDeprecated || map.IsTrue("deprecated"),
            }
        )
        {
            Lookup = LookupModel.Read(map, pointer),
            ItemStyles = ParameterStyles.ReadItems(map),
        };
    }
}
