using System.Net;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Benchmarks;

/// <summary>The cost that the validation of a token adds to a call: with the cache, without it, and the handler
/// alone.</summary>
[MemoryDiagnoser]
[Config(typeof(InProcess))]
public class TokenValidation
{
    private const string Issuer = "https://issuer.example";
    private const string Audience = "https://mcp.example";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly JsonWebTokenHandler handler = new();
    private TokenValidationParameters parameters = null!;
    private TokenValidator cached = null!;
    private TokenValidator uncached = null!;
    private string token = null!;

    [GlobalSetup]
    public void Setup()
    {
        var key = new RsaSecurityKey(rsa) { KeyId = "key" };
        token = handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
                Claims = new Dictionary<string, object> { ["sub"] = "user", ["scope"] = "openid" },
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            }
        );
        parameters = new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
        };
        cached = Validator(TimeSpan.FromMinutes(2));
        // Too short to be found again.
        uncached = Validator(TimeSpan.FromTicks(1));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        cached.Dispose();
        uncached.Dispose();
        rsa.Dispose();
    }

    [Benchmark(Baseline = true)]
    public async Task<bool> HandlerAlone() => (await handler.ValidateTokenAsync(token, parameters)).IsValid;

    [Benchmark]
    public async Task<bool> WithoutCache() =>
        (await uncached.ValidateAsync(token, CancellationToken.None)).Token is not null;

    [Benchmark]
    public async Task<bool> WithCache() =>
        (await cached.ValidateAsync(token, CancellationToken.None)).Token is not null;

    private TokenValidator Validator(TimeSpan cacheTime)
    {
        var published = rsa.ExportParameters(includePrivateParameters: false);
        var keys =
            $$"""{"keys":[{"kty":"RSA","kid":"key","n":"{{Base64UrlEncoder.Encode(published.Modulus)}}","e":"{{Base64UrlEncoder.Encode(published.Exponent)}}"}]}""";
        var options = new AuthOptions(
            Issuer,
            Issuer + "/jwks",
            [Audience],
            AudienceValidation.Required,
            ["RS256"],
            [],
            [],
            TimeSpan.FromHours(1),
            cacheTime,
            true
        );
        return new(
            options,
            new SigningKeys(
                options,
                new HttpClient(new Answer(keys)),
                TimeProvider.System,
                NullLogger<SigningKeys>.Instance
            ),
            TimeProvider.System
        );
    }

    private sealed class Answer(string text) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(text, Encoding.UTF8, "application/json"),
                }
            );
    }

    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
