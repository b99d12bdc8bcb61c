using System.Net;
using System.Net.Http.Headers;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Fetches a specification. No other class of the generator uses the network (rule E1).</summary>
internal static class SpecificationFetch
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private const int MaxRedirects = 5;

    /// <summary>Returns whether a source is an address, not a file.</summary>
    public static bool IsAddress(string source) =>
        source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <param name="address">The address of the specification.</param>
    /// <param name="etag">The ETag of the known version, or <see langword="null"/>.</param>
    /// <exception cref="FaultException">The specification could not be fetched.</exception>
    public static FetchedSpecification Get(string address, string? etag)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        )
        {
            throw Fault(address, "The address must be https; http is for this machine alone.");
        }

        using var client = Client();
        using var request = Request(url, etag);
        try
        {
            using var response = client.Send(request);
            if (response.StatusCode == HttpStatusCode.NotModified && etag is not null)
            {
                return new(null, etag, address);
            }

            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Fault(
                    address,
                    $"The server answered {(int)response.StatusCode}; expected 200 with the specification."
                );
            }

            using var body = new MemoryStream();
            response.Content.CopyTo(body, null, CancellationToken.None);
            return new(
                body.ToArray(),
                response.Headers.ETag?.ToString(),
                response.RequestMessage?.RequestUri?.ToString() ?? address
            );
        }
        catch (HttpRequestException exception)
        {
            throw Fault(
                address,
                exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                    ? $"The answer is larger than {SpecificationReader.MaxBytes} bytes."
                    : "The server could not be reached: " + exception.Message
            );
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            throw Fault(address, $"The answer broke off or did not come within {Timeout.TotalSeconds} s.");
        }
    }

    private static HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                MaxAutomaticRedirections = MaxRedirects,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
            }
        )
        {
            Timeout = Timeout,
            MaxResponseContentBufferSize = SpecificationReader.MaxBytes,
        };

    private static HttpRequestMessage Request(Uri url, string? etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("application/json, application/yaml, text/yaml, */*;q=0.5");
        if (etag is not null && EntityTagHeaderValue.TryParse(etag, out var tag))
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return request;
    }

    /// <summary>Rejects content that is obviously not a specification, with a clearer message than a
    /// parser's.</summary>
    /// <exception cref="FaultException">The content is empty, or a page for people.</exception>
    public static void Check(string source, ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty)
        {
            throw Fault(source, "The answer is empty.");
        }

        if (text[0] == (byte)'<')
        {
            throw Fault(
                source,
                "The answer is a page for people or XML, such as a sign-in or an error; expected OpenAPI as JSON or YAML."
            );
        }
    }

    private static FaultException Fault(string address, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, address, "", message));
}

/// <summary>The result of a fetch.</summary>
/// <param name="Bytes">The document, or <see langword="null"/> if the known version is current.</param>
/// <param name="ETag">The document's ETag, or <see langword="null"/>.</param>
/// <param name="Address">The address after redirects.</param>
internal sealed record FetchedSpecification(byte[]? Bytes, string? ETag, string Address);
