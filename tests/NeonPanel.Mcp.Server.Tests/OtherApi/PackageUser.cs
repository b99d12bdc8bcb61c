using System.Diagnostics;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>A developer with only the packages: a folder outside the repository, whose name has a space, with an empty
/// package cache and a folder feed beside the usual source.</summary>
internal sealed partial class PackageUser : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("packed servers ").FullName;

    private PackageUser() { }

    /// <summary>Gets the version of the packages.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Packs the packages of the repository for a new user.</summary>
    public static async Task<PackageUser> PackAsync()
    {
        var user = new PackageUser();
        var feed = user.File("feed");
        var packed = await user.RunAsync(
            Repository.Folder,
            [
                "build",
                "packages/Packages.proj",
                "-p:PackageOutputPath=" + feed,
                // The analyzers have read these sources when the tests were built.
                "-p:RunAnalyzers=false",
                "-p:NuGetAudit=false",
            ],
            isDeveloper: false
        );
        Assert.That(packed.ExitCode, Is.Zero, packed.Output);
        var host = Directory.GetFiles(feed, "NeonPanel.Mcp.Host.*.nupkg").Single();
        user.Version = Path.GetFileNameWithoutExtension(host)["NeonPanel.Mcp.Host.".Length..];
        user.Write(
            "nuget.config",
            """<configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>"""
        );
        return user;
    }

    /// <summary>Returns the path of a file in the user's folder.</summary>
    public string File(string name) => Path.Combine(root, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Copies a file of the repository.</summary>
    public void Copy(string source, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.Copy(Path.Combine(Repository.Folder, source), File(name), overwrite: true);
    }

    /// <summary>Runs <c>dotnet</c> in the user's folder, and requires success.</summary>
    public async Task<string> DotnetAsync(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(root, arguments, isDeveloper: true);
        Assert.That(exitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>Builds a project that has a fault.</summary>
    /// <returns>Its different errors, without the name of the project at the end.</returns>
    public async Task<List<string>> ErrorsAsync(string project)
    {
        var (exitCode, output) = await RunAsync(root, ["build", project], isDeveloper: true);
        Assert.That(exitCode, Is.Not.Zero, output);
        return [.. ErrorLine().Matches(output).Select(line => line.Groups[1].Value.Replace(root, "ROOT")).Distinct()];
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string folder, string[] arguments, bool isDeveloper)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Of the test host; another build does not want them.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        // Neither a compiler nor a build process outlives the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (isDeveloper)
        {
            start.Environment["DOTNET_CLI_HOME"] = File("home");
            start.Environment["NUGET_PACKAGES"] = File("cache");
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [GeneratedRegex(@"^\s*(.*error .*?)(?: \[[^\]]*proj\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
