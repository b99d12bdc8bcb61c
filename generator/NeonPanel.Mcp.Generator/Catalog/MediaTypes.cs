namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>Selects the media type to use: JSON, then another JSON type, form, multipart, text, and finally bytes.
/// Within a kind, the first in the order of the document wins.</summary>
internal static class MediaTypes
{
    public static (string MediaType, BodyKind Kind) Choose(IEnumerable<string> offered)
    {
        var best = offered
            .Select((type, index) => (type, index, rank: Rank(type)))
            .OrderBy(item => item.rank)
            .ThenBy(item => item.index)
            .First();
        return (
            best.type,
            best.rank switch
            {
                0 or 1 => BodyKind.Json,
                2 => BodyKind.Form,
                3 => BodyKind.Multipart,
                4 => BodyKind.Text,
                _ => BodyKind.Binary,
            }
        );
    }

    /// <summary>Returns the type without its parameters.</summary>
    public static string Plain(string type) => type.Split(';')[0].Trim();

    /// <summary>Returns the value of <c>Content-Type</c>: never a range (RFC 9110 §8.3), and always UTF-8.</summary>
    public static string Sent(string type, BodyKind kind)
    {
        var plain = Plain(type);
        if (plain.Contains('*', StringComparison.Ordinal) || !plain.Contains('/', StringComparison.Ordinal))
        {
            return kind switch
            {
                BodyKind.Json => "application/json",
                BodyKind.Multipart => "multipart/form-data",
                BodyKind.Text => "text/plain; charset=utf-8",
                _ => "application/octet-stream",
            };
        }

        // Parameters such as a version or profile are part of the type. The boundary and the weight are not, because
        // the document cannot determine them.
        var parameters = type.Split(';')
            .Skip(1)
            .Select(parameter => parameter.Trim())
            .Where(parameter =>
                parameter.Length > 0
                && parameter.Split('=')[0].Trim().ToLowerInvariant() is not ("boundary" or "q" or "charset")
            )
            .ToList();
        if (kind == BodyKind.Text)
        {
            parameters.Add("charset=utf-8");
        }

        return string.Join("; ", parameters.Prepend(plain));
    }

    public static bool IsJson(string type) => Rank(type) <= 1;

    /// <summary>Returns whether a value of <c>Accept</c> has a media type that is neither JSON nor text.</summary>
    public static bool HaveBytes(string accept) => accept.Split(", ").Any(type => Rank(type) is 3 or 5);

    private static int Rank(string type) =>
        Plain(type).ToLowerInvariant() switch
        {
            "application/json" or "*/*" or "application/*" => 0,
            // A sequence of JSON texts is not a JSON text.
            "application/json-seq"
            or "application/x-ndjson"
            or "application/ndjson"
            or "application/jsonl"
            or "application/x-jsonlines" => 4,
            var json
                when json.EndsWith("+json", StringComparison.Ordinal)
                    || json.EndsWith("/json", StringComparison.Ordinal) => 1,
            "application/x-www-form-urlencoded" => 2,
            var multipart when multipart.StartsWith("multipart/", StringComparison.Ordinal) => 3,
            var text
                when text.StartsWith("text/", StringComparison.Ordinal)
                    || text.EndsWith("xml", StringComparison.Ordinal)
                    || text.EndsWith("yaml", StringComparison.Ordinal)
                    || text is "application/graphql" or "application/javascript" or "application/sql" => 4,
            _ => 5,
        };
}
