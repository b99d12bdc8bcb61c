using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Reduces the arguments of a tool to the largest input schema that clients accept (rules C2, C4). First texts
/// become shorter, then texts are left out, the deepest first. Last, members and allowed values are left out: the
/// deepest first, and within a level the largest first. The kind of every value stays.</summary>
internal sealed class SchemaFitter(Func<SchemaModel, int> sizeOf, int limit)
{
    private const int MaxNamed = 10;

    private static readonly int[] TextLimits = [300, 160, 80, 40];

    private readonly SortedSet<string> outlined = new(StringComparer.Ordinal);
    private string? texts;

    /// <summary>Gets a description of what was left out; empty if nothing was.</summary>
    public string LeftOut =>
        string.Join(
            "; ",
            new[] { texts, outlined.Count == 0 ? null : "members or allowed values of " + Names() }.OfType<string>()
        );

    /// <returns>The arguments, or <see langword="null"/> if even their names and kinds are too large.</returns>
    public SchemaModel? Fit(SchemaModel arguments) =>
        WithShorterTexts(arguments) ?? WithFewerTexts(arguments) ?? WithFewerParts(Texts(arguments, 1, 0));

    private SchemaModel? WithShorterTexts(SchemaModel arguments)
    {
        foreach (var length in TextLimits)
        {
            texts = $"texts beyond {length} characters";
            if (Accepted(Texts(arguments, 1, length)) is { } fitted)
            {
                return fitted;
            }
        }

        return null;
    }

    private SchemaModel? WithFewerTexts(SchemaModel arguments)
    {
        var brief = Texts(arguments, 1, TextLimits[^1]);
        for (var level = Parts(brief).Select(part => part.Level).DefaultIfEmpty().Max() + 1; level >= 1; level--)
        {
            texts =
                level == 1
                    ? "all texts"
                    : $"texts below level {level - 1}, and texts beyond {TextLimits[^1]} characters";
            if (Accepted(Texts(brief, level, 0)) is { } fitted)
            {
                return fitted;
            }
        }

        return null;
    }

    private SchemaModel? WithFewerParts(SchemaModel arguments)
    {
        for (var level = Parts(arguments).Select(part => part.Level).DefaultIfEmpty().Max(); level >= 1; level--)
        {
            // Parts of the same level do not contain each other, so the bytes that they save can be added.
            var parts = Parts(arguments)
                .Where(part => part.Level == level)
                .Select(part =>
                    (
                        part.Path,
                        Saved: ClientSchema.SizeOf(part.Schema) - ClientSchema.SizeOf(SchemaOutline.Of(part.Schema))
                    )
                )
                .Where(part => part.Saved > 0)
                .OrderByDescending(part => part.Saved)
                .ThenBy(part => part.Path, StringComparer.Ordinal);
            var excess = sizeOf(arguments) - limit;
            var cut = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (path, saved) in parts.TakeWhile(_ => excess > 0))
            {
                cut.Add(path);
                excess -= saved;
            }

            outlined.RemoveWhere(path => cut.Any(outer => path.StartsWith(outer, StringComparison.Ordinal)));
            outlined.UnionWith(cut);
            arguments = Inside(arguments, "", cut);
            if (Accepted(arguments) is { } fitted)
            {
                return fitted;
            }
        }

        return Accepted(Texts(arguments, 1, 0));
    }

    private SchemaModel? Accepted(SchemaModel arguments) => sizeOf(arguments) <= limit ? arguments : null;

    private string Names() =>
        string.Join(", ", outlined.Take(MaxNamed).Select(PlainText.Line))
        + (outlined.Count > MaxNamed ? $" and {outlined.Count - MaxNamed} more" : "");

    // The arguments themselves are level 1. Texts of level 'from' and below are shortened.
    private static SchemaModel Texts(SchemaModel schema, int from, int length, int level = 0)
    {
        var text = schema.Description;
        if (level >= from)
        {
            text = length == 0 ? "" : PlainText.Cut(text, length);
        }

        return Inside(schema with { Description = text }, inner => Texts(inner, from, length, level + 1));
    }

    private static IEnumerable<(string Path, SchemaModel Schema, int Level)> Parts(
        SchemaModel schema,
        string path = "",
        int level = 0
    )
    {
        if (level > 0 && SchemaOutline.HasInside(schema))
        {
            yield return (path, schema, level);
        }

        foreach (var (step, inner) in Steps(schema))
        {
            foreach (var part in Parts(inner, SchemaPath.Join(path, step), level + 1))
            {
                yield return part;
            }
        }
    }

    private static SchemaModel Inside(SchemaModel schema, string path, HashSet<string> cut) =>
        cut.Contains(path)
            ? SchemaOutline.Of(schema)
            : schema with
            {
                Items = schema.Items is null ? null : Inside(schema.Items, SchemaPath.Join(path, "[]"), cut),
                Properties =
                [
                    .. schema.Properties.Select(property =>
                        property with
                        {
                            Schema = Inside(property.Schema, SchemaPath.Join(path, property.Name), cut),
                        }
                    ),
                ],
                AdditionalProperties = schema.AdditionalProperties is null
                    ? null
                    : Inside(schema.AdditionalProperties, SchemaPath.Join(path, "*"), cut),
            };

    private static SchemaModel Inside(SchemaModel schema, Func<SchemaModel, SchemaModel> change) =>
        schema with
        {
            Items = schema.Items is null ? null : change(schema.Items),
            Properties = [.. schema.Properties.Select(property => property with { Schema = change(property.Schema) })],
            AdditionalProperties = schema.AdditionalProperties is null ? null : change(schema.AdditionalProperties),
        };

    private static IEnumerable<(string Step, SchemaModel Schema)> Steps(SchemaModel schema) =>
        schema
            .Properties.Select(property => (property.Name, property.Schema))
            .Concat(schema.Items is null ? [] : [("[]", schema.Items)])
            .Concat(schema.AdditionalProperties is null ? [] : [("*", schema.AdditionalProperties)]);
}
