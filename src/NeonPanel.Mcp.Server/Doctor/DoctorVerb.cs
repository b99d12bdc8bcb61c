using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Doctor.Clients;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary><c>doctor [--token T] [--json]</c>: checks every setting and server that is known to have kept a client
/// from connecting.</summary>
internal sealed class DoctorVerb(ToolCatalog catalog, HttpClient http, TimeProvider time)
{
    private readonly DoctorReport report = new();
    private readonly IssuerRequests requests = new(http);

    /// <summary>Runs all checks.</summary>
    /// <param name="configuration">The settings, as the server reads them.</param>
    /// <param name="isDevelopment">Whether the server would run in Development.</param>
    /// <param name="token">An access token to check, or <see langword="null"/>.</param>
    public async Task<DoctorReport> RunAsync(IConfiguration configuration, bool isDevelopment, string? token)
    {
        var settings = new SettingsReader(configuration);
        var all = ServerSettings.Read(settings, isDevelopment, catalog);
        var auth = all.Auth;
        if (settings.Faults.Count > 0)
        {
            foreach (var fault in settings.Faults)
            {
                report.Fault("settings", fault, "Correct the setting; the server does not start with it.");
            }

            return report;
        }

        Settings(all.Server, auth);
        if (auth.RequiredScopes.Except(auth.AdvertisedScopes).ToList() is { Count: > 0 } unsaid)
        {
            report.Warning(
                "scopes",
                $"required but not advertised: {string.Join(' ', unsaid)}",
                "Clients request only advertised scopes, so their first call gets status 403: add them to Auth:AdvertisedScopes."
            );
        }

        var own = await MetadataAsync(auth);
        Published(all.Discovery, auth, own);
        await KeysAsync(auth, own);
        await UpstreamAsync(all.Upstream);
        if (token is not null)
        {
            // Runs last, because the signing keys of this check dispose the HTTP client.
            await new TokenCheck(catalog, http, time, report).RunAsync(token, auth);
        }

        return report;
    }

    private void Settings(ServerOptions server, AuthOptions auth)
    {
        if (server.PublicUrl.StartsWith("https://", StringComparison.Ordinal))
        {
            report.Good("public address", $"{server.PublicUrl} (Server:PublicUrl)");
        }
        else
        {
            report.Warning(
                "public address",
                $"Server:PublicUrl is '{server.PublicUrl}'",
                "ChatGPT and Claude connect to https only; set the address people type."
            );
        }

        if (
            ServerOptions
                .Suffixes(catalog)
                .FirstOrDefault(suffix =>
                    suffix.Length > 0 && server.PublicUrl.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                ) is
            { } suffix
        )
        {
            report.Warning(
                "public address",
                $"Server:PublicUrl ends in '{suffix}', so that the addresses are {server.PublicUrl}/mcp and the like",
                $"Remove '{suffix}', unless a proxy serves everything below that path."
            );
        }

        var address = new Uri(server.PublicUrl);
        if (!server.Serves(new(address.Host, address.Port)))
        {
            report.Warning(
                "public address",
                $"Server:AllowedHosts ({string.Join(", ", server.AllowedHosts)}) lacks '{address.Authority}', the host of Server:PublicUrl",
                "Every request is answered with 421, unless a proxy sends another Host: add it."
            );
        }

        if (auth.AudienceValidation == AudienceValidation.IssuerOnly)
        {
            report.Warning(
                "audience",
                "Auth:AudienceValidation is IssuerOnly: tokens meant for any audience are accepted",
                "Set Auth:Audiences to what the issuer puts into 'aud', and remove this setting."
            );
        }
    }

    private async Task<JsonObject?> MetadataAsync(AuthOptions auth)
    {
        const string check = "authorization server metadata";
        var issuer = new Uri(auth.Issuer);
        // RFC 8414 §3.1: the well-known part comes before the issuer's path.
        var address = new Uri(issuer, "/.well-known/oauth-authorization-server" + issuer.AbsolutePath.TrimEnd('/'));
        var fetched = await requests.FetchAsync(address);
        if (fetched.Document is not { } metadata)
        {
            report.Fault(
                check,
                $"{address} {fetched.Reason}",
                "Clients find the sign-in there (RFC 8414). The issuer must serve it as JSON, or Auth:Issuer names the wrong one."
            );
            return null;
        }

        if (metadata.Text("issuer") is var named && named != auth.Issuer)
        {
            report.Fault(
                check,
                $"its issuer is '{named}', but Auth:Issuer is '{auth.Issuer}'",
                named?.TrimEnd('/') == auth.Issuer.TrimEnd('/')
                    ? "They differ in a slash at the end: set Auth:Issuer to exactly what the issuer says, and check 'iss' of its tokens."
                    : "Set Auth:Issuer to exactly what the issuer says; clients compare character by character."
            );
        }

        Capabilities(check, metadata, "the issuer");
        var unknown = auth.AdvertisedScopes.Except(metadata.List("scopes_supported")).ToList();
        if (metadata.ContainsKey("scopes_supported") && unknown.Count > 0)
        {
            // Only a warning, because some issuers ignore scopes that they do not know and grant their own.
            report.Warning(
                "scopes",
                $"advertised but not issued: {string.Join(' ', unknown)}",
                "A strict issuer rejects a client that requests them (invalid_scope); doctor --as NAME tries it. If so, set Auth:AdvertisedScopes to scopes of the issuer's scopes_supported."
            );
        }
        else
        {
            report.Good(
                "scopes",
                auth.AdvertisedScopes.Count == 0 ? "none advertised" : string.Join(' ', auth.AdvertisedScopes)
            );
        }

        return metadata;
    }

