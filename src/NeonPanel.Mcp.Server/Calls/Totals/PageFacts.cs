using System.Globalization;
using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The facts that a page states about itself and the other pages.</summary>
/// <param name="Rows">How many rows the page has.</param>
/// <param name="LastId">The id of its last row, or <see langword="null"/>.</param>
/// <param name="Pages">What the body says.</param>
/// <param name="Fingerprint">Equal for pages with equal rows.</param>
internal sealed record PageFacts(int Rows, string? LastId, AnswerPages Pages, int Fingerprint)
{
    private static readonly string[] TotalHeaders = ["X-Total-Count", "X-Total", "Total-Count"];
    private static readonly string[] LastHeaders = ["X-Total-Pages", "X-Page-Count"];

    /// <summary>Gets what an empty answer says.</summary>
    public static PageFacts None { get; } = new(0, null, AnswerPages.Read("{}"u8), 0);

    /// <summary>Gets the address of the next page: the body's, or the header's (RFC 8288).</summary>
    public string? NextLink { get; private init; } = Pages.NextLink;

    /// <summary>Gets how many pages there are, or <see langword="null"/>.</summary>
    public int? Last { get; private init; } = Pages.Last;

    /// <summary>Gets how many rows there are, or <see langword="null"/>.</summary>
    public int? Total { get; private init; } = Pages.Total;

    /// <summary>Gets whether the page says that no page follows.</summary>
    public bool IsLast { get; private init; } = Pages.SaysItIsLast;

    /// <summary>Gets whether the page says in any way that there is another.</summary>
    public bool HasMore => NextLink is not null || Pages.IsMore || Pages.HasToken;

    public PageFacts With(HttpResponseHeaders? headers)
    {
        if (headers is null)
        {
            return this;
        }

        var links = headers.NonValidated.TryGetValues("Link", out var values) ? values.ToString() : "";
        var next = LinkHeader.Target(links, "next");
        return this with
        {
            NextLink = NextLink ?? next,
            Last = Last ?? Number(headers, LastHeaders),
            Total = Total ?? Number(headers, TotalHeaders),
            IsLast = IsLast || (next is null && LinkHeader.Target(links, "prev") is not null),
        };
    }

    private static int? Number(HttpResponseHeaders headers, string[] names)
    {
        foreach (var name in names)
        {
            if (
                headers.NonValidated.TryGetValues(name, out var values)
                && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                return number;
            }
        }

        return null;
    }
}
