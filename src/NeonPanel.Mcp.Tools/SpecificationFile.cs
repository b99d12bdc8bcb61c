namespace NeonPanel.Mcp.Tools;

/// <summary>The specification that this build was generated from.</summary>
public static class SpecificationFile
{
    /// <summary>Reads the JSON form. If the specification is JSON, these are its own bytes.</summary>
    public static byte[] ReadJson() => Read("openapi.json");

    /// <summary>Reads the YAML form.</summary>
    public static byte[] ReadYaml() => Read("openapi.yaml");

    private static byte[] Read(string name)
    {
        using var stream = typeof(SpecificationFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build embedded no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
