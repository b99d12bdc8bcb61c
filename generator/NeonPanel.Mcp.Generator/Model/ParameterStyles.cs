using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Reads the style in which a parameter or form field is written. The names are those of the client
/// library.</summary>
internal static class ParameterStyles
{
    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns><see langword="null"/> if the object names no style.</returns>
    public static string? Read(JsonNode? holder) =>
        holder.Text(SwaggerParameters.Format) switch
        {
            "ssv" => "SpaceDelimited",
            "pipes" => "PipeDelimited",
            "tsv" => "TabDelimited",
            _ => holder.Text("style") switch
            {
                "simple" => "Simple",
                "label" => "Label",
                "matrix" => "Matrix",
                "form" => "Form",
                "spaceDelimited" => "SpaceDelimited",
                "pipeDelimited" => "PipeDelimited",
                "deepObject" => "DeepObject",
                _ => null,
            },
        };
}
