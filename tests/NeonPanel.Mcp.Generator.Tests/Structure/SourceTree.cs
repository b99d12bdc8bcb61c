namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>The product's sources: what the folders <c>src</c>, <c>generator</c> and <c>deploy</c> hold.</summary>
internal static class SourceTree
{
    private static readonly string[] Folders = ["src", "generator", "deploy"];

    /// <summary>Gets all files with a name's end, in ordinal order of their paths.</summary>
    /// <returns>Paths from the root of the repository, with slashes.</returns>
    public static IReadOnlyList<string> Files(string ending) => Files(ending, Folders);

    /// <summary>Gets the files of some folders with a name's end, in ordinal order of their paths.</summary>
    /// <returns>Paths from the root of the repository, with slashes.</returns>
    public static IReadOnlyList<string> Files(string ending, string[] folders) =>
        [
            .. folders
                .SelectMany(folder =>
                    Directory.EnumerateFiles(
                        Path.Combine(OurSpecification.Folder, folder),
                        "*" + ending,
                        SearchOption.AllDirectories
                    )
                )
                .Select(file => Path.GetRelativePath(OurSpecification.Folder, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "node_modules"))
                .Order(StringComparer.Ordinal),
        ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(OurSpecification.Folder, file));
}
