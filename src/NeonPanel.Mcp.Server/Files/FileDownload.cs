using System.Net;
using NeonPanel.Mcp.Server.Http;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Fetches the file of a link (rule C9). It follows https links to the listed hosts at public addresses,
/// checks each redirect again, and limits size and time. It sends no credential and no cookie and uses no
/// proxy.</summary>
/// <param name="handler">Sends the requests. In production, it connects to public addresses only.</param>
internal sealed class FileDownload(FileDownloadOptions options, HttpMessageHandler handler, TimeProvider time)
    : IDisposable
{
    /// <summary>Longest duration of a download.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private const int MaxRedirects = 3;

    private readonly HttpClient http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Gets how many bytes one call may fetch.</summary>
    public long MaxBytes => options.MaxBytes;

    public static HttpMessageHandler PublicHandler()
    {
        var handler = OutboundHandlers.Create(OutboundUse.FileLinks);
        handler.ConnectTimeout = TimeSpan.FromSeconds(3);
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli;
        handler.ConnectCallback = PublicAddress.ConnectAsync;
        return handler;
    }

    /// <summary>Fetches a file into a call's arguments.</summary>
    /// <param name="prefix">Returns the text before the base64. Its argument is the media type in the host's
    /// response.</param>
    /// <exception cref="FileLinkException">The link is not allowed, or the file cannot be fetched. The message does not
    /// contain the link, because a link may be a secret.</exception>
    public async Task FetchAsync(
        string link,
        FileWriter writer,
        Func<string?, string> prefix,
        CancellationToken cancellationToken
    )
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

                    address = Check(Uri.TryCreate(address, location, out var next) ? next.AbsoluteUri : "");
                    continue;
                }

                if (!response.IsSuccessStatusCode)
                {
                    throw new FileLinkException($"was answered with status {(int)response.StatusCode}");
                }

                await WriteAsync(response.Content, writer, prefix, both.Token);
                return;
            }
        }
        catch (OperationCanceledException)
            when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FileLinkException($"could not be fetched within {MaxTime.TotalSeconds} s");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or InvalidOperationException)
        {
            // The last two exceptions occur when the body cannot be decompressed.
            throw new FileLinkException(
                "could not be fetched: " + (exception.InnerException as HttpRequestException ?? exception).Message
            );
        }
    }

    public void Dispose() => http.Dispose();

    private Uri Check(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new FileLinkException("is not an https link");
        }

        if (address.UserInfo.Length > 0 || !address.IsDefaultPort)
        {
            throw new FileLinkException("holds a user or a port, which is not allowed");
        }

        var host = HostOf(address);
        return options.IsAllowed(host)
            ? address
            : throw new FileLinkException($"leads to the host '{host}', which is not among Files:AllowedHosts");
    }

    // The host in the form used for DNS. Uri validates it only when this property is read.
    private static string HostOf(Uri address)
    {
        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            throw new FileLinkException("has a host that is not a valid name (RFC 5891)");
        }
    }

    private static async Task WriteAsync(
        HttpContent content,
        FileWriter writer,
        Func<string?, string> prefix,
        CancellationToken cancellationToken
    )
    {
        await writer.BeginAsync(content.Headers.ContentLength, cancellationToken);
        writer.WriteEscaped(prefix(content.Headers.ContentType?.MediaType));
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        await writer.WriteBase64Async(stream, cancellationToken);
    }
}

/// <summary>A link that the server does not follow. The message is the end of a sentence that begins with "The
/// link".</summary>
internal sealed class FileLinkException(string message) : Exception(message);
