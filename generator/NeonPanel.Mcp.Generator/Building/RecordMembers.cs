using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds the members of a body in the record that a read returns: by the same name, and an id such as
/// <c>vendor_id</c> in the object <c>vendor</c>. A member that is not found is not compared.</summary>
internal static class RecordMembers
{
    private const string NameMember = "name";

    /// <param name="sent">The members that a write sends, each with the name that callers use.</param>
    /// <param name="record">The shape of the record.</param>
    public static List<RecordMemberModel> Find(
        IEnumerable<(string Argument, PropertyModel Property)> sent,
        SchemaModel record
    ) => [.. sent.Select(member => Find(member.Argument, member.Property, record)).OfType<RecordMemberModel>()];

    private static RecordMemberModel? Find(string argument, PropertyModel sent, SchemaModel record)
    {
        var id = IdName.Read(sent.Name);
        if (Member(record, sent.Name) is { } same)
        {
            // The name of service_id is service_name, and that of serviceId is serviceName.
            var label = id is { Noun.Length: > 0 } ? Like(record, id.Noun + NameMember) : null;
            return new(argument, [same.Name], label is null ? null : [label.Name], Inside(sent.Schema, same.Schema));
        }

        if (
            id is not { Noun.Length: > 0 }
            || Like(record, id.Noun) is not { } holder
            || Like(holder.Schema, id.Kind) is not { } value
        )
        {
            return null;
        }

        return new(
            argument,
            [holder.Name, value.Name],
            Like(holder.Schema, NameMember) is { } name ? [holder.Name, name.Name] : null,
            []
        );
    }

    // The members of an object, or of the items of a list, if both sides describe them.
    private static List<RecordMemberModel> Inside(SchemaModel sent, SchemaModel record)
    {
        if (sent.Items is { } item)
        {
            return record.Items is { } row ? Inside(item, row) : [];
        }

        return record.Items is null && record.Properties.Count > 0
            ? Find(sent.Properties.Select(member => (member.Name, member)), record)
            : [];
    }

    private static PropertyModel? Member(SchemaModel shape, string name) =>
        shape.Properties.FirstOrDefault(member => member.Name == name);

    private static PropertyModel? Like(SchemaModel shape, string plain) =>
        shape.Properties.FirstOrDefault(member => IdName.Plain(member.Name) == plain);
}
