using System.Text;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The page with changes between versions of the specification and the server. It shows the change log that
/// <c>refresh --changelog</c> writes. It supports only the Markdown that occurs there: headings, lists, paragraphs,
/// code and links.</summary>
internal static class ChangesPage
{
    public static Html Write(string name, string specificationVersion, string hash)
    {
        using var stream = typeof(ChangesPage).Assembly.GetManifestResourceStream("CHANGELOG.md");
        using var reader = stream is null ? null : new StreamReader(stream);
        return Write(name, specificationVersion, hash, reader?.ReadToEnd());
    }

    /// <param name="changelog">The change log, or <see langword="null"/> if the build has none.</param>
    public static Html Write(string name, string specificationVersion, string hash, string? changelog) =>
        PageLayout.Write(
            $"Changes of the {name} MCP server",
            name,
            Html.Of(
                $"""
                <h1>Changes</h1>
                <p class="lead">What the last versions changed, of the tools and of the server. Names of tools and arguments stay; what may break a client is said to.</p>
                <p>Now: specification {specificationVersion}, catalogue <code>{hash}</code>.</p>
                {(changelog is null ? Html.Of($"<p>No changes are recorded for this build.</p>") : Blocks(changelog))}
                """
            )
        );

    private static Html Blocks(string markdown)
    {
        var html = new StringBuilder();
        var depth = 0;
        var paragraph = new StringBuilder();
        foreach (var line in markdown.Split('\n').SkipWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            var text = line.Trim();
            var indent = line.Length - line.TrimStart().Length;
            if (text.Length == 0)
            {
                Flush();
            }
            else if (text.TrimStart('#') is var heading && heading.Length < text.Length && heading.StartsWith(' '))
            {
                Flush();
                Nest(0);
                var level = Math.Clamp(text.Length - heading.Length, 2, 4);
                html.Append($"<h{level}>{Inline(heading.Trim()).Markup}</h{level}>\n");
            }
            else if (text.StartsWith("- ", StringComparison.Ordinal))
            {
                Flush();
                Nest((indent / 2) + 1);
                html.Append("<li>");
                paragraph.Append(text.AsSpan(2));
            }
            else
            {
                if (indent == 0 && paragraph.Length == 0)
                {
                    Nest(0);
                }

                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(text);
            }
        }

        Flush();
        Nest(0);
        return new(html.ToString());

        void Flush()
        {
            if (paragraph.Length > 0)
            {
                var inline = Inline(paragraph.ToString()).Markup;
                html.Append(depth > 0 ? inline + "\n" : $"<p>{inline}</p>\n");
                paragraph.Clear();
            }
        }

        void Nest(int wanted)
        {
            html.Insert(html.Length, "<ul>", Math.Max(0, wanted - depth));
            html.Insert(html.Length, "</ul>\n", Math.Max(0, depth - wanted));
            depth = wanted;
        }
    }

    // `code` and [text](address). Links into the repository do not work on this page, so only their text is kept.
    private static Html Inline(string text)
    {
        var parts = new List<Html>();
        foreach (var (part, isCode) in text.Split('`').Select((part, index) => (part, index % 2 == 1)))
        {
            parts.Add(isCode ? Html.Of($"<code>{part}</code>") : Html.Of($"{WithoutLinks(part)}"));
        }

        return Html.Join(parts);
    }

    private static string WithoutLinks(string text)
    {
        var plain = new StringBuilder();
        while (
            text.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open
            && text.IndexOf("](", open, StringComparison.Ordinal) is >= 0 and var middle
            && text.IndexOf(')', middle) is >= 0 and var close
        )
        {
            plain.Append(text, 0, open).Append(text, open + 1, middle - open - 1);
            text = text[(close + 1)..];
        }

        return plain.Append(text).Replace("\\", "").ToString();
    }
}
