using System.Net.Http.Headers;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Sends one call to the API, with its credential and within its deadline.</summary>
internal sealed class UpstreamCaller(
    IHttpClientFactory clients,
    IUpstreamCredential credential,
    UpstreamOptions upstream,
    UpstreamFailures failures,
    ILogger<UpstreamCaller> logger
)
{
    // Created once; its handlers live as long as the server.
    private readonly HttpClient http = clients.CreateClient(UpstreamSetup.ClientName);

    /// <param name="call">The raw method of the generated client.</param>
    /// <param name="arguments">A JSON object that is valid for the operation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the whole tool call took too
    /// long.</exception>
    public async Task<UpstreamAnswer> SendAsync(
        ToolDescriptor tool,
        ToolCall call,
        JsonElement arguments,
        AccessToken token,
        string correlationId,
        AnswerArrays? arrays,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var authorization = await credential.GetAsync(token, cancellationToken);
            HttpRequestMessage? sent = null;
            var response = await call(
                http,
                arguments,
                request =>
                {
                    sent = request;
                    request.Headers.Authorization = authorization;
                    credential.AddTo(request);
                    request.Headers.TryAddWithoutValidation("X-Correlation-Id", correlationId);
                    request.Options.Set(CallPlaces.Subject, token.Subject);
                    request.Options.Set(AnswerArrays.Owner, arrays);
                },
                cancellationToken
            );
            var failure = (int)response.StatusCode is (>= 200 and < 300) or StatusCodes.Status304NotModified
                ? null
                : failures.Of(tool, response, new(TemplateOf(sent), credential.IsUsers, SecretsOf(authorization)));
            return new(response, sent?.Headers.Accept.ToString() ?? "", failure)
            {
                Template = TemplateOf(sent),
                IsPartAsked = sent?.Headers.Contains("Range") == true,
            };
        }
        catch (InvalidArgumentsException exception)
        {
            return Failed(UpstreamFailures.Refused(tool, exception.Violations));
        }
        catch (CredentialException exception)
        {
            Log.NoCredential(logger, exception.Message);
            return Failed(failures.Of(tool, exception));
        }
        catch (HttpRequestException exception)
        {
            return Failed(failures.Of(tool, exception));
        }
        catch (CallNotSentException exception)
        {
            return Failed(failures.Of(tool, exception));
        }
        catch (TimeoutException)
        {
            return Failed(failures.Timeout(tool, upstream.CallTimeout));
        }
    }

    private IReadOnlyList<string> SecretsOf(AuthenticationHeaderValue? authorization) =>
        authorization?.Parameter is { } token ? [token, .. credential.Secrets] : credential.Secrets;

    private static RequestTemplate? TemplateOf(HttpRequestMessage? request) =>
        request is not null && request.Options.TryGetValue(RequestTemplate.Key, out var template) ? template : null;

    private static UpstreamAnswer Failed(ToolResult failure) => new(null, "", failure);
}

/// <summary>The outcome of one request to the API.</summary>
/// <param name="Response">The response, or <see langword="null"/> if none arrived.</param>
/// <param name="Accept">The media types that the request accepted.</param>
/// <param name="Failure">The result for the caller, unless the status is 2xx or 304 (not modified).</param>
internal sealed record UpstreamAnswer(RawResponse? Response, string Accept, ToolResult? Failure)
{
    /// <summary>Gets the operation that was called, or <see langword="null"/> if several operations were.</summary>
    public RequestTemplate? Template { get; init; }

    /// <summary>Gets whether the request asked for a part of the record (<c>Range</c>, RFC 9110 §14.2).</summary>
    public bool IsPartAsked { get; init; }

    /// <summary>Gets the status, or 0 without a response.</summary>
    public int Status => (int?)Response?.StatusCode ?? 0;
}
