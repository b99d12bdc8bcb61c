using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Puts the members of a document into the order of the one before it, so that their difference as text is small, whatever
/// order the source writes them in. New members follow in ordinal order.</summary>
internal static class DocumentOrder
{
    public static JsonNode? Follow(JsonNode? former, JsonNode? current) => current switch
    {
        JsonObject members => new JsonObject(members
            .Select(member => (Member: member, Place: Place(former as JsonObject, member.Key)))
            .OrderBy(item => item.Place).ThenBy(item => item.Member.Key, StringComparer.Ordinal)
            .Select(item => KeyValuePair.Create(item.Member.Key, Follow((former as JsonObject)?[item.Member.Key], item.Member.Value)))),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Follow(former is JsonArray list && index < list.Count ? list[index] : null, item))]),
        _ => current?.DeepClone(),
    };

    private static int Place(JsonObject? former, string name) => former?.IndexOf(name) is { } index and >= 0 ? index : int.MaxValue;
}
