using System.Net;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Fetches a file that a link names (rule C9): https, hosts of the list, public addresses, each redirect checked
/// again, within size and time. No credential, no cookie, no proxy.</summary>
/// <param name="handler">The way out; in production one that connects to public addresses only.</param>
internal sealed class FileDownload(FileDownloadOptions options, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    /// <summary>How long a download may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private const int MaxRedirects = 3;

    private readonly HttpClient http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    public static HttpMessageHandler PublicHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectCallback = PublicAddress.ConnectAsync,
    };

    /// <summary>Fetches the file.</summary>
    /// <exception cref="FileLinkException">It is refused, or cannot be had; says why, without the link, which is a secret.</exception>
    public async Task<(byte[] Bytes, string? ContentType)> GetAsync(string link, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(MaxTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var address = Check(link);
            for (var redirects = 0; ; redirects++)
            {
                using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location)
                {
                    if (redirects == MaxRedirects)
                    {
                        throw new FileLinkException($"leads through more than {MaxRedirects} redirects");
                    }

                    address = Check(new Uri(address, location).AbsoluteUri);
                    continue;
                }

                return response.IsSuccessStatusCode
                    ? (await ReadAsync(response, both.Token), response.Content.Headers.ContentType?.MediaType)
                    : throw new FileLinkException($"was answered with status {(int)response.StatusCode}");
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FileLinkException($"could not be fetched within {MaxTime.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new FileLinkException("could not be fetched: " + (exception.InnerException as HttpRequestException ?? exception).Message);
        }
    }

    public void Dispose() => http.Dispose();

    private Uri Check(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new FileLinkException("is no https link");
        }

        if (address.UserInfo.Length > 0 || !address.IsDefaultPort)
        {
            throw new FileLinkException("holds a user or a port, which is not allowed");
        }

        return options.IsAllowed(address.IdnHost)
            ? address
            : throw new FileLinkException($"leads to the host '{address.IdnHost}', which is not among Files:AllowedHosts");
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            // Counted as it comes: what is promised, or packed, is not believed.
            if (buffer.Length + read > options.MaxBytes)
            {
                throw new FileLinkException($"leads to more than {options.MaxBytes} bytes (Files:MaxBytes)");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

/// <summary>A link of a call that is not followed; the message continues "The link …".</summary>
internal sealed class FileLinkException(string message) : Exception(message);
