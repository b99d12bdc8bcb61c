using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Merges <c>allOf</c>, <c>oneOf</c> and <c>anyOf</c> into one schema without these keywords, and keeps as
/// much of their meaning as possible (rule C4).</summary>
internal static class SchemaMerger
{
    /// <summary>Merges two parts that both apply (<c>allOf</c>): the tighter limit and the common allowed values
    /// remain. The order of the parts affects only texts and defaults.</summary>
    public static SchemaModel All(SchemaModel first, SchemaModel second)
    {
        var (pattern, otherPattern) = Patterns(first.Pattern, second.Pattern);
        var required = Union(first.Required, second.Required);
        var untold = Union(first.Untold, second.Untold);
        var description = first.Description.Length > 0 ? first.Description : second.Description;
        return first with
        {
            Types = CommonTypes(first.Types, second.Types),
            Nullable = first.Nullable || second.Nullable,
            Description = otherPattern is null
                ? description
                : PlainText.Sentence(description, $"Must also match {PlainText.Clean(otherPattern)}."),
            Enum = CommonValues(first.Enum, second.Enum),
            Format = first.Format ?? second.Format,
            MediaType = first.MediaType ?? second.MediaType,
            Pattern = pattern,
            Limits = SchemaLimits.Both(first.Limits, second.Limits),
            Default = first.Default ?? second.Default,
            Lookup = first.Lookup ?? second.Lookup,
            IsDeprecated = first.IsDeprecated || second.IsDeprecated,
            IsReadOnly = first.IsReadOnly || second.IsReadOnly,
            IsWriteOnly = first.IsWriteOnly || second.IsWriteOnly,
            Items = Both(first.Items, second.Items),
            Required = required,
            RequiredAnywhere = Union(first.RequiredAnywhere, second.RequiredAnywhere),
            Untold = untold,
            IsOutline = first.IsOutline || second.IsOutline,
            // A member that one part requires may be declared by another part, and only for answers.
            Properties =
            [
                .. Properties(first, second, All, required)
                    .Where(property => property.IsDeclared || !untold.Contains(property.Name)),
            ],
            AdditionalProperties = Both(first.AdditionalProperties, second.AdditionalProperties),
            TakesMore = (first.TakesMore && !second.IsClosed) || (second.TakesMore && !first.IsClosed),
            Alternatives = AlternativesOfAll(first, second),
            // A closed part does not forbid the members of other parts here, because all members are named in the
            // merged object.
            IsClosed = first.IsClosed || second.IsClosed,
        };
    }

    private static SchemaModel? Both(SchemaModel? first, SchemaModel? second) =>
        first is not null && second is not null ? All(first, second) : first ?? second;

    // An integer is also a number. If the parts contradict each other, the types of the first part remain, because an
    // argument that accepts nothing is useless.
    private static IReadOnlyList<string> CommonTypes(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        var common = first
            .Where(type => second.Contains(type) || (type == "integer" && second.Contains("number")))
            .Concat(second.Where(type => type == "integer" && first.Contains("number")))
            .Distinct()
            .ToList();
        return common.Count > 0 ? common : first;
    }

    private static IReadOnlyList<JsonNode> CommonValues(IReadOnlyList<JsonNode> first, IReadOnlyList<JsonNode> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        var others = second.Select(value => value.ToJsonString()).ToHashSet(StringComparer.Ordinal);
        var common = first.Where(value => others.Contains(value.ToJsonString())).ToList();
        return common.Count > 0 ? common : first;
    }

    // If the two patterns cannot be combined, the second becomes a sentence of the text.
    private static (string? Pattern, string? Other) Patterns(string? first, string? second)
    {
        if (first is null || second is null || first == second)
        {
            return (first ?? second, null);
        }

        return PatternMerger.Both(first, second) is { } both ? (both, null) : (first, second);
    }

    /// <summary>Merges branches of which at least one applies (<c>oneOf</c>, <c>anyOf</c>). A branch that is only
    /// <c>null</c> makes the result nullable.</summary>
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

    /// <summary>Merges a schema with branches of which at least one applies in addition.</summary>
    public static SchemaModel AllAndAny(SchemaModel schema, IReadOnlyList<SchemaModel> branches)
    {
        var any = Any(branches);
        var named = schema.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        // A member of the schema that one branch restricts is unrestricted in a branch that does not mention it.
        return All(
            schema,
            any with
            {
                Properties =
                [
                    .. any.Properties.Where(property =>
                        !named.Contains(property.Name)
                        || branches.All(branch =>
                            IsOnlyNull(branch) || branch.Properties.Any(other => other.Name == property.Name)
                        )
                    ),
                ],
            }
        );
    }

