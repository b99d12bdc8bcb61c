using System.Diagnostics;
using System.Net;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>A network namespace for the siege: nothing leaves the machine, and a host for files can have a public
/// address, which the server insists on. It needs root, <c>unshare</c> and <c>ip</c>.</summary>
internal static class OwnNetwork
{
    public const string FileHost = "files.oaiusercontent.com";

    private const string Mark = "SIEGE_NETWORK";
    private const int NotPermitted = 97;

    /// <summary>A public address, which inside the namespace belongs to the loopback device.</summary>
    public static readonly IPAddress FileAddress = IPAddress.Parse("93.184.215.14");

    public static bool IsInside => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Runs this program again inside a namespace.</summary>
    /// <returns>Its exit code, or <see langword="null"/> where there can be no namespace.</returns>
    public static async Task<int?> RunAsync(IEnumerable<string> arguments)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            return null;
        }

        var hosts = Path.GetTempFileName();
        await File.WriteAllTextAsync(hosts, $"127.0.0.1 localhost\n{FileAddress} {FileHost}\n");
        var setUp =
            $"ip link set lo up && ip addr add {FileAddress}/32 dev lo && mount --bind \"$0\" /etc/hosts || exit {NotPermitted}; exec \"$@\"";
        // The siege ends with its parent, so that a stopped run leaves nothing behind.
        var start = new ProcessStartInfo(
            "unshare",
            [
                "--net",
                "--mount",
                "--fork",
                "--kill-child",
                "/bin/sh",
                "-c",
                setUp,
                hosts,
                Environment.ProcessPath!,
                "siege",
                .. arguments,
            ]
        );
        start.Environment[Mark] = "1";
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode == NotPermitted ? null : process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(hosts);
        }
    }
}
