using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The real server over a socket, beside an issuer that does what a test wants and a clock that goes when it
/// is told.</summary>
internal sealed class ProtectedServer : IAsyncDisposable
{
    private const string ListTools = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private readonly LocalServer server;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private ProtectedServer(LocalServer server, TestIssuer issuer, TestClock clock)
    {
        this.server = server;
        Issuer = issuer;
        Clock = clock;
    }

    public TestIssuer Issuer { get; }

    public TestClock Clock { get; }

    /// <summary>Gets all that the server has written to its log, at every level.</summary>
    public required LogCollector Log { get; init; }

    public string Address => server.Address;

    public IServiceProvider Services => server.Services;

    public static Task<ProtectedServer> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(settings, _ => []);

    /// <param name="configure">Runs on the server's builder at last.</param>
    public static Task<ProtectedServer> StartAsync(Action<WebApplicationBuilder> configure) =>
        StartAsync([], _ => [], configure: configure);

    /// <param name="settings">Settings of the server.</param>
    /// <param name="ofIssuer">Further ones, out of the issuer's address.</param>
    /// <param name="time">Another clock than <see cref="Clock"/>.</param>
    public static async Task<ProtectedServer> StartAsync(
        IEnumerable<(string Name, string Value)> settings,
        Func<string, IEnumerable<(string Name, string Value)>> ofIssuer,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var port = LoopbackPorts.FreePair();
        var address = $"http://localhost:{port}";
        var issuer = new TestIssuer(port + 1, address + "/mcp");
        await issuer.StartAsync();
        return await StartAsync(port, address, issuer, settings.Concat(ofIssuer(issuer.Address)), time, configure);
    }

    /// <summary>Starts another instance of the same server, as behind one proxy: same public address, same issuer and
    /// API.</summary>
    public Task<ProtectedServer> StartBesideAsync(
        IEnumerable<(string Name, string Value)> settings,
        TimeProvider? time = null
    ) => StartAsync(LoopbackPorts.FreePair(), Address, Issuer, settings, time, null);

    private static async Task<ProtectedServer> StartAsync(
        int port,
        string publicUrl,
        TestIssuer issuer,
        IEnumerable<(string Name, string Value)> settings,
        TimeProvider? time,
        Action<WebApplicationBuilder>? configure
    )
    {
        var clock = new TestClock();
        var log = new LogCollector();
        var server = await LocalServer.StartAsync(
            new(port, issuer.Address, issuer.Address)
            {
                PublicUrl = publicUrl,
                Settings = settings,
                Configure = builder =>
                {
                    builder.Services.AddSingleton(time ?? clock);
                    builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                    configure?.Invoke(builder);
                },
            }
        );
        return new(server, issuer, clock) { Log = log };
    }

    /// <summary>Asks for the tools with a token: 200 when it is good.</summary>
    public async Task<HttpResponseMessage> ListAsync(string? token, string body = ListTools)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string? token)
    {
        using var response = await ListAsync(token);
        return response.StatusCode;
    }

    /// <summary>Sends a request, and breaks its connection off after a moment.</summary>
    public async Task LeaveAsync(string token, string body, Task moment)
    {
        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sent = http.SendAsync(request, leave.Token);
        await moment;
        await leave.CancelAsync();
        try
        {
            (await sent).Dispose();
        }
        catch (OperationCanceledException)
        {
            // This is the aim.
        }
    }

    /// <summary>Sends what no HTTP client would, and returns the head of the answer.</summary>
    public async Task<string> SendRawAsync(string headers, string body = ListTools)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(Address).Port);
        await using var stream = client.GetStream();
        var request =
            $"POST /mcp HTTP/1.1\r\nConnection: close\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        }
        catch (IOException)
        {
            // refused before all of it was sent; the answer is there to be read
        }

        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).Split("\r\n\r\n")[0];
    }

    /// <summary>Stops the server as SIGTERM does.</summary>
    public Task StopAsync() => server.StopAsync();

    /// <summary>Sends the beginning of a request, and returns what the server says when it has waited long
    /// enough.</summary>
    public async Task<string> SendHalfAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(Address).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
