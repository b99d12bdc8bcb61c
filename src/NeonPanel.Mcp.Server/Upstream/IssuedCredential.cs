using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A token that the authorization server issues to this server: one for all callers (client credentials), or
/// one in exchange for each caller's token. It is cached until shortly before it expires. All callers that wait for the
/// same token share one request.</summary>
internal sealed class IssuedCredential(CredentialOptions options, HttpClient http, TimeProvider time)
    : IUpstreamCredential,
        IDisposable
{
    /// <summary>Largest number of cached tokens.</summary>
    public const int MaxTokens = 10_000;

    // Share of the tokens to remove when the cache is full. Each removal sorts all tokens by last use, so it removes
    // many.
    private const double PartToDrop = 0.05;
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>How long a token without <c>expires_in</c> is used (RFC 6749 §5.1 does not define its
    /// lifetime).</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    // How long a failure is cached, so that not every caller sends a request to a failing authorization server.
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly MemoryCache tokens = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    /// <summary>Gets the number of cached tokens.</summary>
    public int Count => tokens.Count;

    public bool IsUsers => options.Kind == CredentialKind.TokenExchange;

    public async ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var isExchange = IsUsers;
        // The key is a hash, so that the table does not contain the caller's token.
        var key = isExchange ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value))) : "";
        Task<Issued> shared;
        lock (gate)
        {
            if (!tokens.TryGetValue(key, out Asked? asked) || !IsUsable(asked!))
            {
                // Not cancelled with one caller, because others wait for the same token; the HTTP client has its own
                // timeout.
                asked = new(
                    Task.Run(() => RequestAsync(isExchange ? token.Value : null), CancellationToken.None),
                    time.GetUtcNow()
                );
                // A full MemoryCache would reject the new token, and then each call with it would send a new request.
                if (tokens.Count >= MaxTokens)
                {
                    tokens.Compact(PartToDrop);
                }

                tokens.Set(key, asked, new MemoryCacheEntryOptions { Size = 1 });
            }

            shared = asked!.Answer;
        }

        return new("Bearer", (await shared.WaitAsync(cancellationToken)).Value);
    }

    public void Dispose()
    {
        tokens.Dispose();
        http.Dispose();
    }

    private bool IsUsable(Asked asked)
    {
        if (!asked.Answer.IsCompleted)
        {
            return true;
        }

        return time.GetUtcNow()
            < (asked.Answer.IsCompletedSuccessfully ? asked.Answer.Result.Until : asked.At + LifetimeOfFailure);
    }

    private async Task<Issued> RequestAsync(string? subjectToken)
    {
        List<KeyValuePair<string, string>> form = subjectToken is null
            ? [new("grant_type", "client_credentials")]
            :
            [
                // RFC 8693 §2.1
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("subject_token", subjectToken),
                new("subject_token_type", AccessTokenType),
                new("requested_token_type", AccessTokenType),
            ];
        if (options.Scope is { } scope)
        {
            form.Add(new("scope", scope));
        }

        if (options.Audience is { } audience)
        {
            form.Add(new("audience", audience));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(form),
        };
        // RFC 6749 §2.3.1: both values are form-encoded before they are joined.
        request.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(
                Encoding.ASCII.GetBytes(
                    WebUtility.UrlEncode(options.ClientId) + ":" + WebUtility.UrlEncode(options.ClientSecret)
                )
            )
        );
        try
        {
            using var response = await http.SendAsync(request);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return response.IsSuccessStatusCode
                ? Read(document.RootElement)
                : throw Refused(response.StatusCode, document.RootElement, subjectToken is not null);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            throw new CredentialException(
                $"Upstream:TokenEndpoint could not be asked ({exception.GetType().Name})",
                isUsersMatter: false
            );
        }
    }

    private Issued Read(JsonElement answer)
    {
        if (
            Text(answer, "access_token") is not { } token
            || !string.Equals(Text(answer, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new CredentialException(
                "Upstream:TokenEndpoint answered without a bearer token",
                isUsersMatter: false
            );
        }

        var lifetime =
            answer.TryGetProperty("expires_in", out var seconds)
            && seconds.ValueKind == JsonValueKind.Number
            && seconds.TryGetInt32(out var count)
                ? TimeSpan.FromSeconds(count) - Margin
                : UnknownLifetime;
        return new(token, time.GetUtcNow() + lifetime);
    }

    // RFC 6749 §5.2, RFC 8693 §2.2.2: only these error codes are about the token that was sent.
    private static CredentialException Refused(HttpStatusCode status, JsonElement answer, bool isExchange)
    {
        var error = Text(answer, "error") ?? "no error code";
        return new(
            $"Upstream:TokenEndpoint answered {(int)status} ({error})",
            isExchange && error is "invalid_grant" or "invalid_request" or "invalid_target"
        );
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private sealed record Issued(string Value, DateTimeOffset Until);

    /// <summary>A request to the authorization server.</summary>
    /// <param name="At">Time at which the request was sent.</param>
    private sealed record Asked(Task<Issued> Answer, DateTimeOffset At);
}
