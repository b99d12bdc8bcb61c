namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The files that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Gets the root.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NeonPanel.Mcp.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run below the repository.");
        }

        return folder.FullName;
    }
}
