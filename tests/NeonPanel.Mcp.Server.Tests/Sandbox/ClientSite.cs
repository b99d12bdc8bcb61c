using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Where a client publishes its metadata document and its keys.</summary>
internal sealed class ClientSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);

    private ClientSite(int port)
    {
        Address = $"http://localhost:{port}";
        app = SandboxHost.CreateBuilder(port, []).Build();
        app.MapGet("/client.json", () =>
            Microsoft.AspNetCore.Http.Results.Text(Document(ClientId).ToJsonString(), "application/json")
        );
        app.MapGet("/keys.json", () =>
            Microsoft.AspNetCore.Http.Results.Text(Keys().ToJsonString(), "application/json")
        );
        app.MapGet("/moved.json", () => Microsoft.AspNetCore.Http.Results.Redirect("/client.json"));
        app.MapGet("/twice.json", () => "{\"client_id\":\"a\",\"client_id\":\"b\"}");
        app.MapGet("/list.json", () => "[]");
        app.MapGet("/large.json", () => $"{{\"a\":\"{new string('x', 70_000)}\"}}");
    }

    public string Address { get; }

    public string ClientId => Address + "/client.json";

    public Func<string, JsonObject> Document { get; set; } = _ => [];

    public static async Task<ClientSite> StartAsync()
    {
        var site = new ClientSite(LoopbackPorts.FreePair());
        await site.app.StartAsync();
        return site;
    }

    public async Task<string> RegisterAsync(SandboxBrowser user, bool byAddress)
    {
        var request = new JsonObject
        {
            ["redirect_uris"] = new JsonArray(SandboxBrowser.Redirect),
            ["token_endpoint_auth_method"] = "private_key_jwt",
        };
        request[byAddress ? "jwks_uri" : "jwks"] = byAddress ? Address + "/keys.json" : Keys();
        return (await user.RegisterAsync(request)).Body["client_id"]!.ToString();
    }

    /// <summary>A client assertion (RFC 7523 §2.2), written without the library that the issuer reads it
    /// with.</summary>
    public string Assertion(string clientId, string audience, Action<JsonObject>? change = null, RSA? key = null)
    {
        var body = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience,
            ["exp"] = TestIssuer.Now + 60,
            ["jti"] = Guid.NewGuid().ToString(),
        };
        change?.Invoke(body);
        var signed =
            Base64UrlEncoder.Encode("""{"alg":"RS256","kid":"client-key"}""")
            + "."
            + Base64UrlEncoder.Encode(body.ToJsonString());
        var signature = (key ?? this.key).SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return signed + "." + Base64UrlEncoder.Encode(signature);
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await app.DisposeAsync();
    }

    private JsonObject Keys() => new() { ["keys"] = new JsonArray(TestIssuer.Jwk("client-key", key)) };
}
