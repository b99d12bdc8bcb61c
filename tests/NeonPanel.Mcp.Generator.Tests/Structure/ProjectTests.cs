using System.Xml.Linq;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>The part that one project may take from another: its assembly, never its files.</summary>
internal sealed class ProjectTests
{
    [Test]
    public void Projects_OfTheProduct_CompileNoFileOfAnotherProject()
    {
        var files = SourceTree.Files(".csproj");
        Assert.That(files, Has.Count.GreaterThan(5));
        Assert.That(files.SelectMany(ForeignFiles), Is.Empty);
    }

    [Test]
    public void Generator_References_NothingOfTheServer() =>
        Assert.That(
            XDocument
                .Parse(SourceTree.Read("generator/NeonPanel.Mcp.Generator/NeonPanel.Mcp.Generator.csproj"))
                .Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")!.Value),
            Is.EqualTo(new[] { "../../src/NeonPanel.Mcp.SafeText/NeonPanel.Mcp.SafeText.csproj" })
        );

    private static IEnumerable<string> ForeignFiles(string project) =>
        XDocument
            .Parse(SourceTree.Read(project))
            .Descendants("Compile")
            .Select(item => item.Attribute("Include")?.Value ?? "")
            .Where(path => path.StartsWith("..", StringComparison.Ordinal))
            .Select(path => $"{project}: {path}");
}
