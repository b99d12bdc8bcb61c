using System.Text.Json;

namespace NeonPanel.Client.Requests;

/// <summary>Turns the arguments of a call into the HTTP request that the specification describes. The one place that builds
/// URLs.</summary>
public static class RequestBuilder
{
    /// <summary>Builds the request of <paramref name="template"/>.</summary>
    /// <param name="template">The operation.</param>
    /// <param name="baseAddress">The API's address: its origin, and a base path where the API has one.</param>
    /// <param name="arguments">A JSON object: argument → value. Absent, null and default are three different things:
    /// nothing is sent for an absent argument.</param>
    /// <exception cref="InvalidArgumentsException">A required argument is absent, or a value cannot be written where it
    /// belongs.</exception>
    public static HttpRequestMessage Build(RequestTemplate template, Uri baseAddress, JsonElement arguments) =>
        throw new NotSupportedException();
}
