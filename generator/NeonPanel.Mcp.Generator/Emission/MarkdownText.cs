using NeonPanel.Mcp.Generator.Normalization;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Markdown that texts of the specification cannot break out of.</summary>
internal static class MarkdownText
{
    /// <summary>A table; nothing when it has no rows.</summary>
    public static string Table(string[] columns, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => $"| {string.Join(" | ", row.Select(Escape))} |\n").ToList();
        return lines.Count == 0
            ? ""
            : $"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => " --- |"))}\n{string.Concat(lines)}\n";
    }

    /// <summary>A text that cannot end a cell, begin a tag or a link, hide in a comment, or call a person.</summary>
    public static string Escape(string text) =>
        string.Concat(
            PlainText
                .Line(text)
                .Select(character =>
                    character switch
                    {
                        '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '!' or '#' or '~' => "\\" + character,
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '&' => "&amp;",
                        // A word joiner behind it: GitHub would notify whoever has that name.
                        '@' => "@\u2060",
                        _ => character.ToString(),
                    }
                )
        );
}
