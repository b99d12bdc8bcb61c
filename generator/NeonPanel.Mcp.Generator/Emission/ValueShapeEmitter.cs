using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes a <see cref="SchemaModel"/> as an object graph. The server checks arguments with it.</summary>
internal static class ValueShapeEmitter
{
    // Each level of alternatives doubles the code, because a shape contains both its own members and its alternatives.
    private const int MaxNesting = 3;

    public static string Emit(SchemaModel schema) => Emit(schema, 0);

    private static string Emit(SchemaModel schema, int nesting)
    {
        if (schema.Alternatives.Count > 0 && nesting >= MaxNesting)
        {
            schema = new() { Types = schema.Types, Nullable = schema.Nullable };
        }

        List<string> members =
        [
            .. Values(schema),
            .. Limits(schema),
            .. Texts(schema),
            .. Optional("Items", schema.Items is null ? null : Emit(schema.Items, nesting)),
            .. Properties(schema, nesting),
            .. Optional("AdditionalProperties", Additional(schema, nesting)),
            .. Optional("Alternatives", Alternatives(schema, nesting)),
        ];
        return members.Count == 0 ? "ValueShape.Anything" : "new() { " + string.Join(", ", members) + " }";
    }

    private static IEnumerable<string> Values(SchemaModel schema)
    {
        if (schema.Types.Count > 0)
        {
            yield return "Kinds = "
                + ValueKindsEmitter.Emit(schema.Nullable ? [.. schema.Types, "null"] : schema.Types);
        }

        if (schema.Enum.Count > 0)
        {
            yield return "Enum = "
                + CSharpLiteral.List(schema.Enum.Select(JsonText.Compact).Concat(schema.Nullable ? ["null"] : []));
        }
    }

    private static IEnumerable<string> Limits(SchemaModel schema)
    {
        foreach (var keyword in LimitKeyword.All)
        {
            if (schema.Limits[keyword] is { } limit)
            {
                // Counts and flags become numbers and booleans in C#. Other limits stay texts, because their digits may
                // not fit into a C# number.
                var isPlain = keyword.IsCount || keyword.Kind == LimitKind.Flag;
                yield return keyword.Member + " = " + (isPlain ? limit.Digits : CSharpLiteral.Quote(limit.Digits));
                if (limit.IsExclusive)
                {
                    yield return keyword.ExclusiveMember + " = true";
                }
            }
        }
    }

    private static IEnumerable<string> Texts(SchemaModel schema) =>
        [
            .. Optional("Pattern", Quoted(schema.Pattern)),
            .. Optional("Expression", schema.Pattern is null ? null : Quoted(EcmaPattern.Translate(schema.Pattern))),
            .. Optional("Format", Quoted(schema.Format)),
            .. Optional("Source", Quoted(schema.Source)),
        ];

    private static IEnumerable<string> Properties(SchemaModel schema, int nesting)
    {
        if (schema.Properties.Count == 0)
        {
            yield break;
        }

        yield return "Properties = new Dictionary<string, ValueShape> { "
            + string.Concat(
                schema.Properties.Select(property =>
                    $"[{CSharpLiteral.Quote(property.Name)}] = {Emit(property.Schema, nesting)}, "
                )
            )
            + "}";
        var required = schema
            .Properties.Where(property => property.IsRequired)
            .Select(property => property.Name)
            .ToList();
        if (required.Count > 0)
        {
            yield return "Required = " + CSharpLiteral.List(required);
        }
    }

    private static string? Additional(SchemaModel schema, int nesting)
    {
        if (schema.IsClosed)
        {
            return "null";
        }

        return schema.AdditionalProperties is null ? null : Emit(schema.AdditionalProperties, nesting);
    }

    private static string? Alternatives(SchemaModel schema, int nesting) =>
        schema.Alternatives.Count == 0
            ? null
            : "[" + string.Join(", ", schema.Alternatives.Select(other => Emit(other, nesting + 1))) + "]";

    // One assignment, or none without a value.
    private static IEnumerable<string> Optional(string name, string? value) =>
        value is null ? [] : [name + " = " + value];

    private static string? Quoted(string? text) => text is null ? null : CSharpLiteral.Quote(text);
}
