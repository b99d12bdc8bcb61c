using NeonPanel.Mcp.Server.Http;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Says once that the collector does not take what it is sent, and once that it does again. The exporter
/// itself is silent, and drops what it cannot send; no call waits for it.</summary>
/// <param name="services">Asked for the log when there is something to say: the log has an exporter itself, which is
/// made first.</param>
internal sealed class OtlpWatch(OtlpOptions options, IServiceProvider services)
{
    private int isFailing;

    /// <summary>Makes the client of one exporter.</summary>
    public HttpClient Client() => new(new Handler(this)) { Timeout = options.Timeout };

    private void Note(string? failure)
    {
        var isNow = failure is null ? 0 : 1;
        if (Interlocked.Exchange(ref isFailing, isNow) == isNow)
        {
            return;
        }

        try
        {
            var logger = services.GetRequiredService<ILogger<OtlpWatch>>();
            if (failure is null)
            {
                Log.TelemetryRestored(logger, options.Setting);
            }
            else
            {
                Log.TelemetryLost(logger, options.Endpoint, options.Setting, failure);
            }
        }
        catch (ObjectDisposedException)
        {
            // The last batches are sent when the server has ended, and there is no log any more.
        }
    }

    private HttpResponseMessage Noted(HttpResponseMessage response)
    {
        Note(response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}");
        return response;
    }

    private bool Noted(Exception exception)
    {
        Note(
            exception is HttpRequestException { HttpRequestError: var error }
                ? error.ToString()
                : exception.GetType().Name
        );
        return false;
    }

    private sealed class Handler(OtlpWatch watch) : DelegatingHandler(OutboundHandlers.Create(OutboundUse.Telemetry))
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            try
            {
                return watch.Noted(await base.SendAsync(request, cancellationToken));
            }
            catch (Exception exception) when (watch.Noted(exception))
            {
                throw;
            }
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return watch.Noted(base.Send(request, cancellationToken));
            }
            catch (Exception exception) when (watch.Noted(exception))
            {
                throw;
            }
        }
    }
}
