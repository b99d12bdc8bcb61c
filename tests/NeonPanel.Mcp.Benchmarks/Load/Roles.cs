using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools.Generated;
using Yarp.ReverseProxy.Configuration;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>The roles that the processes of the load comparison have: the API, and the three in front of it.</summary>
internal static class Roles
{
    public const string Upstream = "upstream";
    public const string Yarp = "yarp";
    public const string Sdk = "sdk";
    public const string Fast = "fast";

    /// <summary>The fast path with <c>Mcp:MaxResultChars</c> as it ships: what is larger is cut.</summary>
    public const string Cut = "cut";

    /// <summary>The server that holds repeated writes back (<c>Writes:HoldRepeats</c>), and the one that does
    /// not.</summary>
    public const string Guarded = "guarded";
    public const string Unguarded = "unguarded";

    public const string Audience = "http://localhost";

    /// <summary>Serves one role until the standard input ends, and tells on request what it has used.</summary>
    public static async Task<int> RunAsync(string role, int port, int upstreamPort, string publicKey)
    {
        using var key = RSA.Create();
        key.ImportFromPem(publicKey);
        var app = role switch
        {
            Upstream => Api(key),
            Yarp => Proxy(key, upstreamPort),
            _ => Server(upstreamPort, isFast: role != Sdk, isWhole: role != Cut, isGuarded: role != Unguarded),
        };
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.StartAsync();
        ChildProcess.Tell("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            ChildProcess.Tell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Environment.CpuUsage.TotalTime.TotalMilliseconds} {GC.GetTotalAllocatedBytes(precise: true)} {Environment.WorkingSet}"
                )
            );
        }

        await app.StopAsync();
        return 0;
    }

    public static string Issuer(int upstreamPort) => $"http://127.0.0.1:{upstreamPort}";

    // The answers are made once.
    private static WebApplication Api(RSA key)
    {
        var published = key.ExportParameters(includePrivateParameters: false);
        var keys = Encoding.UTF8.GetBytes(
            $$"""{"keys":[{"kty":"RSA","kid":"key","n":"{{Base64UrlEncoder.Encode(published.Modulus)}}","e":"{{Base64UrlEncoder.Encode(published.Exponent)}}"}]}"""
        );
        var (companies, reports) = (Answer(4 * 1024), Answer(200 * 1024));
        var bill = """{"id":1,"ref_number":"A-1","amount":950.00,"currency":"USD","date":"2026-11-20"}"""u8.ToArray();
        var app = Quiet(WebApplication.CreateSlimBuilder()).Build();
        app.MapGet("/.well-known/jwks.json", () => Results.Bytes(keys, "application/json"));
        app.MapGet("/api/v1/companies", context => WriteAsync(context, companies));
        app.MapGet("/api/v1/reports", context => WriteAsync(context, reports));
        app.MapPost("/api/v1/companies/{company}/bills", context => WriteAsync(context, bill));
        return app;

        static Task WriteAsync(HttpContext context, byte[] body)
        {
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json", body.Length);
            return context.Response.BodyWriter.WriteAsync(body).AsTask();
        }
    }

    // Rows as the API sends them: some strings, some numbers.
    private static byte[] Answer(int bytes)
    {
        var text = new StringBuilder("{\"current_page\":1,\"last_page\":1,\"data\":[");
        for (var id = 1; text.Length < bytes; id++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""{{(id > 1 ? "," : "")}}{"id":{{id}},"uuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d9{{id:d4}}","name":"Harbor & Pine Outfitters {{id}}","currency":"USD","balance":{{id * 17}}.50}"""
            );
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private static WebApplication Proxy(RSA key, int upstreamPort)
    {
        var builder = Quiet(WebApplication.CreateSlimBuilder());
        builder
            .Services.AddAuthorization()
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer =>
                bearer.TokenValidationParameters = new()
                {
                    ValidIssuer = Issuer(upstreamPort),
                    ValidAudience = Audience,
                    IssuerSigningKey = new RsaSecurityKey(key.ExportParameters(includePrivateParameters: false))
                    {
                        KeyId = "key",
                    },
                }
            );
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new()
                    {
                        RouteId = "api",
                        ClusterId = "api",
                        AuthorizationPolicy = "default",
                        Match = new RouteMatch { Path = "/{**rest}" },
                    },
                ],
                [
                    new()
                    {
                        ClusterId = "api",
                        Destinations = new Dictionary<string, DestinationConfig>
                        {
                            ["one"] = new() { Address = Issuer(upstreamPort) },
                        },
                    },
                ]
            );
        var app = builder.Build();
        app.UseAuthentication().UseAuthorization();
        app.MapReverseProxy();
        return app;
    }

    // As the program starts it, with its line of log for each call; only the limits are out of the way.
    private static WebApplication Server(int upstreamPort, bool isFast, bool isWhole, bool isGuarded)
    {
        var catalog = GeneratedCatalog.Create();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Server:PublicUrl"] = Audience,
                ["Server:AllowedHosts"] = "127.0.0.1",
                ["Auth:Issuer"] = Issuer(upstreamPort),
                ["Upstream:BaseAddress"] = Issuer(upstreamPort),
                ["Mcp:MaxResultChars"] = isWhole ? "1000000" : null,
                ["Writes:HoldRepeats"] = isGuarded ? "true" : "false",
                ["Limits:CallsPerMinutePerUser"] = "1000000",
                ["Limits:ConcurrentCallsPerUser"] = "1000",
            }
        );
        builder.AddNeonPanelMcp(catalog);
        builder.Services.AddSingleton(new TransportOptions("all", OutputSchemas: true) { FastPath = isFast });
        return builder.Build().MapNeonPanelMcp();
    }

    // YARP's own lines for each request, two at level Information, are not held against it.
    private static WebApplicationBuilder Quiet(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }
}
