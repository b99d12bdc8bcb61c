using System.Reflection;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The version of this build, which is that of the server of the same release.</summary>
internal static class ReleaseVersion
{
    /// <summary>Gets the version of the release tag, such as <c>1.2.3</c>, or <c>0.0.0</c> without one.</summary>
    public static string Number { get; } =
        typeof(ReleaseVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0.0.0";
}
