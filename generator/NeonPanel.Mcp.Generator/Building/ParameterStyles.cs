using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the style in which a parameter or form field is written.</summary>
internal static class ParameterStyles
{
    /// <summary>Reads how the lists inside a list are written, the outermost first.</summary>
    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns>An empty list when they are written as JSON.</returns>
    public static IReadOnlyList<ParameterStyle> ReadItems(JsonNode? holder) =>
        [
            .. holder
                .Items(SwaggerParameters.ItemFormats)
                .Select(format => Delimited(format?.ToString()) ?? ParameterStyle.Form),
        ];

    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns><see langword="null"/> if the object names no style.</returns>
    public static ParameterStyle? Read(JsonNode? holder) =>
        Delimited(holder.Text(SwaggerParameters.Format))
        ?? holder.Text("style") switch
        {
            "simple" => ParameterStyle.Simple,
            "label" => ParameterStyle.Label,
            "matrix" => ParameterStyle.Matrix,
            "form" => ParameterStyle.Form,
            "spaceDelimited" => ParameterStyle.SpaceDelimited,
            "pipeDelimited" => ParameterStyle.PipeDelimited,
            "deepObject" => ParameterStyle.DeepObject,
            _ => null,
        };

    private static ParameterStyle? Delimited(string? format) =>
        format switch
        {
            "ssv" => ParameterStyle.SpaceDelimited,
            "pipes" => ParameterStyle.PipeDelimited,
            "tsv" => ParameterStyle.TabDelimited,
            _ => null,
        };
}
