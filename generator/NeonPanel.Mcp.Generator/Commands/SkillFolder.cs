using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Skills;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Reads a folder of skills.</summary>
internal static class SkillFolder
{
    private const string FileName = "SKILL.md";

    /// <summary>Returns the files of the skills in ordinal order of path.</summary>
    /// <exception cref="FaultException">The folder is missing, or contains something else than <c>NAME/SKILL.md</c>.
    /// A manifest must list every file of a skill (SEP-2640, "Resources"), and only that file is served.</exception>
    public static IReadOnlyList<InputFile> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw Fault(folder, "There is no such folder; a folder with NAME/SKILL.md for each skill is expected.");
        }

        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (files.Find(file => file.Split('/') is not [_, FileName]) is { } stray)
        {
            throw Fault(
                folder.TrimEnd('/') + "/" + stray,
                $"Only NAME/{FileName} is served of a skill. Move the text of this file into it, or delete the file."
            );
        }

        return
        [
            .. files.Select(file => folder.TrimEnd('/') + "/" + file).Select(file => Disk.Read(file, TextReader.Null)),
        ];
    }

    private static FaultException Fault(string file, string message) => new(SkillReader.Fault(file, 1, message));
}
