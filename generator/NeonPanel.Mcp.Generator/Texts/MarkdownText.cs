namespace NeonPanel.Mcp.Generator.Texts;

/// <summary>Writes Markdown with untrusted texts, such as those of the specification.</summary>
internal static class MarkdownText
{
    /// <summary>Returns a table; the empty string if there are no rows.</summary>
    public static string Table(string[] columns, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => $"| {string.Join(" | ", row.Select(Escape))} |\n").ToList();
        return lines.Count == 0
            ? ""
            : $"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => " --- |"))}\n{string.Concat(lines)}\n";
    }

    /// <summary>Escapes a text so that it cannot end a table cell, start a tag or a link, hide in a comment, or mention
    /// a user.</summary>
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
                        // Followed by a word joiner, because GitHub would notify the user with that name.
                        '@' => "@\u2060",
                        _ => character.ToString(),
                    }
                )
        );
}
