namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes JSON types as the flags of <c>ValueKinds</c>.</summary>
internal static class ValueKindsEmitter
{
    /// <param name="types">At least one type.</param>
    public static string Emit(IEnumerable<string> types) =>
        string.Join(
            " | ",
            types.Select(type =>
                type switch
                {
                    "object" => "ValueKinds.Object",
                    "array" => "ValueKinds.Array",
                    "string" => "ValueKinds.String",
                    "integer" => "ValueKinds.Integer",
                    "boolean" => "ValueKinds.Boolean",
                    "null" => "ValueKinds.Null",
                    _ => "ValueKinds.Number",
                }
            )
        );
}
