using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Structure;

/// <summary>The folders of the server use each other as docs/architecture.md says, and in one direction.</summary>
internal sealed partial class FolderTests
{
    private const string Server = "src/NeonPanel.Mcp.Server";

    [Test]
    public void Table_Folders_AreThoseOfTheServer() =>
        Assert.That(Table().Select(row => row.Folder), Is.EquivalentTo(Folders()));

    [Test]
    public void Table_EachFolder_UsesOnlyFoldersAboveIt()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (folder, uses) in Table())
        {
            Assert.That(uses, Is.SubsetOf(above), folder);
            above.Add(folder);
        }
    }

    [TestCaseSource(nameof(Folders))]
    public void Folder_UsingLines_AreThoseOfTheTable(string folder)
    {
        var used = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, Server, folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => UsingLine().Match(line).Groups[1].Value)
            .Where(name => name.Length > 0 && name != folder)
            .Distinct();
        Assert.That(used, Is.EquivalentTo(Table().Single(row => row.Folder == folder).Uses));
    }

    private static IEnumerable<string> Folders() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, Server), "*.cs", SearchOption.AllDirectories)
            .Select(path =>
                Path.GetRelativePath(Path.Combine(Repository.Root, Server), path).Split(Path.DirectorySeparatorChar)
            )
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0])
            .Distinct();

    private static List<(string Folder, List<string> Uses)> Table() =>
        [
            .. TableRow()
                .Matches(Repository.Read("docs/architecture.md"))
                .Select(row =>
                    (
                        row.Groups[1].Value,
                        Name().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value).ToList()
                    )
                ),
        ];

    [GeneratedRegex(@"^using (?:static |\w+ = )?NeonPanel\.Mcp\.Server\.(\w+)")]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^\| `(\w+)` \|[^|]*\|([^|]*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
