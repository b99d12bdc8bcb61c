using System.Net;
using System.Net.Sockets;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests;

/// <summary>A server that cannot start says why in one line, and ends with 1.</summary>
internal sealed class StartTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Server__PublicUrl"] = "https://mcp.example",
        ["DOTNET_DbgEnableMiniDump"] = "0",
    };

    [TestCase("nonsense")]
    [TestCase("https://localhost:0", Description = "there is no certificate")]
    [TestCase("http://localhost:TAKEN")]
    public async Task Start_WithNothingToListenOn_IsOneLineThatNamesTheSetting(string urls)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (code, error) = await ServerProcess.RunAsync(
            new(Settings) { ["ASPNETCORE_URLS"] = urls.Replace("TAKEN", port, StringComparison.Ordinal) }
        );
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(
            error.TrimEnd(),
            Does.StartWith("ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS must name addresses to listen on: ")
                .And.Not.Contain("\n")
        );
    }

    [TestCase("docter", 1)]
    [TestCase("--help", 0)]
    [TestCase("doctor --help", 0)]
    public async Task CommandLine_ThatAsksForNothingToRun_IsToldWhatThereIs(string arguments, int expected)
    {
        // Were it taken for a server to start, it would stop at this one.
        var (code, error) = await ServerProcess.RunAsync(
            new(Settings) { ["ASPNETCORE_URLS"] = "nonsense" },
            arguments.Split(' ')
        );
        Assert.That(
            (code, error.Contains("ASPNETCORE_URLS", StringComparison.Ordinal)),
            Is.EqualTo((expected, false)),
            error
        );
        Assert.That(error, expected == 0 ? Is.Empty : Does.StartWith("There is no verb 'docter'."));
    }
}
