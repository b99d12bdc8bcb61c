using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Brings <c>allOf</c>, <c>oneOf</c> and <c>anyOf</c> into one schema, losing as little as can be said without
/// them (rule C4).</summary>
internal static class SchemaMerger
{
    /// <summary>Both hold (<c>allOf</c>).</summary>
    public static SchemaModel All(SchemaModel first, SchemaModel second) => first with
    {
        Types = first.Types.Count == 0 ? second.Types
            : second.Types.Count == 0 ? first.Types
            : first.Types.Intersect(second.Types).DefaultIfEmpty(first.Types[0]).ToList(),
        Nullable = first.Nullable || second.Nullable,
        Description = first.Description.Length > 0 ? first.Description : second.Description,
        Enum = first.Enum.Count > 0 ? first.Enum : second.Enum,
        Format = first.Format ?? second.Format,
        MediaType = first.MediaType ?? second.MediaType,
        Pattern = first.Pattern ?? second.Pattern,
        Minimum = first.Minimum ?? second.Minimum,
        Maximum = first.Maximum ?? second.Maximum,
        ExclusiveMinimum = first.Minimum is null ? second.ExclusiveMinimum : first.ExclusiveMinimum,
        ExclusiveMaximum = first.Maximum is null ? second.ExclusiveMaximum : first.ExclusiveMaximum,
        MultipleOf = first.MultipleOf ?? second.MultipleOf,
        MinLength = first.MinLength ?? second.MinLength,
        MaxLength = first.MaxLength ?? second.MaxLength,
        MinItems = first.MinItems ?? second.MinItems,
        MaxItems = first.MaxItems ?? second.MaxItems,
        UniqueItems = first.UniqueItems || second.UniqueItems,
        MinProperties = first.MinProperties ?? second.MinProperties,
        MaxProperties = first.MaxProperties ?? second.MaxProperties,
        Default = first.Default ?? second.Default,
        IsDeprecated = first.IsDeprecated || second.IsDeprecated,
        IsReadOnly = first.IsReadOnly || second.IsReadOnly,
        IsWriteOnly = first.IsWriteOnly || second.IsWriteOnly,
        Items = first.Items ?? second.Items,
        Properties = Properties(first, second, All, (left, right) => left || right),
        AdditionalProperties = first.AdditionalProperties ?? second.AdditionalProperties,
        // A closed part says nothing about the members of its siblings here: they are named in the merged object.
        IsClosed = first.IsClosed || second.IsClosed,
    };

    /// <summary>At least one holds (<c>oneOf</c>, <c>anyOf</c>). A branch that is only <c>null</c> makes the rest
    /// nullable.</summary>
    public static SchemaModel Any(IReadOnlyList<SchemaModel> branches)
    {
        var values = branches.Where(branch => !IsOnlyNull(branch)).ToList();
        var nullable = values.Count < branches.Count || values.Exists(branch => branch.Nullable);
        if (values.Count == 0)
        {
            return new() { Nullable = true };
        }

        var merged = values.Aggregate(Either);
        return merged with
        {
            Nullable = nullable,
            Description = values.Count == 1 ? merged.Description : Alternatives(values),
        };
    }

    private static bool IsOnlyNull(SchemaModel schema) =>
        schema is { Types.Count: 0, Nullable: true, Enum.Count: 0, Properties.Count: 0 };

    private static SchemaModel Either(SchemaModel first, SchemaModel second) => new()
    {
        Types = first.Types.Count == 0 || second.Types.Count == 0 ? [] : [.. first.Types.Union(second.Types)],
        Description = first.Description == second.Description ? first.Description : "",
        Enum = first.Enum.Count == 0 || second.Enum.Count == 0
            ? []
            : [.. first.Enum.Concat(second.Enum).DistinctBy(value => value.ToJsonString())],
        Format = first.Format == second.Format ? first.Format : null,
        Items = first.Items is not null && second.Items is not null ? Either(first.Items, second.Items)
            : first.Types.Contains("array") ? first.Items : second.Items,
        Properties = Properties(first, second, Either, (left, right) => left && right),
        AdditionalProperties = first.AdditionalProperties ?? second.AdditionalProperties,
    };

    private static string Alternatives(List<SchemaModel> values) =>
        "One of: " + string.Join("; ", values.Select((value, index) =>
            $"({index + 1}) " + (value.Description.Length > 0 ? value.Description.TrimEnd('.') : Form(value)))) + ".";

    /// <summary>A schema in few words.</summary>
    public static string Form(SchemaModel value) =>
        value.Properties.Count > 0
            ? "an object with " + string.Join(", ", value.Properties.Select(property => property.Name))
            : value.Types.Count > 0 ? string.Join(" or ", value.Types) : "any value";

    private static List<PropertyModel> Properties(
        SchemaModel first,
        SchemaModel second,
        Func<SchemaModel, SchemaModel, SchemaModel> merge,
        Func<bool, bool, bool> required)
    {
        var others = second.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var merged = new List<PropertyModel>();
        foreach (var property in first.Properties)
        {
            merged.Add(others.Remove(property.Name, out var other)
                ? new(property.Name, merge(property.Schema, other.Schema), required(property.IsRequired, other.IsRequired))
                : property with { IsRequired = required(property.IsRequired, false) });
        }

        merged.AddRange(second.Properties.Where(property => others.ContainsKey(property.Name))
            .Select(property => property with { IsRequired = required(false, property.IsRequired) }));
        return merged;
    }
}
