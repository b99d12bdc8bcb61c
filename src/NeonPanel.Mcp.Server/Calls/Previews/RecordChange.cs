using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>A member of a record that a write would change.</summary>
/// <param name="Member">Its name in the arguments; the names of members inside an object are joined by dots.</param>
/// <param name="New">The value that the write sends.</param>
internal sealed record RecordChange(string Member, JsonElement New)
{
    /// <summary>Gets the present value, or <see langword="null"/> if the record does not show the member.</summary>
    public JsonElement? Old { get; init; }

    /// <summary>Gets the name of the present value, or <see langword="null"/>.</summary>
    public string? OldName { get; init; }

    /// <summary>Gets the items that the write replaces or adds, if the value is a list of objects. Items that stay as
    /// they are are only counted.</summary>
    public ItemChanges? Items { get; init; }
}

/// <summary>The difference of two lists of objects.</summary>
/// <param name="Old">Present items that go, or that the write replaces, in the names of the arguments.</param>
/// <param name="New">Items that come, or replace others.</param>
/// <param name="Same">The number of items that stay as they are.</param>
internal sealed record ItemChanges(IReadOnlyList<OldItem> Old, IReadOnlyList<JsonElement> New, int Same);

/// <summary>An item of a present list, read by the members of the arguments.</summary>
internal sealed record OldItem(IReadOnlyList<OldValue> Values);

/// <param name="Name">The member, in the names of the arguments.</param>
/// <param name="Label">The name of the value, or <see langword="null"/>.</param>
internal sealed record OldValue(string Name, JsonElement Value, string? Label);
