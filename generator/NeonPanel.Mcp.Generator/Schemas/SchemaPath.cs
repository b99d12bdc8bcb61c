namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Writes the path of a part of arguments or answer in the form for people: <c>details[].rate</c>.</summary>
internal static class SchemaPath
{
    /// <summary>Appends a member, <c>[]</c> for the items of a list, or <c>*</c> for unnamed members.</summary>
    public static string Join(string path, string step) =>
        step == "[]" || path.Length == 0 ? path + step : path + "." + step;

    public static string Join(IEnumerable<string> steps) => steps.Aggregate("", Join);
}
