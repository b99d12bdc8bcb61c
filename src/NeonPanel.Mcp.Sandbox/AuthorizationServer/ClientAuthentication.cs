using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Finds out at the token endpoint which client sends a request, and whether it proves that (RFC 6749
/// §2.3).</summary>
internal sealed class ClientAuthentication(TokenIssuer issuer, ClientStore clients, ClientDocuments documents)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ConcurrentDictionary<string, DateTime> usedAssertions = new();

    /// <summary>Authenticates the client of a token request.</summary>
    /// <returns>The client, or why it is rejected.</returns>
    public async Task<(OAuthClient? Client, string? Fault)> AuthenticateAsync(HttpContext context, IFormCollection form)
    {
        var assertion = form["client_assertion"].ToString();
        var credentials = Credentials(context.Request.Headers.Authorization.ToString(), form);
        if (credentials is not var (id, secret))
        {
            return (null, "The Authorization header holds no client id and secret (RFC 7617).");
        }

        if (id.Length == 0 && assertion.Length > 0)
        {
            // RFC 7521 §4.2: the assertion names the client, so that client_id may be left out.
            id = Subject(assertion);
        }

        var (client, fault) = await clients.FindAsync(id, context.RequestAborted);
        if (client is null)
        {
            return (null, fault);
        }

        if (client.Authentication == "private_key_jwt")
        {
            fault =
                form["client_assertion_type"] == AssertionType
                    ? await AssertionFaultAsync(client, assertion, context.RequestAborted)
                    : $"The client must send client_assertion, and client_assertion_type={AssertionType}.";
            return fault is null ? (client, null) : (null, fault);
        }

        return client.Secret is null || IsSame(client.Secret, secret)
            ? (client, null)
            : (null, "The secret of the client is wrong.");
    }

    /// <summary>Compares two texts in a time that does not tell where they differ.</summary>
    public static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static (string Id, string Secret)? Credentials(string authorization, IFormCollection form)
    {
        const string scheme = "Basic ";
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return (form["client_id"].ToString(), form["client_secret"].ToString());
        }

        var encoded = authorization[scheme.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        // RFC 6749 §2.3.1: both halves are form-encoded.
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])) : null;
    }

    private static string Subject(string assertion)
    {
        var handler = new JsonWebTokenHandler();
        try
        {
            return handler.CanReadToken(assertion) ? handler.ReadJsonWebToken(assertion).Subject ?? "" : "";
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return "";
        }
    }

    // RFC 7523 §3.
    private async Task<string?> AssertionFaultAsync(
        OAuthClient client,
        string assertion,
        CancellationToken cancellationToken
    )
    {
        var keys = client.Jwks;
        if (client.JwksUri is { } address)
        {
            var (document, reason) = await documents.FetchAsync(address, cancellationToken);
            if (document is null)
            {
                return $"The client's jwks_uri {reason}.";
            }

            keys = document.ToJsonString();
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            assertion,
            new TokenValidationParameters
            {
                ValidIssuer = client.Id,
                ValidAudiences = [issuer.Issuer, issuer.Issuer + "/oauth2/token"],
                ValidAlgorithms = AuthorizationMetadata.SigningAlgorithms,
                IssuerSigningKeys = Keys(keys!),
                TryAllIssuerSigningKeys = true,
                LifetimeValidator = (_, expires, _, _) => expires > issuer.Time.GetUtcNow().UtcDateTime,
            }
        );
        if (!result.IsValid)
        {
            return "The client assertion is not valid: 'iss' must be the client id, 'aud' this issuer, 'exp' in the future, and the signature must fit a key of the client.";
        }

        var token = (JsonWebToken)result.SecurityToken;
        if (token.Subject != client.Id)
        {
            return "The 'sub' of the client assertion must be the client id.";
        }

        return token.Id is { Length: > 0 } id && !usedAssertions.TryAdd(id, token.ValidTo)
            ? "The client assertion was used before."
            : null;
    }

    private static IList<SecurityKey> Keys(string set)
    {
        try
        {
            return new JsonWebKeySet(set).GetSigningKeys();
        }
        catch (ArgumentException)
        {
            return [];
        }
    }
}
