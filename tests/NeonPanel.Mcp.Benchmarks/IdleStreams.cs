using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Benchmarks;

/// <summary>The cost of an idle stream of the older transport. This process is the server; another one opens the
/// streams, initializes, lists the tools on each, and then says nothing.</summary>
internal static class IdleStreams
{
    private const string Issuer = "https://issuer.example";
    private const int WarmUp = 20;

    public static async Task<int> RunAsync(int count, int port)
    {
        var address = $"http://localhost:{port}";
        using var rsa = RSA.Create(2048);
        await using var app = await StartAsync(address, rsa);
        // Once before measuring, so that what is loaded and compiled at the first use is not counted.
        await OpenFromAnotherProcessAsync(address, rsa, WarmUp, closeAfter: true);
        var before = Measure();
        using var clients = await OpenFromAnotherProcessAsync(address, rsa, count, closeAfter: false);
        var opened = Resident();
        var after = Measure();
        Console.WriteLine(
            $"{count} idle streams: {(opened - before.Resident) / count} bytes resident each, {(after.Resident - before.Resident) / count} after a collection, {(after.Managed - before.Managed) / count} of them managed"
        );
        Console.WriteLine(
            $"server: {before.Resident >> 20} MiB resident before, {opened >> 20} MiB with them, {after.Resident >> 20} MiB after a collection"
        );
        await clients!.StandardInput.WriteLineAsync();
        await clients.WaitForExitAsync();
        return 0;
    }

    /// <summary>The other process: tokens on standard input, one a line, for one stream each.</summary>
    public static async Task<int> OpenAsync(string address, int count)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
        {
            BaseAddress = new(address),
            Timeout = TimeSpan.FromMinutes(1),
        };
        var streams = new List<Stream>();
        for (var stream = 0; stream < count; stream++)
        {
            streams.Add(await OpenOneAsync(http, Console.ReadLine()!));
        }

        Console.WriteLine("open");
        Console.ReadLine();
        return 0;
    }

    private static async Task<Stream> OpenOneAsync(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sse")
        {
            Headers = { Authorization = new("Bearer", token) },
        };
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var stream = await response.Content.ReadAsStreamAsync();
        var reader = new StreamReader(stream);
        await reader.ReadLineAsync();
        var endpoint = (await reader.ReadLineAsync())!["data: ".Length..];
        await PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"idle","version":"1"}}}"""
        );
        await PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        for (var answers = 0; answers < 2; )
        {
            answers += (await reader.ReadLineAsync())!.StartsWith("data: ", StringComparison.Ordinal) ? 1 : 0;
        }

        return stream;

        async Task PostAsync(string message)
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, endpoint)
            {
                Content = new StringContent(message, Encoding.UTF8, "application/json"),
            };
            post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var accepted = await http.SendAsync(post);
            accepted.EnsureSuccessStatusCode();
        }
    }

    private static async Task<WebApplication> StartAsync(string address, RSA rsa)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Server:PublicUrl"] = address,
                ["Auth:Issuer"] = Issuer,
                ["Limits:MaxConnectionsPerAddress"] = "1000000",
            }
        );
        builder.WebHost.UseUrls(address);
        builder.AddNeonPanelMcp(GeneratedCatalog.Create());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(services => new SigningKeys(
            services.GetRequiredService<AuthOptions>(),
            new HttpClient(new KeySet(rsa)),
            TimeProvider.System,
            NullLogger<SigningKeys>.Instance
        ));
        var app = builder.Build().MapNeonPanelMcp();
        await app.StartAsync();
        return app;
    }

    private static async Task<Process?> OpenFromAnotherProcessAsync(string address, RSA rsa, int count, bool closeAfter)
    {
        var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList = { "open-streams", address, count.ToString(CultureInfo.InvariantCulture) },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        for (var user = 0; user < count; user++)
        {
            await process.StandardInput.WriteLineAsync(
                Token(rsa, address, "user-" + user.ToString(CultureInfo.InvariantCulture))
            );
        }

        var answer = await process.StandardOutput.ReadLineAsync();
        if (answer != "open")
        {
            throw new InvalidOperationException("The streams could not be opened: " + answer);
        }

        if (!closeAfter)
        {
            return process;
        }

        await process.StandardInput.WriteLineAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        return null;
    }

    private static string Token(RSA rsa, string audience, string subject) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = audience,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
                Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = "openid" },
                SigningCredentials = new(new RsaSecurityKey(rsa) { KeyId = "key" }, SecurityAlgorithms.RsaSha256),
            }
        );

    private static (long Resident, long Managed) Measure()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (Resident(), managed);
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private sealed class KeySet(RSA rsa) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            var keys =
                $$"""{"keys":[{"kty":"RSA","kid":"key","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""";
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(keys, Encoding.UTF8, "application/json"),
                }
            );
        }
    }
}
