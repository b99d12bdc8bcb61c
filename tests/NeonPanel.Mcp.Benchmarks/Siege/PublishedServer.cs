using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>The server as it is published: code compiled ahead of time, Release, nothing of this program beside
/// it.</summary>
internal static class PublishedServer
{
    /// <summary>Publishes the server below <c>artifacts/</c>.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="InvalidOperationException">The publish failed.</exception>
    public static async Task<string> PublishAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "NeonPanel.Mcp.sln")))
        {
            root = root.Parent
                ?? throw new InvalidOperationException(
                    "The siege runs outside the repository: name a published server with --server."
                );
        }

        var folder = Path.Combine(root.FullName, "artifacts", "siege-server");
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "publish",
                    "src/NeonPanel.Mcp.Server",
                    "-r",
                    RuntimeInformation.RuntimeIdentifier,
                    "--self-contained",
                    "false",
                    "-p:PublishReadyToRun=true",
                    "-o",
                    folder,
                    "-v",
                    "quiet",
                ]
            )
            {
                WorkingDirectory = root.FullName,
            }
        )!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? folder
            : throw new InvalidOperationException($"dotnet publish ended with {process.ExitCode}.");
    }
}
