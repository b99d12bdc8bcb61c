using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Structure;

/// <summary>The pictures of the build name folders of the generator, in an order in which the folders use each
/// other.</summary>
internal sealed partial class PictureTests
{
    [TestCase("README.md")]
    [TestCase("docs/architecture.md")]
    [TestCase("docs/generator.md")]
    public void BuildTime_Steps_AreFoldersInTheOrderOfTheTable(string page)
    {
        var folders = TableRow()
            .Matches(Repository.Read("docs/generator.md"))
            .Select(row => row.Groups[1].Value)
            .ToList();
        // The first part of the line names the files that are read, the last part the files that are written.
        var steps = Line().Match(Repository.Read(page)).Groups[1].Value.Split("─▶")[1..^1].Select(step => step.Trim());
        Assert.That(steps.Count(), Is.EqualTo(4));
        Assert.That(steps, Is.SubsetOf(folders));
        Assert.That(steps.Select(step => folders.IndexOf(step)), Is.Ordered);
    }

    [GeneratedRegex(@"^ +build time +(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^\| `(\w+)` \|[^|]*\|[^|]*\|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
