using System.Net.Http.Headers;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls;

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

    /// <summary>Sends the call with the method of its tool.</summary>
    /// <param name="arguments">A JSON object that is valid for the operation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the whole tool call took too
    /// long.</exception>
    public Task<UpstreamAnswer> SendAsync(
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    ) => SendAsync(call, call.Tool.Call, arguments, cancellationToken);

    /// <param name="method">The raw method of the generated client.</param>
    /// <param name="arguments">A JSON object that is valid for the operation.</param>
    /// <param name="address">The address of the API that the answer before named, in the place of the operation's
    /// own.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the whole tool call took too
    /// long.</exception>
    public async Task<UpstreamAnswer> SendAsync(
        CallContext call,
        ToolCall method,
        JsonElement arguments,
        CancellationToken cancellationToken,
        Uri? address = null
    )
    {
        try
        {
            var authorization = await credential.GetAsync(call.Token, cancellationToken);
            HttpRequestMessage? sent = null;
            Uri? asked = null;
            var response = await method(
                http,
                arguments,
                request =>
                {
                    sent = request;
                    request.RequestUri = address ?? request.RequestUri;
                    asked = request.RequestUri;
                    request.Headers.Authorization = authorization;
                    credential.AddTo(request);
                    request.Headers.TryAddWithoutValidation("X-Correlation-Id", call.CorrelationId);
                    request.Options.Set(CallPlaces.Subject, call.Token.Subject);
                    request.Options.Set(AnswerArrays.Owner, call.Arrays);
                },
                cancellationToken
            );
            var failure = (int)response.StatusCode is (>= 200 and < 300) or StatusCodes.Status304NotModified
                ? null
                : failures.Of(call.Tool, response, new(TemplateOf(sent), credential.IsUsers, SecretsOf(authorization)));
            return new(response, sent?.Headers.Accept.ToString() ?? "", failure)
            {
                Template = TemplateOf(sent),
                Address = asked,
                IsPartAsked = sent?.Headers.Contains("Range") == true,
            };
        }
        catch (InvalidArgumentsException exception)
        {
            return Failed(UpstreamFailures.Refused(call.Tool, exception.Violations));
        }
        catch (CredentialException exception)
        {
            Log.NoCredential(logger, exception.Message);
            return Failed(failures.Of(call.Tool, exception));
        }
        catch (HttpRequestException exception)
        {
            return Failed(failures.Of(call.Tool, exception));
        }
        catch (CallNotSentException exception)
        {
            return Failed(failures.Of(call.Tool, exception));
        }
        catch (TimeoutException)
        {
            return Failed(failures.Timeout(call.Tool, upstream.CallTimeout));
        }
    }

    private IReadOnlyList<string> SecretsOf(AuthenticationHeaderValue? authorization) =>
        authorization?.Parameter is { } token ? [token, .. credential.Secrets] : credential.Secrets;

    private static RequestTemplate? TemplateOf(HttpRequestMessage? request) =>
        request is not null && request.Options.TryGetValue(RequestTemplate.Key, out var template) ? template : null;

    private static UpstreamAnswer Failed(ToolResult failure) => new(null, "", failure);
}
