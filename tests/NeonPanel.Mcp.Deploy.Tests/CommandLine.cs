using System.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests;

/// <summary>Runs a command. A test whose command this machine does not have is skipped.</summary>
internal static class CommandLine
{
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Of the test host; another build does not want them.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new IgnoreException($"There is no '{command}' on the PATH.");
        }

        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.That(
                process.ExitCode,
                Is.Zero,
                $"{command} {string.Join(' ', arguments)}\n{await output}{await error}"
            );
            return (await output).Trim();
        }
    }
}
