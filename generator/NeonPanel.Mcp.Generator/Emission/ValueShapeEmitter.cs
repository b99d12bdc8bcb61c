using NeonPanel.Mcp.Generator.Model;

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

        var members = new List<string>();
        if (schema.Types.Count > 0)
        {
            members.Add(
                "Kinds = " + ValueKindsEmitter.Emit(schema.Nullable ? [.. schema.Types, "null"] : schema.Types)
            );
        }

        if (schema.Enum.Count > 0)
        {
            members.Add(
                "Enum = "
                    + CSharpLiteral.List(schema.Enum.Select(JsonText.Compact).Concat(schema.Nullable ? ["null"] : []))
            );
        }

        foreach (var keyword in LimitKeyword.All)
        {
            if (schema.Limits[keyword] is { } limit)
            {
                // Counts and flags become numbers and booleans in C#. Other limits stay texts, because their digits may
                // not fit into a C# number.
                Add(
                    keyword.Member,
                    keyword.IsCount || keyword.Kind == LimitKind.Flag ? limit.Digits : Quoted(limit.Digits)
                );
                if (limit.IsExclusive)
                {
                    members.Add(keyword.ExclusiveMember + " = true");
                }
            }
        }

        Add("Pattern", Quoted(schema.Pattern));
        Add("Expression", schema.Pattern is null ? null : Quoted(EcmaPattern.Translate(schema.Pattern)));
        Add("Format", Quoted(schema.Format));
        Add("Items", schema.Items is null ? null : Emit(schema.Items, nesting));
        if (schema.Properties.Count > 0)
        {
            members.Add(
                "Properties = new Dictionary<string, ValueShape> { "
                    + string.Concat(
                        schema.Properties.Select(property =>
                            $"[{CSharpLiteral.Quote(property.Name)}] = {Emit(property.Schema, nesting)}, "
                        )
                    )
                    + "}"
            );
            var required = schema
                .Properties.Where(property => property.IsRequired)
                .Select(property => property.Name)
                .ToList();
            Add("Required", required.Count > 0 ? CSharpLiteral.List(required) : null);
        }

        var additional = schema.AdditionalProperties is null ? null : Emit(schema.AdditionalProperties, nesting);
        Add("AdditionalProperties", schema.IsClosed ? "null" : additional);
        Add(
            "Alternatives",
            schema.Alternatives.Count == 0
                ? null
                : "[" + string.Join(", ", schema.Alternatives.Select(other => Emit(other, nesting + 1))) + "]"
        );
        return members.Count == 0 ? "ValueShape.Anything" : "new() { " + string.Join(", ", members) + " }";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                members.Add(name + " = " + value);
            }
        }
    }

    private static string? Quoted(string? text) => text is null ? null : CSharpLiteral.Quote(text);
}
