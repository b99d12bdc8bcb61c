using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Reads how a parameter or a field of a form is written; the names are those of the client library.</summary>
internal static class ParameterStyles
{
    /// <param name="holder">A Parameter Object or an Encoding Object.</param>
    /// <returns><see langword="null"/> when the object does not say.</returns>
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
