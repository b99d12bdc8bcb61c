using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Build;

/// <summary>The table of <c>tests/mutation</c> names what exists and leaves no folder of the code out: a folder without
/// its line, or with tests that were renamed, would silently be mutated no more.</summary>
internal sealed class MutationAreaTests
{
    private static readonly string[] Projects =
    [
        "src/NeonPanel.Client",
        "src/NeonPanel.Mcp.Server",
        "generator/NeonPanel.Mcp.Generator",
    ];

    private static IEnumerable<TestCaseData> Areas =>
        Lines.Select(line => new TestCaseData((object)line).SetArgDisplayNames(line[0]));

    private static List<string[]> Lines =>
        [
            .. Repository
                .Read("tests/mutation/areas.txt")
                .Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(" | ")),
        ];

    [TestCaseSource(nameof(Areas))]
    public void Area_Line_NamesFolderSettingsAndTestsThatExist(string[] line)
    {
        Assert.That(line, Has.Length.EqualTo(3), "folder | configuration | tests");
        Assert.That(Directory.GetFiles(InRepository(line[0]), "*.cs", SearchOption.AllDirectories), Is.Not.Empty);
        Assert.That(InRepository($"tests/mutation/{line[1]}.json"), Does.Exist);
        foreach (var part in line[2].Split(' '))
        {
            // The name of a namespace, with a dot at its end, or of a class.
            var name = part.Split('.');
            var path = $"tests/NeonPanel.Mcp.{name[0]}.{name[1]}/" + string.Join('/', name[2..]);
            Assert.That(InRepository(part.EndsWith('.') ? path : path + ".cs"), Does.Exist, part);
        }
    }

    [Test]
    public void Table_HasEveryFolderOfTheCodeOnce()
    {
        // Files that the build leaves behind are not code.
        var folders = Projects
            .SelectMany(project =>
                Directory
                    .GetDirectories(InRepository(project))
                    .Select(folder => $"{project}/{Path.GetFileName(folder)}")
            )
            .Where(folder =>
                Directory.GetFiles(InRepository(folder), "*.cs").Length > 0
                && !folder.EndsWith("/obj", StringComparison.Ordinal)
            );
        Assert.That(Lines.Select(line => line[0]), Is.SupersetOf(folders));
        Assert.That(Lines.Select(line => Path.GetFileName(line[0])), Is.Unique, "reports are kept by that name");
    }

    private static string InRepository(string path) => Path.Combine(Repository.Root, path);
}
