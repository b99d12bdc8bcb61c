using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Structure;

/// <summary>The folders of a project use each other as its page in docs says, and in one direction.</summary>
[TestFixture("src/NeonPanel.Mcp.Server", "docs/architecture.md")]
[TestFixture("generator/NeonPanel.Mcp.Generator", "docs/generator.md")]
internal sealed partial class FolderTests(string project, string page)
{
    private string Namespace => Path.GetFileName(project);

    [Test]
    public void Table_Folders_AreThoseOfTheProject() =>
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

    [Test]
    public void Folders_UsingLines_AreThoseOfTheTable()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var folder in Folders())
            {
                var used = Sources(folder)
                    .SelectMany(source => UsingLine().Matches(source))
                    .Where(line => line.Groups[1].Value == Namespace)
                    .Select(line => line.Groups[2].Value)
                    .Where(name => name != folder)
                    .Distinct();
                Assert.That(used, Is.EquivalentTo(Table().Single(row => row.Folder == folder).Uses), folder);
            }
        }
    }

    /// <summary>A type may also be named with its folder, without a <c>using</c> line.</summary>
    [Test]
    public void Folders_QualifiedNames_AreOfFoldersInTheTable()
    {
        var types = Folders()
            .ToDictionary(
                folder => folder,
                folder =>
                    Sources(folder)
                        .SelectMany(source => TypeDeclaration().Matches(source))
                        .Select(declaration => declaration.Groups[1].Value)
                        .ToHashSet(StringComparer.Ordinal)
            );
        using (Assert.EnterMultipleScope())
        {
            foreach (var folder in Folders())
            {
                var used = Sources(folder)
                    .SelectMany(source => QualifiedName().Matches(source))
                    .Where(name =>
                        types.TryGetValue(name.Groups[1].Value, out var own) && own.Contains(name.Groups[2].Value)
                    )
                    .Select(name => name.Groups[1].Value)
                    .Where(name => name != folder)
                    .Distinct();
                Assert.That(used, Is.SubsetOf(Table().Single(row => row.Folder == folder).Uses), folder);
            }
        }
    }

    private IEnumerable<string> Folders() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Select(path =>
                Path.GetRelativePath(Path.Combine(Repository.Root, project), path).Split(Path.DirectorySeparatorChar)
            )
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0])
            .Distinct();

    private IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, project, folder), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText);

    private List<(string Folder, List<string> Uses)> Table() =>
        [
            .. TableRow()
                .Matches(Repository.Read(page))
                .Select(row =>
                    (
                        row.Groups[1].Value,
                        Name().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value).ToList()
                    )
                ),
        ];

    [GeneratedRegex(@"^using (?:static |\w+ = )?(NeonPanel\.Mcp\.\w+)\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(
        @"^(?:public|internal) [\w ]*?\b(?:class|record struct|record|struct|enum|interface) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"(?:(?<![\w.])|NeonPanel\.Mcp\.\w+\.)([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"^\| `([A-Z]\w+)` \|[^|]*\|([^|]*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
