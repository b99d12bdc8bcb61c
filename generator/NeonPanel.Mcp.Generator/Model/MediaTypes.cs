namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Which media type is used where several are offered: JSON, then another JSON type, form, multipart, text, and
/// at last bytes.</summary>
internal static class MediaTypes
{
    public static (string MediaType, string Kind) Choose(IEnumerable<string> offered)
    {
        var best = offered.Select((type, index) => (type, index, rank: Rank(type)))
            .OrderBy(item => item.rank).ThenBy(item => item.index).First();
        return (best.type, best.rank switch
        {
            0 or 1 => "Json",
            2 => "Form",
            3 => "Multipart",
            4 => "Text",
            _ => "Binary",
        });
    }

    /// <summary>The type without its parameters.</summary>
    public static string Plain(string type) => type.Split(';')[0].Trim();

    public static bool IsJson(string type) => Rank(type) <= 1;

    private static int Rank(string type) => Plain(type).ToLowerInvariant() switch
    {
        "application/json" or "*/*" => 0,
        var json when json.EndsWith("+json", StringComparison.Ordinal) || json.EndsWith("/json", StringComparison.Ordinal) => 1,
        "application/x-www-form-urlencoded" => 2,
        var multipart when multipart.StartsWith("multipart/", StringComparison.Ordinal) => 3,
        var text when text.StartsWith("text/", StringComparison.Ordinal) || text.EndsWith("xml", StringComparison.Ordinal) => 4,
        _ => 5,
    };
}
