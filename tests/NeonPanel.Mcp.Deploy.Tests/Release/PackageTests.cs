using System.IO.Compression;
using System.Xml.Linq;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>The package that integrators get.</summary>
internal sealed class PackageTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("packages-").FullName;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        var configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";
        await CommandLine.RunAsync(
            Repository.Root,
            "dotnet",
            "pack",
            "src/NeonPanel.Client",
            "--no-build",
            "-c",
            configuration,
            "-o",
            folder
        );
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Package_Content_IsLibraryDocumentationAndReadme() =>
        Assert.That(
            Files("*.nupkg")
                .Where(file =>
                    file.EndsWith(".md", StringComparison.Ordinal) || file.StartsWith("lib/", StringComparison.Ordinal)
                ),
            Is.EquivalentTo(
                (string[])["README.md", "lib/net10.0/NeonPanel.Client.dll", "lib/net10.0/NeonPanel.Client.xml"]
            )
        );

    [Test]
    public void Package_Symbols_ArePackedApart() =>
        Assert.That(Files("*.snupkg"), Does.Contain("lib/net10.0/NeonPanel.Client.pdb"));

    [Test]
    public void Package_Manifest_NamesReadmeAndNoDependency()
    {
        using var archive = Open("*.nupkg");
        using var stream = archive.GetEntry("NeonPanel.Client.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Value(string name) =>
            metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.That(
            (Value("id"), Value("readme"), Value("authors")),
            Is.EqualTo(("NeonPanel.Client", "README.md", "NeonPanel"))
        );
        Assert.That(
            metadata
                .Descendants()
                .Where(element => element.Name.LocalName == "dependency")
                .Select(element => element.ToString()),
            Is.Empty
        );
    }

    private string[] Files(string pattern)
    {
        using var archive = Open(pattern);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private ZipArchive Open(string pattern) => ZipFile.OpenRead(Directory.GetFiles(folder, pattern).Single());
}
