using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Names;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>All that is known about a write before it is sent.</summary>
/// <param name="Request">The request that would be sent.</param>
/// <param name="Names">The names that were replaced by ids.</param>
internal sealed record PreviewContent(RequestSketch Request, IReadOnlyList<FoundName> Names)
{
    /// <summary>Gets the record that a call without a body is about, such as one that it deletes.</summary>
    public JsonElement? Record { get; init; }

    /// <summary>Gets the difference to the present record, or <see langword="null"/> if it is unknown.</summary>
    public RecordComparison? Comparison { get; init; }

    /// <summary>Gets the amounts of the lines, or <see langword="null"/>.</summary>
    public LineTotal? Total { get; init; }

    /// <summary>Gets the payments that the payment term makes.</summary>
    public IReadOnlyList<DuePart> Due { get; init; } = [];

    /// <summary>Returns the name of which a value took the place, or <see langword="null"/>.</summary>
    public string? NameOf(string argument, JsonElement value) =>
        Names.FirstOrDefault(found => found.Argument == argument && JsonElement.DeepEquals(found.Value, value))?.Name;
}
