using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Finds in an answer that there is a next page, and where it begins, by the names that public APIs use: a
/// cursor, an address, the number of a page, or how many items to pass over.</summary>
internal sealed class AnswerPages
{
    private const int MaxDepth = 3;

    /// <summary>A longer text is no place in a list.</summary>
    private const int LongestText = 4000;

    // Members that hold what is said of the page, in lower case without what stands between words.
    private static readonly string[] Holders =
    [
        "meta",
        "metadata",
        "pagination",
        "paging",
        "page",
        "pageinfo",
        "links",
        "next",
        "cursors",
        "payload",
        "result",
        "responsemetadata",
        "listmetadata",
    ];

    private static readonly string[] Tokens =
    [
        "next",
        "nextcursor",
        "nexttoken",
        "nextpagetoken",
        "nextpagecursor",
        "continuationtoken",
        "nextoffset",
        "nextpage",
        "nextpageurl",
        "nextlink",
        "odatanextlink",
        "nextmarker",
        "nexthref",
    ];

    private static readonly string[] Currents = ["currentpage", "page", "pagenumber", "pageno", "pagenum", "pagepage"];
    private static readonly string[] Lasts = ["lastpage", "totalpages", "pagecount", "pagetotalpages", "pages"];
    private static readonly string[] Totals = ["total", "totalcount", "totalresults", "totalitems", "totalrecords"];
    private static readonly string[] Offsets = ["offset", "skip", "startat", "startindex", "start"];
    private static readonly string[] Sizes = ["limit", "pagesize", "perpage", "maxresults", "itemsperpage"];
    private static readonly string[] Mores = ["hasmore", "hasnext", "hasnextpage", "more"];

    private string? next;
    private string? nextMember;
    private int? current;
    private int? last;
    private int? total;
    private int? offset;
    private int? size;
    private bool isMore;
    private bool isLast;

    private AnswerPages() { }

    /// <summary>Gets the number of the page, as the answer tells it.</summary>
    public int? Current => current;

    /// <summary>Gets the number of pages.</summary>
    public int? Last => last;

    /// <summary>Gets the number of items of the whole list.</summary>
    public int? Total => total;

    /// <summary>Gets how many items are before the page.</summary>
    public int? Offset => offset;

    /// <summary>Gets the largest number of items of a page.</summary>
    public int? Size => size;

    /// <summary>Gets whether the answer says that more items follow.</summary>
    public bool IsMore => isMore;

    /// <summary>Gets whether the answer says that no more items follow: a false <c>has_more</c>, or a null cursor.
    /// </summary>
    public bool SaysItIsLast => isLast && !isMore && next is null;

    /// <summary>Gets whether the answer names the start of the next page.</summary>
    public bool HasToken => next is not null;

    /// <summary>Returns the start of the next page as the answer names it; <see langword="null"/> without a name, or if
    /// it is an address.</summary>
    public NextPage? Token(ToolPaging paging) =>
        next is null || NextLink is not null ? null : new(ArgumentOfToken(paging), next, nextMember);

    /// <summary>Gets the address of the next page, or <see langword="null"/>.</summary>
    public string? NextLink =>
        next is not null && (next.Contains("://", StringComparison.Ordinal) || next[0] is '/' or '?') ? next : null;

    /// <param name="json">An answer that is known to be JSON.</param>
    public static AnswerPages Read(ReadOnlySpan<byte> json)
    {
        var pages = new AnswerPages();
        pages.ReadMembers(json, 0, "", 1);
        return pages;
    }

    /// <summary>Finds where the next page begins.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    /// <returns><see langword="null"/> where the answer does not say that there is one, or says it by an
    /// address.</returns>
    public NextPage? Next(ToolDescriptor tool, JsonElement arguments)
    {
        var paging = tool.Paging;
        if (next is not null)
        {
            return NextLink is not null ? null : new(ArgumentOfToken(paging), next, nextMember);
        }

        if (paging.Page is not null && current is { } page && (last is null ? isMore : page < last))
        {
            return new(paging.Page, Text(page + 1L)) { Position = last is null ? null : $"{page} of {last}" };
        }

        var from = offset ?? (paging.Offset is { } name ? Paging.Number(arguments, name) : null) ?? 0;
        var count = size ?? (paging.Size is { } argument ? Paging.Number(arguments, argument) : null);
        return paging.Offset is not null && count is > 0 && (total is null ? isMore : from + (long)count < total)
            ? new(paging.Offset, Text((long)from + count.Value))
            : null;
    }

    // A member named "offset" is an offset. Another number may be a page.
    private string? ArgumentOfToken(ToolPaging paging)
    {
        var isNumber = next!.All(char.IsAsciiDigit);
        return ToolPaging.Plain(nextMember!) switch
        {
            "nextoffset" => paging.Offset ?? paging.Cursor,
            "nextpage" or "next" when isNumber => paging.Page ?? paging.Offset ?? paging.Cursor,
            _ => paging.Cursor ?? (isNumber ? paging.Page ?? paging.Offset : null),
        };
    }

    private void ReadMembers(ReadOnlySpan<byte> json, int start, string holder, int depth)
    {
        var parts = new AnswerParts(json, start);
        while (parts.IsObject && parts.MoveNext())
        {
            if (Name(json, parts.Name) is not { } name)
            {
                continue;
            }

            var plain = ToolPaging.Plain(name);
            switch (json[parts.Start])
            {
                case (byte)'{':
                    if (depth < MaxDepth && Holders.Contains(plain))
                    {
                        ReadMembers(json, parts.Start, plain, depth + 1);
                    }

                    break;
                case (byte)'[':
                    break;
                default:
                    ReadValue(json[parts.Value.Start..parts.Value.End], name, plain, holder);
                    break;
            }
        }
    }

    private void ReadValue(ReadOnlySpan<byte> value, string name, string plain, string holder)
    {
        var reader = new Utf8JsonReader(value);
        if (value.Length > LongestText || LoneSurrogates.AreIn(value) || !reader.Read())
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.True)
        {
            isMore |= Mores.Contains(plain);
        }
        else if (reader.TokenType is JsonTokenType.False or JsonTokenType.Null)
        {
            isLast |= reader.TokenType == JsonTokenType.Null ? Tokens.Contains(plain) : Mores.Contains(plain);
        }
        else if (Tokens.Contains(plain) || (holder is "next" or "cursors" && plain is "href" or "url" or "after"))
        {
            ReadNext(ref reader, name);
        }
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            current = Currents.Contains(plain) ? number : current;
            last = Lasts.Contains(plain) ? number : last;
            total = Totals.Contains(plain) ? number : total;
            offset = Offsets.Contains(plain) ? number : offset;
            size = Sizes.Contains(plain) ? number : size;
        }
    }

    private void ReadNext(ref Utf8JsonReader reader, string name)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out var number) => Text(number),
            _ => null,
        };
        if (next is null && text is { Length: > 0 })
        {
            next = text;
            nextMember = name;
        }
    }

    private static string? Name(ReadOnlySpan<byte> json, Place written)
    {
        var text = json[written.Start..written.End];
        var reader = new Utf8JsonReader(text);
        // Longer names are none of these, and the reader fails on half of a surrogate pair.
        return text.Length <= 40 && !LoneSurrogates.AreIn(text) && reader.Read() ? reader.GetString() : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
