using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Reads the style in which a parameter or form field is written. The names are those of the client
/// library.</summary>
internal static class ParameterStyles
{
    /// <summary>Reads how the lists inside a list are written, the outermost first.</summary>
    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns>An empty list when they are written as JSON.</returns>
    public static IReadOnlyList<string> ReadItems(JsonNode? holder) =>
        [.. holder.Items(SwaggerParameters.ItemFormats).Select(format => Delimited(format?.ToString()) ?? "Form")];

    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns><see langword="null"/> if the object names no style.</returns>
    public static string? Read(JsonNode? holder) =>
        Delimited(holder.Text(SwaggerParameters.Format))
        ?? holder.Text("style") switch
        {
            "simple" => "Simple",
            "label" => "Label",
            "matrix" => "Matrix",
            "form" => "Form",
            "spaceDelimited" => "SpaceDelimited",
            "pipeDelimited" => "PipeDelimited",
            "deepObject" => "DeepObject",
            _ => null,
        };

    private static string? Delimited(string? format) =>
        format switch
        {
            "ssv" => "SpaceDelimited",
            "pipes" => "PipeDelimited",
            "tsv" => "TabDelimited",
            _ => null,
        };
}
