using System.Net.Http.Headers;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Reads facts that only the headers of a response contain: the address of a created record, the existence of
/// a next page, the number of records, and the version of the record.</summary>
internal sealed class AnswerHeaders(ToolCatalog catalog, UpstreamOptions upstream)
{
    /// <summary>Longest value to pass on, in characters. Longer values do not help a model.</summary>
    private const int LongestValue = 2000;

    // Words in the names of headers that count records or point to the next ones, and words that exclude a header.
    private static readonly string[] PageWords = ["total", "next", "pagination", "continuation", "cursor"];
    private static readonly string[] OtherWords = ["rate", "limit", "quota", "time", "cost", "trace", "auth", "secret"];

    // The quoted names of all tool arguments that accept an ETag; empty if there are none.
    private readonly string tagArguments = string.Join(
        " and ",
        catalog
            .Tools.SelectMany(tool => tool.Arguments.Properties.Keys)
            .Where(name => NearestName.Plain(name) is "ifmatch" or "ifnonematch")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => $"'{name}'")
    );

    /// <returns>The facts, or <see langword="null"/> if the headers contain none.</returns>
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
                        $"ETag: {Cut(header.Value.ToString())} names this version; pass it in {tagArguments}.";
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

        // Content-Range: items 0-9/200. A range of bytes is about a part of one record, not about a list.
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
