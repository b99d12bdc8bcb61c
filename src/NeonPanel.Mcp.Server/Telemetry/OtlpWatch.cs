using NeonPanel.Mcp.Server.Http;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Logs one line when exports to the collector begin to fail, and one when they succeed again. The exporter
/// itself logs nothing and drops data that it cannot send. No call waits for an export.</summary>
/// <param name="services">Resolves the logger on first use. The logger itself has an exporter, which is created first,
/// so it cannot be a constructor parameter.</param>
internal sealed class OtlpWatch(OtlpOptions options, IServiceProvider services)
{
    private int isFailing;

    /// <summary>Creates the HTTP client of one exporter.</summary>
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
            // The exporters send their last batches after the server has ended and the log is disposed.
        }
    }

    private HttpResponseMessage Noted(HttpResponseMessage response)
    {
        Note(response.IsSuccessStatusCode ? null : $"the collector answered with status {(int)response.StatusCode}");
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
