using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Arguments with lookups: they accept a name in addition to the value.</summary>
internal static class LookupArguments
{
    /// <summary>Returns the arguments with the type <c>string</c> at every place that accepts a name. A text about the
    /// argument that names no member of the lookup gets a sentence. An argument that the server can fill is not
    /// required.</summary>
    /// <param name="arguments">All arguments of a tool.</param>
    public static SchemaModel Widen(SchemaModel arguments) =>
        Inside(arguments) with
        {
            Properties =
            [
                .. arguments.Properties.Select(property =>
                    property is { IsRequired: true, Schema.Lookup: { IsSingle: true } lookup }
                        ? property with
                        {
                            Schema = Value(property.Schema with { Lookup = lookup with { IsFilled = true } }),
                            IsRequired = false,
                        }
                        : property with
                        {
                            Schema = Value(property.Schema),
                        }
                ),
            ],
        };

    /// <summary>Returns the lookups of all arguments. Those without a scope come first, because they may fill the scope
    /// of others.</summary>
    public static IReadOnlyList<ArgumentLookupModel> Of(SchemaModel arguments) =>
        [
            .. arguments
                .Properties.SelectMany(property => Of(property.Schema, property.Name))
                .OrderBy(found => found.Lookup.Scope.Count > 0),
        ];

    private static IEnumerable<ArgumentLookupModel> Of(SchemaModel schema, string path)
    {
        if (schema.Lookup is { } lookup && schema.Items is null)
        {
            yield return new(path, schema.Types.Contains("integer"), lookup);
        }

        foreach (
            var found in schema
                .Properties.SelectMany(property => Of(property.Schema, $"{path}.{property.Name}"))
                .Concat(schema.Items is { } items ? Of(items, path + "[]") : [])
        )
        {
            yield return found;
        }
    }

    private static SchemaModel Value(SchemaModel schema)
    {
        if (schema.Lookup is not { } lookup)
        {
            return Inside(schema);
        }

        // The lookup of a list is that of its items. The text about the list describes them.
        if (schema.Items is { } items)
        {
            return schema with
            {
                Description = Told(schema.Description, lookup),
                Items = Named(items with { Lookup = lookup }, lookup),
            };
        }

        return Named(schema, lookup);
    }

    private static SchemaModel Named(SchemaModel schema, LookupModel lookup) =>
        Accepting(schema) with
        {
            Description = Told(schema.Description, lookup),
        };

    private static SchemaModel Accepting(SchemaModel schema) =>
        schema.Types is ["integer"] or ["string"]
            ? schema with
            {
                Types = [.. schema.Types.Append("string").Distinct()],
                Format = null,
                // A text in the format of the argument needs no lookup.
                Lookup = schema.Lookup! with
                {
                    Format = schema.Lookup.Format ?? (schema.Types is ["string"] ? schema.Format : null),
                },
            }
            : schema;

    private static SchemaModel Inside(SchemaModel schema) =>
        schema.Properties.Count == 0 && schema.Items is null && schema.Alternatives.Count == 0
            ? schema
            : schema with
            {
                Properties =
                [
                    .. schema.Properties.Select(property => property with { Schema = Value(property.Schema) }),
                ],
                Items = schema.Items is { } items ? Value(items) : null,
                Alternatives = [.. schema.Alternatives.Select(Value)],
            };

    private static string Told(string text, LookupModel lookup)
    {
        // The check reports a lookup without names.
        if (lookup.Match.Count == 0)
        {
            return text;
        }

        if (text.Length == 0)
        {
            var names = string.Join(", ", lookup.Match.Prepend(lookup.Learn?.Value ?? lookup.Value).SkipLast(1));
            return PlainText.Line($"{names} or {lookup.Match[^1]}.");
        }

        return lookup.Match.Append("name").Any(name => Letters(text).Contains(Letters(name), StringComparison.Ordinal))
            ? text
            : PlainText.Sentence(text, $"Or its {string.Join(" or ", lookup.Match)}.");
    }

    private static string Letters(string text) => text.Replace("_", " ", StringComparison.Ordinal).ToUpperInvariant();
}
