using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The real server over a socket, beside an issuer that does what a test wants and a clock that goes when it
/// is told.</summary>
internal sealed class ProtectedServer : IAsyncDisposable
{
    private const string ListTools = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private readonly WebApplication app;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private ProtectedServer(WebApplication app, TestIssuer issuer, TestClock clock, string address)
    {
        this.app = app;
        Issuer = issuer;
        Clock = clock;
        Address = address;
    }

    public TestIssuer Issuer { get; }

    public TestClock Clock { get; }

    /// <summary>Gets all that the server has written to its log, at every level.</summary>
    public required LogCollector Log { get; init; }

    public string Address { get; }

    public IServiceProvider Services => app.Services;

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
        var configuration = new Dictionary<string, string?>
        {
            ["Server:PublicUrl"] = publicUrl,
            ["Auth:Issuer"] = issuer.Address,
            ["Upstream:BaseAddress"] = issuer.Address,
        };
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        var clock = new TestClock();
        var builder = SandboxHost.CreateBuilder(port, configuration).AddNeonPanelMcp(GeneratedCatalog.Create());
        builder.Services.AddSingleton(time ?? clock);
        builder.Services.AddSingleton<ArrayPool<byte>>(new SpoilingPool());
        RunLogScan.Watch(builder.Logging);
        var log = new LogCollector();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        configure?.Invoke(builder);
        var app = builder.Build().MapNeonPanelMcp();
        await app.StartAsync();
        return new(app, issuer, clock, $"http://localhost:{port}") { Log = log };
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
    public Task StopAsync() => app.StopAsync();

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
        await app.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

/// <summary>Keeps what is logged, scopes and exceptions included.</summary>
internal sealed class LogCollector : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentQueue<(string Part, TaskCompletionSource Logged)> awaited = [];

    public IEnumerable<string> Lines => lines;

    /// <summary>Waits until a line with this text has been logged.</summary>
    public Task WaitForAsync(string part)
    {
        var logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited.Enqueue((part, logged));
        foreach (var line in lines)
        {
            Announce(line);
        }

        return logged.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue("scope " + state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var line = $"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}";
        lines.Enqueue(line);
        Announce(line);
    }

    public void Dispose()
    {
        // nothing is held
    }

    private void Announce(string line)
    {
        foreach (var (part, logged) in awaited)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                logged.TrySetResult();
            }
        }
    }
}

/// <summary>Now, until it is moved on.</summary>
internal sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Advance(TimeSpan time) => ahead += time;
}
