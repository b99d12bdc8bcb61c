namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Start of the next part of a list, as an answer names it.</summary>
/// <param name="Argument">The argument that takes the place, or <see langword="null"/> where the tool has none.</param>
/// <param name="Value">What it takes.</param>
/// <param name="Member">The member of the answer that names it, or <see langword="null"/> where it follows from
/// others.</param>
internal sealed record NextPage(string? Argument, string Value, string? Member = null)
{
    /// <summary>A longer place is told by the member that holds it.</summary>
    private const int LongestValue = 200;

    /// <summary>Gets which page of how many the answer is, as the beginning of a sentence.</summary>
    public string? Position { get; init; }

    /// <summary>Says how to go on.</summary>
    /// <param name="isCut">Whether items were left out here: the next part begins behind them.</param>
    public string Sentence(bool isCut)
    {
        var where = Argument switch
        {
            null => null,
            _ when IsShown => $"{Argument}={Value}",
            _ => $"{Argument} as '{Member}' says",
        };
        if (Position is not null)
        {
            return where is null || isCut ? $"Page {Position}." : $"Page {Position}; {where} has the next.";
        }

        var place = where is null ? "" : $" ({where})";
        if (isCut)
        {
            return $"There is a next page{place}; it begins after the items left out here.";
        }

        return where is null ? "There is a next page." : $"There is a next page: call again with {where}.";
    }

    // The value is the API's. It stands in a sentence only where it cannot be taken for words.
    private bool IsShown =>
        Member is null || (Value.Length <= LongestValue && Value.All(character => character is > ' ' and <= '~'));
}
