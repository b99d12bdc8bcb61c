using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>The lock files of NuGet: each package by its hash, wherever it is fetched from.</summary>
internal sealed class LockFileTests
{
    /// <summary>The lock file that names the packages of the image.</summary>
    private const string NativeFile = "packages.native.linux-x64.lock.json";

    private static IEnumerable<string> Projects =>
        ((string[])["src", "generator", "tests", "deploy"])
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!));

    [TestCaseSource(nameof(Projects))]
    public void Project_Packages_AreLockedByHash(string project) => AssertLocked(project, "packages.lock.json");

    [TestCase("src/NeonPanel.Mcp.Server")]
    [TestCase("src/NeonPanel.Mcp.Tools")]
    [TestCase("src/NeonPanel.Mcp.SafeText")]
    public void Project_OfTheImage_HasItsNativePackagesLocked(string project)
    {
        AssertLocked(project, NativeFile);
        Assert.That(Repository.Read($"{project}/{NativeFile}"), Does.Contain("\"Microsoft.DotNet.ILCompiler\""));
    }

    [Test]
    public void Packages_WithAVersion_AreAllUsed()
    {
        var used = Projects
            .SelectMany(project => Directory.GetFiles(Path.Combine(Repository.Root, project), "packages*.lock.json"))
            .SelectMany(file => Packages(Path.GetRelativePath(Repository.Root, file)).Select(package => package.Key))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var pinned = Regex
            .Matches(Repository.Read("Directory.Packages.props"), "PackageVersion Include=\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value)
            .ToList();
        Assert.That(pinned, Has.Count.GreaterThan(20));
        Assert.That(pinned.Where(name => !used.Contains(name)), Is.Empty);
    }

    // A restore outside CI repairs a lock file; in CI and in the image's build it must fail instead.
    [Test]
    public void Restore_OfTheImage_IsLockedAndSeesTheLockFiles()
    {
        Assert.That(Repository.Read("Dockerfile"), Does.Match(@"dotnet publish .*-p:RestoreLockedMode=true"));
        Assert.That(Repository.Read(".dockerignore").Split('\n'), Does.Contain("!Directory.Build.targets"));
        Assert.That(
            Repository.Read("Directory.Build.targets"),
            Does.Contain("""<RestoreLockedMode Condition="'$(CI)' == 'true'">true</RestoreLockedMode>""")
        );
    }

    // Directory.Build.targets sets the version of what the SDK adds, so that it does not depend on the patch of the
    // SDK.
    [Test]
    public void PackagesOfTheSdk_AreThoseOfTheLockFile()
    {
        var pinned = Regex
            .Matches(Repository.Read("Directory.Build.targets"), "<IL(?:Link|Compiler)PackVersion>([^<]+)<")
            .Select(match => match.Groups[1].Value)
            .ToList();
        var locked = Packages($"src/NeonPanel.Mcp.Server/{NativeFile}");
        Assert.That(
            pinned,
            Is.EqualTo(
                (string[])
                    [
                        locked["Microsoft.NET.ILLink.Tasks"]!["resolved"]!.ToString(),
                        locked["Microsoft.DotNet.ILCompiler"]!["resolved"]!.ToString(),
                    ]
            )
        );
    }

    private static void AssertLocked(string project, string file)
    {
        Assert.That(Path.Combine(Repository.Root, project, file), Does.Exist);
        var packages = Packages($"{project}/{file}")
            .Where(package => package.Value!["type"]!.ToString() != "Project")
            .ToList();
        Assert.That(packages, Is.Not.Empty);
        Assert.That(
            packages
                .Where(package => Convert.FromBase64String(package.Value!["contentHash"]!.ToString()).Length != 64)
                .Select(package => package.Key),
            Is.Empty
        );
        Assert.That(Repository.Read($"{project}/{file}"), Does.Not.Contain("://"), "no address of a feed");
    }

    private static JsonObject Packages(string file) =>
        JsonNode.Parse(Repository.Read(file))!["dependencies"]!["net10.0"]!.AsObject();
}
