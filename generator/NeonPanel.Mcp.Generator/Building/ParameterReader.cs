using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

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
        var parameters = new Dictionary<(string, ParameterLocation), ParameterModel>();
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
                    // A lookup beside a reference applies to this operation only.
                    if (LookupReader.Read(items[index], JsonPointer.Append(pointer, index), document.Root) is { } own)
                    {
                        parameter = parameter with { Schema = parameter.Schema with { Lookup = own } };
                    }

                    // A parameter of the operation overrides one of the path (OpenAPI 3.1, "Path Item Object").
                    parameters[KeyOf(parameter)] = parameter;
                }
            }
        }

        AddUndeclared(source, parameters);
        return [.. parameters.Values];
    }

    // Header names are case-insensitive (RFC 9110 §5.1).
    private static (string Name, ParameterLocation Location) KeyOf(ParameterModel parameter) =>
        parameter.Location == ParameterLocation.Header
            ? (parameter.Name.ToUpperInvariant(), parameter.Location)
            : (parameter.Name, parameter.Location);

    // Adds the placeholders of the path that no parameter declares.
    private void AddUndeclared(
        OperationSource source,
        Dictionary<(string, ParameterLocation), ParameterModel> parameters
    )
    {
        var undeclared = new List<string>();
        foreach (var placeholder in Placeholders(RequestPath(source.Path, parameters.Values)).Distinct())
        {
            if (!parameters.ContainsKey((placeholder, ParameterLocation.Path)))
            {
                parameters[(placeholder, ParameterLocation.Path)] = new(
                    placeholder,
                    ParameterLocation.Path,
                    placeholder,
                    ParameterStyle.Simple,
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
            .Where(parameter => parameter.Location == ParameterLocation.Query)
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
        ParameterLocation? location = map.Text("in") switch
        {
            "path" => ParameterLocation.Path,
            "query" or "querystring" => ParameterLocation.Query,
            "header" => ParameterLocation.Header,
            "cookie" => ParameterLocation.Cookie,
            _ => null,
        };
        if (ReasonAgainst(location, name, map, source) is { } reason)
        {
            tell(pointer, $"The parameter '{PlainText.Line(name)}' is left out: {reason}.");
            return null;
        }

        var (contentType, schema) = ReadSchema(map, pointer, depth);
        var style = ParameterStyles.Read(map) ?? DefaultStyle(location);
        if (map.Text("in") == "querystring")
        {
            CheckQueryString(contentType, pointer);
            contentType = null;
            style = ParameterStyle.Form;
        }

        var text = rewrite(map.Text("description"));
        return new(
            name,
            location!.Value,
            name,
            style,
            map.Text("explode") is { } explode ? explode == "true" : style == ParameterStyle.Form,
            location == ParameterLocation.Path || map.IsTrue("required"),
            map.IsTrue("allowReserved"),
            contentType,
            schema with
            {
                Description = text.Length > 0 ? text : schema.Description,
                IsDeprecated = schema.IsDeprecated || map.IsTrue("deprecated"),
                Lookup = LookupReader.Read(map, pointer, document.Root) ?? schema.Lookup,
            }
        )
        {
            ItemStyles = ParameterStyles.ReadItems(map),
        };
    }

    private static string? ReasonAgainst(
        ParameterLocation? location,
        string name,
        JsonNode? map,
        OperationSource source
    ) =>
        location switch
        {
            null => $"'in' is '{map.Text("in")}'; expected path, query, querystring, header or cookie",
            _ when name.Length == 0 => "it has no name",
            ParameterLocation.Path when !Placeholders(source.Path).Contains(name) => $"the path has no '{{{name}}}'",
            ParameterLocation.Header when OwnHeaders.Contains(name) =>
                "this header is not described by parameters (OpenAPI 3.1, \"Parameter Object\"), or belongs to the connection",
            ParameterLocation.Header when !name.All(HttpToken.IsCharacter) =>
                "a header's name is a token (RFC 9110 §5.6.2)",
            _ => null,
        };

    private static ParameterStyle DefaultStyle(ParameterLocation? location) =>
        location is ParameterLocation.Path or ParameterLocation.Header ? ParameterStyle.Simple : ParameterStyle.Form;

    // A parameter has a schema, or a content with one media type that has a schema.
    private (string? ContentType, SchemaModel Schema) ReadSchema(JsonNode? map, string pointer, int depth)
    {
        if (map.Get("content") is not JsonObject { Count: > 0 } types)
        {
            return (null, schemas.Normalize(map.Get("schema"), pointer + "/schema", depth));
        }

        var type = types.AsEnumerable().First().Key;
        var (media, place) = document.Media(types, type, pointer);
        return (type, schemas.Normalize(media.Get("schema"), place + "/schema", depth));
    }

    // OpenAPI 3.2: the parameter is the whole query string. As a form, its members become name-value pairs.
    private void CheckQueryString(string? contentType, string pointer)
    {
        if (contentType is null || MediaTypes.Plain(contentType) != "application/x-www-form-urlencoded")
        {
            throw new FaultException(
                new(
                    DiagnosticIds.NotCallable,
                    Severity.Warning,
                    document.File,
                    pointer,
                    $"The query string is described as '{contentType}'; only application/x-www-form-urlencoded can be written."
                )
            );
        }
    }
}
