using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Pages;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>A small authorization server: metadata (RFC 8414), registration (RFC 7591), code with PKCE S256 (RFC 7636),
/// refresh with rotation, client credentials, JWKS, and keys that change when they are told to.</summary>
internal static class AuthorizationEndpoints
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(2);

    public static string Metadata(string issuer) => JsonSerializer.Serialize(new
    {
        issuer,
        authorization_endpoint = issuer + "/oauth2/authorize",
        registration_endpoint = issuer + "/oauth2/register",
        token_endpoint = issuer + "/oauth2/token",
        jwks_uri = issuer + "/.well-known/jwks.json",
        scopes_supported = new[] { "openid" },
        response_types_supported = new[] { "code" },
        grant_types_supported = new[] { "authorization_code", "refresh_token", "client_credentials" },
        token_endpoint_auth_methods_supported = new[] { "none", "client_secret_post", "client_secret_basic" },
        code_challenge_methods_supported = new[] { "S256" },
        authorization_response_iss_parameter_supported = true,
    });

    public static void MapAuthorizationServer(this WebApplication app, TokenIssuer issuer)
    {
        var clients = new ConcurrentDictionary<string, Client>();
        var grants = new ConcurrentDictionary<string, Grant>();
        // Clients in a browser read and register across origins.
        app.Use((context, next) =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlAllowHeaders = "*";
            if (!HttpMethods.IsOptions(context.Request.Method))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapGet("/.well-known/oauth-authorization-server", () => Results.Text(Metadata(issuer.Issuer), "application/json"));
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(Metadata(issuer.Issuer), "application/json"));
        app.MapGet("/.well-known/jwks.json", () => Results.Json(issuer.Jwks()));
        app.MapPost("/sandbox/rotate-keys", () => Changed(issuer, issuer.Rotate));
        app.MapPost("/sandbox/withdraw-earlier-keys", () => Changed(issuer, issuer.WithdrawEarlierKeys));
        app.MapAsset(PageAssets.Style);
        app.MapPost("/oauth2/register", (JsonObject request) => Register(request, clients));
        app.MapGet("/oauth2/authorize", (HttpContext context) => Consent(context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), clients));
        // A lambda of HttpContext alone would be taken for a RequestDelegate, and its result dropped.
        app.MapPost("/oauth2/authorize", (Delegate)(async (HttpContext context) =>
            Decide((await context.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), clients, grants, issuer)));
        app.MapPost("/oauth2/token", (Delegate)(async (HttpContext context) =>
            Exchange(context, (await context.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), clients, grants, issuer)));
    }

    private static IResult Changed(TokenIssuer issuer, Action change)
    {
        change();
        return Results.Json(issuer.Jwks());
    }

    private static IResult Register(JsonObject request, ConcurrentDictionary<string, Client> clients)
    {
        var redirects = (request["redirect_uris"] as JsonArray ?? []).Select(uri => uri?.ToString() ?? "").ToList();
        var grantTypes = (request["grant_types"] as JsonArray ?? ["authorization_code"]).Select(type => type?.ToString() ?? "").ToList();
        if (grantTypes.Contains("authorization_code")
            && (redirects.Count == 0 || redirects.Exists(uri => !Uri.TryCreate(uri, UriKind.Absolute, out _))))
        {
            return Error("invalid_redirect_uri", "redirect_uris must hold absolute URIs.");
        }

        var method = request["token_endpoint_auth_method"]?.ToString() ?? "none";
        var client = new Client(
            Guid.NewGuid().ToString("n"),
            request["client_name"]?.ToString() ?? "A client",
            redirects,
            method == "none" ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        clients[client.Id] = client;
        // RFC 7591 §3.2.1: all that was registered comes back.
        var response = (JsonObject)request.DeepClone();
        response["client_id"] = client.Id;
        response["client_id_issued_at"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        response["token_endpoint_auth_method"] = method;
        response["grant_types"] = new JsonArray([.. grantTypes.Select(type => (JsonNode)type)]);
        response["response_types"] ??= new JsonArray("code");
        if (client.Secret is not null)
        {
            response["client_secret"] = client.Secret;
            response["client_secret_expires_at"] = 0;
        }

        return Results.Json(response, statusCode: StatusCodes.Status201Created);
    }

    // Faults that concern client or redirect are shown, never redirected (RFC 6749 §4.1.2.1).
    private static string? Fault(Dictionary<string, string> query, ConcurrentDictionary<string, Client> clients) =>
        !clients.TryGetValue(query.GetValueOrDefault("client_id", ""), out var client) ? "The client is not registered here."
        : !client.Redirects.Exists(uri => IsSameRedirect(uri, query.GetValueOrDefault("redirect_uri", ""))) ? "The redirect_uri is not registered."
        : query.GetValueOrDefault("response_type") != "code" ? "Only response_type=code is served."
        : query.GetValueOrDefault("code_challenge_method") != "S256" || query.GetValueOrDefault("code_challenge", "").Length != 43
            ? "PKCE with S256 is needed."
        : null;

    private static IResult Consent(Dictionary<string, string> query, ConcurrentDictionary<string, Client> clients)
    {
        if (Fault(query, clients) is { } fault)
        {
            return Page(ConsentPage.Refuse(fault), StatusCodes.Status400BadRequest);
        }

        return Page(ConsentPage.Ask(clients[query["client_id"]].Name, query), StatusCodes.Status200OK);
    }

    private static IResult Decide(
        Dictionary<string, string> form, ConcurrentDictionary<string, Client> clients, ConcurrentDictionary<string, Grant> grants, TokenIssuer issuer)
    {
        if (Fault(form, clients) is { } fault)
        {
            return Page(ConsentPage.Refuse(fault), StatusCodes.Status400BadRequest);
        }

        var answer = new Dictionary<string, string?> { ["iss"] = issuer.Issuer };
        if (form.TryGetValue("state", out var state))
        {
            answer["state"] = state;
        }

        // A headless client may submit the form without a button.
        if (form.GetValueOrDefault("decision", "approve") == "deny")
        {
            answer["error"] = "access_denied";
        }
        else
        {
            var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            grants[code] = new(form["client_id"], form["redirect_uri"], form["code_challenge"],
                form.TryGetValue("resource", out var resource) ? [resource] : issuer.Audiences,
                TimeProvider.System.GetUtcNow() + CodeLifetime);
            answer["code"] = code;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(form["redirect_uri"], answer));
    }

    private static IResult Exchange(
        HttpContext context,
        Dictionary<string, string> form,
        ConcurrentDictionary<string, Client> clients,
        ConcurrentDictionary<string, Grant> grants,
        TokenIssuer issuer)
    {
        var (id, secret) = Credentials(context, form);
        if (!clients.TryGetValue(id, out var client) || (client.Secret is { } expected && !IsSame(expected, secret)))
        {
            return Error("invalid_client", "The client is unknown or its secret is wrong.", StatusCodes.Status401Unauthorized);
        }

        switch (form.GetValueOrDefault("grant_type"))
        {
            case "authorization_code":
                // Taken out first: a code works once.
                if (!grants.TryRemove(form.GetValueOrDefault("code", ""), out var grant) || grant.Challenge is null
                    || grant.ClientId != id || grant.RedirectUri != form.GetValueOrDefault("redirect_uri")
                    || grant.Expires < TimeProvider.System.GetUtcNow()
                    || !IsSame(grant.Challenge, Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form.GetValueOrDefault("code_verifier", ""))))))
                {
                    return Error("invalid_grant", "The code is not valid, or the verifier does not fit it.");
                }

                return Tokens("sandbox-user", grant);
            case "refresh_token":
                return grants.TryRemove(form.GetValueOrDefault("refresh_token", ""), out var refresh) && refresh.Challenge is null && refresh.ClientId == id
                    ? Tokens("sandbox-user", refresh)
                    : Error("invalid_grant", "The refresh token is not valid.");
            case "client_credentials" when client.Secret is not null:
                return Tokens(id, new(id, "", null, form.TryGetValue("resource", out var resource) ? [resource] : issuer.Audiences, default), isRefreshable: false);
            default:
                return Error("unsupported_grant_type", "authorization_code, refresh_token, or client_credentials with a secret.");
        }

        IResult Tokens(string subject, Grant grant, bool isRefreshable = true)
        {
            context.Response.Headers.CacheControl = "no-store";
            var response = new JsonObject
            {
                ["access_token"] = issuer.Create(subject, id, grant.Audiences),
                ["token_type"] = "Bearer",
                ["expires_in"] = (int)TokenIssuer.Lifetime.TotalSeconds,
                ["scope"] = "openid",
            };
            if (isRefreshable)
            {
                var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
                grants[token] = grant with { Challenge = null };
                response["refresh_token"] = token;
            }

            return Results.Json(response);
        }
    }

    private static (string Id, string Secret) Credentials(HttpContext context, Dictionary<string, string> form)
    {
        const string scheme = "Basic ";
        if (context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header[scheme.Length..])).Split(':', 2);
            return (WebUtility.UrlDecode(pair[0]), pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : "");
        }

        return (form.GetValueOrDefault("client_id", ""), form.GetValueOrDefault("client_secret", ""));
    }

    // RFC 8252 §7.3: the port of a loopback redirect is chosen at run time.
    private static bool IsSameRedirect(string registered, string asked) => registered == asked
        || (Uri.TryCreate(registered, UriKind.Absolute, out var one) && Uri.TryCreate(asked, UriKind.Absolute, out var other)
            && one.IsLoopback && one.Scheme == "http" && other.Scheme == "http" && one.Host == other.Host && one.PathAndQuery == other.PathAndQuery);

    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static IResult Error(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error, error_description = description }, statusCode: status);

    private static IResult Page(Html html, int status) => Results.Content(html.Markup, "text/html; charset=utf-8", Encoding.UTF8, status);

    private sealed record Client(string Id, string Name, List<string> Redirects, string? Secret);

    /// <summary>A code (with its challenge) or a refresh token (without).</summary>
    private sealed record Grant(string ClientId, string RedirectUri, string? Challenge, IReadOnlyList<string> Audiences, DateTimeOffset Expires);
}
