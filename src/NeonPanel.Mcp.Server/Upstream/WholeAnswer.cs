namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Innermost of a call's handlers: reads the answer to its end, so that deadline, places, repetition and breaker see
/// the call to its last byte. <see cref="HttpClient"/> would read the body outside of them.</summary>
internal sealed class WholeAnswer(UpstreamOptions options, UpstreamPulse pulse) : DelegatingHandler
{
    /// <exception cref="HttpRequestException">There is no answer, or it is too large or broken.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            // Counted decompressed.
            await response.Content.LoadIntoBufferAsync(options.MaxResponseBytes, cancellationToken);
            pulse.Answered();
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            throw exception switch
            {
                // The handler reports its ConnectTimeout as a cancellation that nobody asked for.
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new HttpRequestException(HttpRequestError.ConnectionError, "No connection was made in time.", exception),
                // What cannot be unpacked.
                InvalidDataException or InvalidOperationException => new HttpRequestException(HttpRequestError.InvalidResponse, null, exception),
                _ => exception,
            };
        }
    }
}
