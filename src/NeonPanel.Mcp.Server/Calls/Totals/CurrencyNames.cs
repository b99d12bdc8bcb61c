using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The names under which APIs write the currency of an amount.</summary>
internal static class CurrencyNames
{
    /// <summary>Members of a currency that is an object, the best first.</summary>
    private static readonly string[] Codes =
    [
        "code",
        "currency_code",
        "currencyCode",
        "iso_code",
        "iso",
        "symbol",
        "name",
        "id",
    ];

    private static readonly string[] Plain =
    [
        "currency",
        "currencycode",
        "currencyiso",
        "isocurrency",
        "currencyisocode",
    ];

    // Numbers that are no amounts of money, although a currency may be beside them.
    private static readonly string[] Counts = ["id", "quantity", "qty", "units", "count", "number"];

    /// <summary>Returns whether a member of this name may hold an amount of money. Ids and quantities do not.</summary>
    public static bool MayBeMoney(string name)
    {
        var words = name.ToLowerInvariant().Split('_', '-', ' ');
        return !Counts.Contains(words[^1])
            && !Counts.Contains(words[0])
            && !name.EndsWith("Id", StringComparison.Ordinal);
    }

    /// <summary>Returns whether a name, with its quotation marks, may be that of a currency. It is called for every
    /// member beside an amount.</summary>
    public static bool May(ReadOnlySpan<byte> written) => written.IndexOf("urrenc"u8) > 0;

    /// <summary>Returns how well a name fits the currency of a member; the smallest fits best, and
    /// <see cref="int.MaxValue"/> does not fit.</summary>
    public static int Rank(string name, string leaf)
    {
        var plain = ToolPaging.Plain(name);
        var own = ToolPaging.Plain(leaf);
        if (plain == own + "currency" || plain == own + "currencycode" || plain == "currency" + own)
        {
            return 0;
        }

        if (Plain.Contains(plain))
        {
            return 1;
        }

        return
            plain.EndsWith("currency", StringComparison.Ordinal)
            || plain.EndsWith("currencycode", StringComparison.Ordinal)
            ? 2
            : int.MaxValue;
    }

    /// <summary>Finds the code in a currency that is an object.</summary>
    /// <returns>An empty place if there is none.</returns>
    public static Place CodeIn(ReadOnlySpan<byte> json, int start)
    {
        var best = default(Place);
        var rank = Codes.Length;
        var parts = new AnswerParts(json, start);
        while (parts.MoveNext())
        {
            for (var code = 0; code < rank; code++)
            {
                if (parts.NameEquals(Codes[code]))
                {
                    best = parts.Value;
                    rank = code;
                }
            }
        }

        return best;
    }
}
