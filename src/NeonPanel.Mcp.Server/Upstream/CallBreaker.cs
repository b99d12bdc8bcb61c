using System.Collections.Concurrent;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Pauses calls while the API fails. There is one circuit for each operation, and one for the whole API, which
/// opens when several operations fail (docs/decisions/0022). The resilience library has a breaker too, but it does not
/// distinguish users.</summary>
internal sealed class CallBreaker : DelegatingHandler
{
    private const int LeastOperations = 3;

    private readonly TimeSpan callTimeout;
    private readonly UpstreamPulse pulse;
    private readonly TimeProvider time;
    private readonly CallCircuit whole;

    // Limited by the number of operations in the catalog.
    private readonly ConcurrentDictionary<(string Method, string Path), CallCircuit> circuits = new();

    public CallBreaker(UpstreamOptions options, UpstreamPulse pulse, ServerMetrics metrics, TimeProvider time)
    {
        callTimeout = options.CallTimeout;
        this.pulse = pulse;
        this.time = time;
        whole = new(LeastOperations, time);
        metrics.WatchBreaker(() => (int)circuits.Values.Append(whole).Max(circuit => circuit.State));
    }

    /// <exception cref="CallNotSentException">The circuit is open for this user or for all users.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var subject = CallPlaces.SubjectOf(request);
        var operation = OperationOf(request);
        var circuit = circuits.GetOrAdd(operation, static (_, time) => new(leastOperations: 1, time), time);
        if (!circuit.TryEnter(subject, out var permit, out var wait))
        {
            throw new CallNotSentException(NotSentReason.Paused, wait);
        }

        if (!whole.TryEnter(subject, out var permitOfWhole, out wait))
        {
            circuit.GiveBack(permit);
            throw new CallNotSentException(NotSentReason.Paused, wait);
        }

        var verdict = CallVerdict.Unknown;
        var isSent = true;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            // A refusal counts as success: 4xx, including 429, is about a user's call and not about the API's health.
            // The same holds for 501 and 505.
            verdict = (int)response.StatusCode is 500 or 502 or 503 or 504 ? CallVerdict.Failed : CallVerdict.Succeeded;
            return response;
        }
        catch (CallNotSentException)
        {
            isSent = false;
            throw;
        }
        catch (HttpRequestException exception)
        {
            // A response above this server's size limit comes from a healthy API.
            verdict =
                exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                    ? CallVerdict.Succeeded
                    : CallVerdict.Failed;
            throw;
        }
        catch (TimeoutException) when (pulse.IsMissing(callTimeout))
        {
            // If the API answered another call meanwhile, only this operation is slow. An API that hangs answers no
            // call.
            verdict = CallVerdict.Failed;
            throw;
        }
        finally
        {
            if (isSent)
            {
                circuit.Leave(permit, subject, operation.Path, verdict);
                whole.Leave(permitOfWhole, subject, operation.Path, verdict);
            }
            else
            {
                circuit.GiveBack(permit);
                whole.GiveBack(permitOfWhole);
            }
        }
    }

    private static (string Method, string Path) OperationOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(RequestTemplate.Key, out var template)
            ? (template.Method, template.Path)
            : ("", "");
}
