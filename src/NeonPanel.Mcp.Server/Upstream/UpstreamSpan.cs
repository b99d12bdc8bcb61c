using System.Diagnostics;
using System.Globalization;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Outermost handler of a call to the API. It records metrics and a span under the operation's path template,
/// and sends the trace context to the API. .NET's own instrumentation would record the path, which contains arguments
/// (rule F2).</summary>
internal sealed class UpstreamSpan(ServerMetrics metrics, TimeProvider time) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        ServerTraces.IsOn || metrics.TimesUpstream
            ? ToldAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> ToldAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.Method.Method;
        var template = TemplateOf(request);
        var start = time.GetTimestamp();
        using var span = ServerTraces.StartUpstream(method, template, request.RequestUri!);
        var result = "";
        // Sent also for a trace that is not recorded here, because the API may record its part.
        TraceContext.Write(span ?? Activity.Current, request.Headers);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            result = ServerMetrics.StatusClass(status);
            span?.SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status400BadRequest)
            {
                span?.Fail(status.ToString(CultureInfo.InvariantCulture));
            }

            return response;
        }
        catch (Exception exception)
        {
            result = ErrorOf(exception);
            span?.Fail(result);
            throw;
        }
        finally
        {
            metrics.UpstreamCalled(method, template, result, time.GetElapsedTime(start));
        }
    }

    // The pairs after a question mark distinguish operations, but they are a query string all the same.
    private static string TemplateOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(RequestTemplate.Key, out var template) ? template.Path.Split('?')[0] : "/";

    private static string ErrorOf(Exception exception) =>
        exception switch
        {
            CallNotSentException { Reason: NotSentReason.Paused } => "paused",
            CallNotSentException => "busy",
            TimeoutException => "timeout",
            OperationCanceledException => "canceled",
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "too_large",
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded
            } => "invalid_response",
            HttpRequestException => "connection_error",
            _ => "_OTHER",
        };
}
