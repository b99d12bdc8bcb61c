using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>The records that a search found in one source.</summary>
/// <param name="Source">The kind of the source, and the name of the scope in which it was searched.</param>
/// <param name="Results">The records.</param>
internal sealed record Found(string Source, IReadOnlyList<SearchResult> Results)
{
    /// <summary>Gets the answer if the call failed, otherwise <see langword="null"/>.</summary>
    public RawResponse? Refused { get; init; }

    /// <summary>Gets whether the answer is not JSON.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Gets whether records were left out because there are too many.</summary>
    public bool HasMore { get; init; }
}

/// <summary>One record in the answer of <c>search</c>.</summary>
/// <param name="Url">Where to see it, or an empty text.</param>
internal sealed record SearchResult(string Id, string Title, string Url);

/// <summary>A record that limits searches, such as a company.</summary>
/// <param name="Short">Its short name, or an empty text.</param>
internal sealed record ScopeRecord(string Id, string Name, string Short);
