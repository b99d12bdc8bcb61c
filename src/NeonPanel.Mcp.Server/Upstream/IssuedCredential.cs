using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A token of our own from the authorization server: one for all callers (client credentials), or one in
/// exchange for each caller's token. It is kept until shortly before it expires. All callers that wait for one token
/// share the request.</summary>
internal sealed class IssuedCredential(CredentialOptions options, HttpClient http, TimeProvider time)
    : IUpstreamCredential,
        IDisposable
{
    /// <summary>The largest number of tokens that are kept.</summary>
    public const int MaxTokens = 10_000;

    // Each time sorts all tokens by their last use, so that several go at once.
    private const double PartToDrop = 0.05;
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>How long a token without <c>expires_in</c> is used (RFC 6749 §5.1 leaves it to other means).</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    // A failing authorization server is not asked again at once by everybody who calls.
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly MemoryCache tokens = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    /// <summary>Gets how many tokens are kept.</summary>
    public int Count => tokens.Count;

    public bool IsUsers => options.Kind == "TokenExchange";

    public async ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var isExchange = options.Kind == "TokenExchange";
        // The hash keeps the token out of the table.
        var key = isExchange ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value))) : "";
        Task<Issued> shared;
        lock (gate)
        {
            if (!tokens.TryGetValue(key, out Asked? asked) || !IsUsable(asked!))
            {
                // One caller's leaving must not end what others wait for; the client has a time limit of its own.
                asked = new(
                    Task.Run(() => RequestAsync(isExchange ? token.Value : null), CancellationToken.None),
                    time.GetUtcNow()
                );
                // A full MemoryCache would not take the token, so that each call with it would ask again.
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
        // RFC 6749 §2.3.1: both are form-encoded before they are joined.
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

    // RFC 6749 §5.2, RFC 8693 §2.2.2: of all errors these speak of the token that was handed in.
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
    /// <param name="At">When it was sent.</param>
    private sealed record Asked(Task<Issued> Answer, DateTimeOffset At);
}
