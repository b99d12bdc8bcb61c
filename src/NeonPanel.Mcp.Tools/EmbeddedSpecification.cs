using System.Reflection;

namespace NeonPanel.Mcp.Tools;

/// <summary>The specification that the build embeds in the assembly of the generated tools.</summary>
/// <param name="assembly">The assembly with the resources <c>openapi.json</c> and <c>openapi.yaml</c>.</param>
public sealed class EmbeddedSpecification(Assembly assembly)
{
    /// <summary>Reads the JSON form. If the specification is JSON, these are its own bytes.</summary>
    public byte[] ReadJson() => Read("openapi.json");

    /// <summary>Reads the YAML form.</summary>
    public byte[] ReadYaml() => Read("openapi.yaml");

    private byte[] Read(string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build of {assembly.GetName().Name} embedded no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
