using System.Net.Http.Headers;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Reads what only the headers of an answer say: where a created record is, that there is a next page, how
/// many records there
/// are, which version an answer is.</summary>
internal sealed class AnswerHeaders(ToolCatalog catalog, UpstreamOptions upstream)
{
    /// <summary>Longer values are no help to a model.</summary>
    private const int LongestValue = 2000;

    // Words in the name of a header that counts records or points to the next of them, and words in the names of
    // others.
    private static readonly string[] PageWords = ["total", "next", "pagination", "continuation", "cursor"];
    private static readonly string[] OtherWords = ["rate", "limit", "quota", "time", "cost", "trace", "auth", "secret"];

    // The arguments of all tools that take a tag, in quotes; empty where there are none.
    private readonly string tagArguments = string.Join(
        " and ",
        catalog
            .Tools.SelectMany(tool => tool.Arguments.Properties.Keys)
            .Where(name => NearestName.Plain(name) is "ifmatch" or "ifnonematch")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => $"'{name}'")
    );

    /// <returns>What the headers say, or <see langword="null"/> where that is nothing.</returns>
    public HeaderFacts? Read(ToolDescriptor tool, RawResponse response)
    {
        HeaderFacts? facts = null;
        foreach (var header in response.Headers?.NonValidated ?? default)
        {
            switch (header.Key.Length)
            {
                case 4 when Is(header.Key, "Link"):
                    if (LinkHeader.Target(header.Value.ToString(), "next") is { Length: <= LongestValue } next)
                    {
                        (facts ??= new()).NextLink = next;
                    }

                    break;
                case 4 when tagArguments.Length > 0 && Is(header.Key, "ETag"):
                    (facts ??= new()).TagNote =
                        $"ETag: {Cut(header.Value.ToString())} names this version; it is what {tagArguments} takes.";
                    break;
                case 8 when !tool.Hints.ReadOnly && Is(header.Key, "Location"):
                    if (header.Value.ToString() is { Length: <= LongestValue } location)
                    {
                        (facts ??= new()).Location = CreatedAt.Of(location, upstream.BaseAddress);
                    }

                    break;
                case >= 5 when IsAboutPages(header.Key):
                    Count(ref facts, header.Key, header.Value);
                    break;
            }
        }

        // Content-Range: items 0-9/200; of bytes it tells of a part.
        if (response.ContentRange is { } range && !range.StartsWith("bytes", StringComparison.OrdinalIgnoreCase))
        {
            (facts ??= new()).Counts.Add($"Content-Range: {Cut(range)}");
        }

        return facts;
    }

    private static void Count(ref HeaderFacts? facts, string name, HeaderStringValues value)
    {
        var text = value.ToString();
        if (text.Length is > 0 and <= LongestValue && !text.Contains("://", StringComparison.Ordinal))
        {
            (facts ??= new()).Counts.Add($"{name}: {Cut(text)}");
        }
    }

    private static bool IsAboutPages(string name) =>
        char.ToUpperInvariant(name[0]) is 'X' or 'T' or 'P' or 'N'
        && Holds(name, PageWords)
        && !Holds(name, OtherWords);

    private static bool Holds(string name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static string Cut(string text) => TextCut.First(text, 300);
}
