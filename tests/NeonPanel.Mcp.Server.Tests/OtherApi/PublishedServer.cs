using System.Diagnostics;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.Server;
using WireMock.Settings;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>The server, published for another specification, between an issuer and a fake of that API.</summary>
internal sealed class PublishedServer : IAsyncDisposable
{
    private readonly string folder;
    private readonly List<IAsyncDisposable> owned = [];
    private ServerProcess? process;
    private TokenIssuer? issuer;

    private PublishedServer(string folder) => this.folder = folder;

    public WireMockServer Upstream { get; } =
        WireMockServer.Start(new WireMockServerSettings { Urls = ["http://127.0.0.1:0"] });

    public string Address { get; private set; } = "";

    /// <summary>Gets a new token.</summary>
    public string Token => LastToken = issuer!.Create("user", "test", issuer.Audiences);

    /// <summary>Gets the token that was made last.</summary>
    public string LastToken { get; private set; } = "";

    /// <summary>Gets the server's DLL.</summary>
    public string Assembly { get; private init; } = "";

    /// <summary>Takes a server that was built elsewhere.</summary>
    public static PublishedServer Of(string assembly) =>
        new(Directory.CreateTempSubdirectory("other-api-").FullName) { Assembly = assembly };

    /// <summary>Publishes the server; nothing is started.</summary>
    /// <param name="specification">A path below the repository; so is <paramref name="overlay"/>.</param>
    public static async Task<PublishedServer> PublishAsync(string specification, string overlay)
    {
        var folder = Directory.CreateTempSubdirectory("other-api-").FullName;
        var server = new PublishedServer(folder) { Assembly = Path.Combine(folder, "out", "NeonPanel.Mcp.Server.dll") };
        string[] arguments =
        [
            "publish",
            "src/NeonPanel.Mcp.Server",
            "-p:OpenApiSpec=" + specification,
            "-p:OpenApiOverlay=" + overlay,
            "-o",
            Path.Combine(server.folder, "out"),
            // The tools that a native build needs besides the SDK are not everywhere, and the compiler must not outlive
            // the test.
            "-p:PublishAot=false",
            "--artifacts-path",
            Path.Combine(server.folder, "artifacts"),
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            // The analyzers have read these sources when the tests were built; the compiler's own warnings stay errors.
            "-p:RunAnalyzers=false",
            "-p:NuGetAudit=false",
        ];
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = Repository.Folder,
                RedirectStandardOutput = true,
            }
        )!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.That(publish.ExitCode, Is.Zero, output);
        return server;
    }

    /// <summary>Starts issuer and server.</summary>
    /// <param name="settings">Environment variables beside the addresses.</param>
    public async Task StartAsync(params (string Name, string Value)[] settings)
    {
        var port = LoopbackPorts.FreePair();
        Address = $"http://localhost:{port}";
        var issuerAddress = $"http://localhost:{port + 1}";
        issuer = new TokenIssuer(issuerAddress, Address);
        var authorizationServer = SandboxHost.CreateBuilder(port + 1, []).Build();
        owned.Add(authorizationServer);
        authorizationServer.MapAuthorizationServer(issuer);
        await authorizationServer.StartAsync();
        var all = ServerProcess.Settings(Address, issuerAddress, Upstream.Url!);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        process = await ServerProcess.StartAsync(Assembly, all);
    }

    public async ValueTask DisposeAsync()
    {
        process?.Dispose();
        foreach (var item in owned)
        {
            await item.DisposeAsync();
        }

        issuer?.Dispose();
        Upstream.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
