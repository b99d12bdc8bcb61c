using System.Reflection;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>The version of this build.</summary>
internal static class ServerVersion
{
    /// <summary>Gets the version of the release tag, such as <c>1.2.3</c>, or <c>0.0.0</c> without one.</summary>
    public static string Number { get; } =
        typeof(ServerVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0.0.0";

    /// <summary>Returns the version that clients see: the build's version and, after the plus sign (Semantic Versioning
    /// 2.0.0 §10), the specification's version and the catalog's hash. After the plus sign, all characters except
    /// letters, digits and dots become hyphens.</summary>
    public static string Full(ToolCatalog catalog) =>
        string.Concat($"{Number}+spec.{catalog.SpecificationVersion}.catalog.{catalog.Hash}".Select(Legal));

    private static char Legal(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '+' ? character : '-';
}