    private static IReadOnlyList<SchemaModel> AlternativesOfAll(SchemaModel first, SchemaModel second)
    {
        const int most = 64;
        if (first.Alternatives.Count == 0 && second.Alternatives.Count == 0)
        {
            return [];
        }

        var (lefts, rights) = (FormsOf(first), FormsOf(second));
        // If there are too many combinations to check, any value is accepted.
        return lefts.Count * rights.Count > most
            ? [new()]
            : [.. lefts.SelectMany(left => rights.Select(right => All(left, right)))];
    }

    private static IReadOnlyList<SchemaModel> FormsOf(SchemaModel schema) =>
        schema.Alternatives.Count > 0 ? schema.Alternatives : [schema];

    // Returns whether a schema has members or items. Two such forms are merged into one description, which is exact for
    // neither.
    private static bool HasInside(SchemaModel schema) =>
        schema.Properties.Count > 0
        || schema.AdditionalProperties is not null
        || schema.Alternatives.Count > 0
        || (schema.Items is { } items && HasInside(items));

    private static bool IsOnlyNull(SchemaModel schema) =>
        schema is { Types.Count: 0, Nullable: true, Enum.Count: 0, Properties.Count: 0 };

    private static SchemaModel Either(SchemaModel first, SchemaModel second) =>
        new()
        {
            Types = first.Types.Count == 0 || second.Types.Count == 0 ? [] : [.. first.Types.Union(second.Types)],
            Nullable = first.Nullable || second.Nullable,
            Description = first.Description == second.Description ? first.Description : "",
            Enum =
                first.Enum.Count == 0 || second.Enum.Count == 0
                    ? []
                    : [.. first.Enum.Concat(second.Enum).DistinctBy(value => value.ToJsonString())],
            Format = first.Format == second.Format ? first.Format : null,
            Items = Inside(first, second, "array", schema => schema.Items),
            Required = RequiredOfEach(first, second),
            RequiredAnywhere = Union(first.RequiredAnywhere, second.RequiredAnywhere),
            Untold = Union(first.Untold, second.Untold),
            IsOutline = first.IsOutline || second.IsOutline,
            Properties = Properties(first, second, Either, RequiredOfEach(first, second)),
            AdditionalProperties = Inside(first, second, "object", schema => schema.AdditionalProperties),
            TakesMore = TakesAnyName(first) || TakesAnyName(second),
            Alternatives = HasInside(first) || HasInside(second) ? [.. FormsOf(first), .. FormsOf(second)] : [],
        };

    private static bool TakesAnyName(SchemaModel schema) => schema.TakesMore || schema.AdditionalProperties is not null;

    // Merges what is inside a value of a type. If one form allows the type without describing its inside, anything is
    // allowed.
    private static SchemaModel? Inside(
        SchemaModel first,
        SchemaModel second,
        string type,
        Func<SchemaModel, SchemaModel?> inside
    )
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
        "One of: "
        + string.Join(
            "; ",
            values.Select(
                (value, index) =>
                    $"({index + 1}) "
                    + (value.Description.Length > 0 ? value.Description.TrimEnd('.') : SchemaOutline.Form(value))
            )
        )
        + ".";

    private static IReadOnlyCollection<string> Union(
        IReadOnlyCollection<string> first,
        IReadOnlyCollection<string> second
    )
    {
        if (first.Count == 0)
        {
            return second;
        }

        return second.Count == 0 ? first : first.Union(second).ToHashSet(StringComparer.Ordinal);
    }

    private static HashSet<string> RequiredOfEach(SchemaModel first, SchemaModel second) =>
        first.Required.Intersect(second.Required).ToHashSet(StringComparer.Ordinal);

    private static List<PropertyModel> Properties(
        SchemaModel first,
        SchemaModel second,
        Func<SchemaModel, SchemaModel, SchemaModel> merge,
        IReadOnlyCollection<string> required
    )
    {
        var others = second.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var merged = new List<PropertyModel>();
        foreach (var property in first.Properties)
        {
            var isInBoth = others.Remove(property.Name, out var other);
            merged.Add(
                new(
                    property.Name,
                    isInBoth ? merge(property.Schema, other!.Schema) : property.Schema,
                    required.Contains(property.Name)
                )
                {
                    IsDeclared = property.IsDeclared || (isInBoth && other!.IsDeclared),
                }
            );
        }

        merged.AddRange(
            second
                .Properties.Where(property => others.ContainsKey(property.Name))
                .Select(property => property with { IsRequired = required.Contains(property.Name) })
        );
        return merged;
    }
}
