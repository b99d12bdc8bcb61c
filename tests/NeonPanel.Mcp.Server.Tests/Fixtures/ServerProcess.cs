using System.Diagnostics;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The server as a process of its own, as it runs when it is deployed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int SigTerm = 15;

    private readonly Process process;

    private Task reading = Task.CompletedTask;

    private ServerProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>The settings that give a server its address, its issuer and its API.</summary>
    public static Dictionary<string, string> Settings(string address, string issuer, string api) =>
        new()
        {
            ["ASPNETCORE_URLS"] = address,
            ["Server__PublicUrl"] = address,
            ["Auth__Issuer"] = issuer,
            ["Upstream__BaseAddress"] = api,
        };

    /// <summary>Starts the server, and returns when it listens.</summary>
    /// <param name="assembly">The server's DLL; where it is not published, the one beside the tests.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<ServerProcess> StartAsync(string? assembly, Dictionary<string, string> settings)
    {
        var file = assembly ?? Path.Combine(AppContext.BaseDirectory, "NeonPanel.Mcp.Server.dll");
        var start = new ProcessStartInfo("dotnet", [file])
        {
            WorkingDirectory = Path.GetDirectoryName(file),
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!);
        while (await server.process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Now listening on", StringComparison.Ordinal))
            {
                // Output that nobody reads would fill the pipe and stop the server.
                server.reading = server.process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return server;
            }
        }

        server.Dispose();
        throw new AssertionException("The server ended before it listened.");
    }

    /// <summary>Runs the server beside the tests where it does not come to serve anybody.</summary>
    /// <returns>The exit code, and what it wrote to standard error.</returns>
    public static async Task<(int ExitCode, string Error)> RunAsync(
        Dictionary<string, string> settings,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "NeonPanel.Mcp.Server.dll"), .. arguments]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    /// <summary>Tells the server to stop, as a platform does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync()
    {
        Assert.That(Kill(process.Id, SigTerm), Is.Zero);
        return ExitAsync();
    }

    /// <summary>Ends the server without a word to it.</summary>
    public Task<int> KillAsync()
    {
        process.Kill();
        return ExitAsync();
    }

    private async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        reading.Wait();
        process.Dispose();
    }
}
