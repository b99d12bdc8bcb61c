namespace NeonPanel.Client.Requests;

using System;
using System.Net.Http;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 §10.2.3): seconds, or a date.</summary>
public static class RetryAfter
{
    /// <param name="response">The response. A date is compared with the response's own <c>Date</c>.</param>
    /// <param name="now">The current time, used when the response has no <c>Date</c>.</param>
    /// <returns>The requested delay, or <see langword="null"/>.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.Headers.RetryAfter is not { Date: { } date })
        {
            return response.Headers.RetryAfter?.Delta;
        }

        var pause = date - (response.Headers.Date ?? now);
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }
}
