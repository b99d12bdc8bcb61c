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
        TakesMore = (first.TakesMore && !second.IsClosed) || (second.TakesMore && !first.IsClosed),
        Alternatives = AlternativesOfAll(first, second),
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

    /// <summary>The schema and at least one of the branches hold.</summary>
    public static SchemaModel AllAndAny(SchemaModel schema, IReadOnlyList<SchemaModel> branches)
    {
        var any = Any(branches);
        var named = schema.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        // What one branch says of a member of the schema does not hold in a branch that says nothing of it.
        return All(schema, any with
        {
            Properties = [.. any.Properties.Where(property => !named.Contains(property.Name)
                || branches.All(branch => IsOnlyNull(branch) || branch.Properties.Any(other => other.Name == property.Name)))],
        });
    }

    private static IReadOnlyList<SchemaModel> AlternativesOfAll(SchemaModel first, SchemaModel second)
    {
        const int most = 64;
        if (first.Alternatives.Count == 0 && second.Alternatives.Count == 0)
        {
            return [];
        }

        var (lefts, rights) = (FormsOf(first), FormsOf(second));
        // Too many to be checked one by one: anything is accepted as it is.
        return lefts.Count * rights.Count > most ? [new()] : [.. lefts.SelectMany(left => rights.Select(right => All(left, right)))];
    }

    private static IReadOnlyList<SchemaModel> FormsOf(SchemaModel schema) => schema.Alternatives.Count > 0 ? schema.Alternatives : [schema];

    // Members and items of two forms are described together, which is exact for neither form.
    private static bool HasInside(SchemaModel schema) =>
        schema.Properties.Count > 0 || schema.AdditionalProperties is not null || schema.Alternatives.Count > 0 || (schema.Items is { } items && HasInside(items));

    private static bool IsOnlyNull(SchemaModel schema) =>
        schema is { Types.Count: 0, Nullable: true, Enum.Count: 0, Properties.Count: 0 };

    private static SchemaModel Either(SchemaModel first, SchemaModel second) => new()
    {
        Types = first.Types.Count == 0 || second.Types.Count == 0 ? [] : [.. first.Types.Union(second.Types)],
        Nullable = first.Nullable || second.Nullable,
        Description = first.Description == second.Description ? first.Description : "",
        Enum = first.Enum.Count == 0 || second.Enum.Count == 0
            ? []
            : [.. first.Enum.Concat(second.Enum).DistinctBy(value => value.ToJsonString())],
        Format = first.Format == second.Format ? first.Format : null,
        Items = Inside(first, second, "array", schema => schema.Items),
        Properties = Properties(first, second, Either, (left, right) => left && right),
        AdditionalProperties = Inside(first, second, "object", schema => schema.AdditionalProperties),
        TakesMore = TakesAnyName(first) || TakesAnyName(second),
        Alternatives = HasInside(first) || HasInside(second) ? [.. FormsOf(first), .. FormsOf(second)] : [],
    };

    private static bool TakesAnyName(SchemaModel schema) => schema.TakesMore || schema.AdditionalProperties is not null;

    // What is inside a value of the type: where both forms may be of the type and one says nothing, anything may be.
    private static SchemaModel? Inside(SchemaModel first, SchemaModel second, string type, Func<SchemaModel, SchemaModel?> inside)
    {
        var (one, other) = (inside(first), inside(second));
        if (one is not null && other is not null)
        {
            return Either(one, other);
        }

        var silent = one is null ? first : second;
        return silent.Types.Count == 0 || (silent.Types.Contains(type) && !silent.IsClosed) ? null : one ?? other;
    }

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
