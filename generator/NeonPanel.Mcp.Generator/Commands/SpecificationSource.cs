using System.Net;
using System.Net.Http.Headers;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Fetches a specification from a URL, the one place of the generator that uses the network, or reads it from a
/// file.</summary>
internal static class SpecificationSource
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    /// <param name="place">A URL, <c>http</c> or <c>https</c>, or the path of a file.</param>
    /// <param name="etag">What the last answer was tagged with (RFC 9110 §13.1.2), or <see langword="null"/>.</param>
    /// <returns>The bytes, <see langword="null"/> where they are unchanged, and their tag.</returns>
    /// <exception cref="FaultException">It cannot be had.</exception>
    public static (byte[]? Bytes, string? ETag, string Address) Get(string place, string? etag)
    {
        if (!place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !place.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return (Disk.Read(place, TextReader.Null).Bytes, null, place);
        }

        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, MaxAutomaticRedirections = 5 })
        {
            Timeout = MaxTime,
            MaxResponseContentBufferSize = MaxBytes,
        };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place);
            request.Headers.Accept.ParseAdd("application/json, application/yaml;q=0.9, */*;q=0.1");
            if (etag is not null && EntityTagHeaderValue.TryParse(etag, out var tag))
            {
                request.Headers.IfNoneMatch.Add(tag);
            }

            using var response = http.Send(request);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return (null, etag, place);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw Fault(place, $"The address answered with status {(int)response.StatusCode}. Is it still the right one?");
            }

            using var buffer = new MemoryStream();
            response.Content.ReadAsStream().CopyTo(buffer);
            return (buffer.ToArray(), response.Headers.ETag?.ToString(), request.RequestUri!.AbsoluteUri);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or UriFormatException)
        {
            throw Fault(place, "The specification could not be fetched: " + exception.Message);
        }
    }

    private static FaultException Fault(string place, string message) => new(new(DiagnosticIds.Unreadable, Severity.Error, place, "", message));
}
