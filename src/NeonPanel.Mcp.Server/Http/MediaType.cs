namespace NeonPanel.Mcp.Server.Http;

/// <summary>Recognizes kinds of media types. Arguments are in lower case and without parameters.</summary>
internal static class MediaType
{
    public static bool IsJson(string type) =>
        type is "application/json" or "text/json" || type.EndsWith("+json", StringComparison.Ordinal);

    public static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal)
        || type.EndsWith("+xml", StringComparison.Ordinal)
        || type.EndsWith("+yaml", StringComparison.Ordinal)
        || type
            is "application/xml"
                or "application/csv"
                or "application/yaml"
                or "application/x-ndjson"
                or "application/jsonl";
}
