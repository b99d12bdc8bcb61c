using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>A real Redis that keeps nothing. Tests that need it are skipped where there is no
/// <c>redis-server</c>.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly int port;
    private Process process;

    private RedisServer(int port, Process process)
    {
        this.port = port;
        this.process = process;
    }

    public string ConnectionString => $"localhost:{port}";

    public static async Task<RedisServer> StartAsync()
    {
        var port = LoopbackPorts.FreePair();
        return new(port, await StartProcessAsync(port));
    }

    public async Task RestartAsync() => process = await StartProcessAsync(port);

    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    private static async Task<Process> StartProcessAsync(int port)
    {
        var start = new ProcessStartInfo("redis-server")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] options =
        [
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ];
        foreach (var option in options)
        {
            start.ArgumentList.Add(option);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new IgnoreException("There is no redis-server on the PATH (Debian: apt-get install redis-server).");
        }

        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return process;
            }
        }

        throw new InvalidOperationException("redis-server ended before it was ready.");
    }
}
