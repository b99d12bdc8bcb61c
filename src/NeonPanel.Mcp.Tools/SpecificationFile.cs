namespace NeonPanel.Mcp.Tools;

/// <summary>The specification that this assembly was generated from.</summary>
public static class SpecificationFile
{
    private static readonly EmbeddedSpecification Own = new(typeof(SpecificationFile).Assembly);

    /// <summary>Reads the JSON form. If the specification is JSON, these are its own bytes.</summary>
    public static byte[] ReadJson() => Own.ReadJson();

    /// <summary>Reads the YAML form.</summary>
    public static byte[] ReadYaml() => Own.ReadYaml();
}
