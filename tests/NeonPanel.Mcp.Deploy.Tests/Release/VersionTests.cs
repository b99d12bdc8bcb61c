using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>The version of what is published, in a small project under the properties of ours.</summary>
internal sealed class VersionTests
{
    private readonly string root = Directory.CreateTempSubdirectory("version-").FullName;

    [OneTimeTearDown]
    public void Delete()
    {
        // Git's objects are read-only, which Windows minds.
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(root, recursive: true);
    }

    [Test]
    public async Task Version_FollowsTheTag_AndWorksWithoutTagsHistoryOrGit()
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "origin")).FullName;
        foreach (
            var file in (string[])
                ["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json"]
        )
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "small.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="MinVer" PrivateAssets="all" /></ItemGroup></Project>"""
        );
        Assert.That(await VersionAsync(folder), Is.EqualTo("0.1.0-alpha.0"), "without git");
        Assert.That(
            await VersionAsync(folder, "-p:MinVerVersionOverride=4.5.6"),
            Is.EqualTo("4.5.6"),
            "without git, as the image's build says it"
        );

        await GitAsync(folder, "init", "-q");
        await GitAsync(folder, "add", ".");
        await GitAsync(folder, "commit", "-qm", "first");
        Assert.That(await VersionAsync(folder), Is.EqualTo("0.1.0-alpha.0"), "without tags");

        await GitAsync(folder, "tag", "v1.2.3");
        Assert.That(await VersionAsync(folder), Is.EqualTo("1.2.3"), "at the tag");

        await GitAsync(folder, "commit", "-q", "--allow-empty", "-m", "second");
        Assert.That(await VersionAsync(folder), Is.EqualTo("1.2.4-alpha.0.1"), "one commit after the tag");

        var shallow = Path.Combine(root, "shallow");
        await GitAsync(root, "clone", "-q", "--depth=1", "--no-tags", new Uri(folder).AbsoluteUri, shallow);
        Assert.That(await VersionAsync(shallow), Is.EqualTo("0.1.0-alpha.0"), "in a shallow clone");
    }

    private static Task<string> VersionAsync(string folder, params string[] properties) =>
        CommandLine.RunAsync(
            folder,
            "dotnet",
            ["msbuild", "-restore", "-t:MinVer", "-getProperty:Version", .. properties]
        );

    private static Task<string> GitAsync(string folder, params string[] arguments) =>
        CommandLine.RunAsync(
            folder,
            "git",
            ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", .. arguments]
        );
}