    // Rules of MCP authorization ("Authorization Server Metadata Discovery", "Client Registration Approaches") and
    // OAuth 2.1 §4.1.1.
    private void Capabilities(string check, JsonObject metadata, string whose)
    {
        var isGood = true;
        if (!metadata.List("code_challenge_methods_supported").Contains("S256"))
        {
            isGood = false;
            report.Fault(
                check,
                $"{whose} does not list S256 in code_challenge_methods_supported",
                "Clients reject a server that does not list S256 for PKCE; it must be listed even if it works."
            );
        }

        if (!metadata.List("token_endpoint_auth_methods_supported").Contains("none"))
        {
            isGood = false;
            report.Fault(
                check,
                $"{whose} does not list 'none' in token_endpoint_auth_methods_supported",
                "ChatGPT, VS Code and Claude Code are public clients and hold no secret; allow 'none'."
            );
        }

        if (metadata.Text("registration_endpoint") is null)
        {
            isGood = false;
            Unregistered(check, metadata, whose);
        }

        if (isGood)
        {
            report.Good(check, $"{whose} offers S256, public clients and registration");
        }
    }

    private void Unregistered(string check, JsonObject metadata, string whose)
    {
        var text = $"{whose} names no registration_endpoint";
        if (!metadata.IsTrue("client_id_metadata_document_supported"))
        {
            report.Fault(
                check,
                text,
                "Clients register themselves (RFC 7591); without it each must be entered by hand."
            );
            return;
        }

        var others = ClientHabits.All.Where(client => client.MetadataDocument is null).Select(client => client.Title);
        report.Warning(
            check,
            text + ", but metadata documents are supported",
            $"These clients are not known to have such a document, and must be entered by hand: {string.Join(", ", others)}."
        );
    }

    private void Published(DiscoveryOptions discovery, AuthOptions auth, JsonObject? own)
    {
        const string check = "published metadata";
        if (discovery.AuthorizationServerMetadata is not { } metadata)
        {
            report.Warning(
                check,
                "Discovery:AuthorizationServerMetadata is not set",
                "Clients that look for the sign-in at this server alone (MCP 2025-03-26) do not find it: set it to the issuer's own document."
            );
            return;
        }

        var parsed = IssuerRequests.Parse(Encoding.UTF8.GetBytes(metadata));
        if (parsed.Document is not { } published)
        {
            report.Fault(
                check,
                $"Discovery:AuthorizationServerMetadata {parsed.Reason}",
                "Set it to the issuer's own document."
            );
            return;
        }

        if (published.Text("issuer") is var issuer && issuer != auth.Issuer)
        {
            report.Fault(
                check,
                $"Discovery:AuthorizationServerMetadata says issuer '{issuer}', but Auth:Issuer is '{auth.Issuer}'",
                "Set the former to the issuer's own document."
            );
        }

        Capabilities(check, published, "the document");
        if (own is not null)
        {
            MetadataComparison.Report(report, published, own);
        }
    }

    private async Task KeysAsync(AuthOptions auth, JsonObject? own)
    {
        const string check = "signing keys";
        if (own is not null && own.Text("jwks_uri") is { } named && named != auth.JwksUri)
        {
            report.Warning(
                check,
                $"Auth:JwksUri is '{auth.JwksUri}', but the issuer says '{named}'",
                "Set Auth:JwksUri to what the issuer says."
            );
        }

        var fetched = await requests.FetchAsync(new(auth.JwksUri));
        var set = fetched.Document;
        var keys = set is null ? 0 : SigningKeys.Parse(Encoding.UTF8.GetBytes(set.ToJsonString())).Count;
        if (keys > 0)
        {
            report.Good(check, $"{keys} at {auth.JwksUri}");
        }
        else
        {
            report.Fault(
                check,
                $"{auth.JwksUri} {(set is null ? fetched.Reason : "has no usable key (RSA of at least 2048 bits, or EC, for signatures)")}",
                "Every call gets status 503 until keys are available. Check Auth:JwksUri, and that the server may reach it."
            );
        }
    }

    private async Task UpstreamAsync(UpstreamOptions upstream)
    {
        const string check = "API";
        try
        {
            using var response = await http.GetAsync(upstream.BaseAddress, HttpCompletionOption.ResponseHeadersRead);
            if ((int)response.StatusCode >= 500)
            {
                report.Fault(
                    check,
                    $"{upstream.BaseAddress} answers with status {(int)response.StatusCode}",
                    "The API fails, or a proxy in front of it cannot reach it."
                );
            }
            else
            {
                report.Good(check, $"{upstream.BaseAddress} answers");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            report.Fault(
                check,
                $"{upstream.BaseAddress} cannot be reached: {exception.Message}",
                "Check Upstream:BaseAddress, and that the server may connect to it."
            );
        }
    }
}
