using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Doctor.Clients;
using NeonPanel.Mcp.Server.Files;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Fetches the documents that clients publish: their metadata (client id metadata documents) and their keys.
/// https to public addresses, or http on loopback for clients under test; no redirects, 64 KB, 5 seconds.</summary>
internal sealed class ClientDocuments : IDisposable
{
    private const int MaxBytes = 64 * 1024;

    // Two clients, so that an https name can never lead to loopback, and a loopback one never away from it.
    private readonly HttpClient outside = Create(new() { ConnectCallback = PublicAddress.ConnectAsync });
    private readonly HttpClient loopback = Create(new());

    /// <summary>Whether a client id has the form of a metadata document's address.</summary>
    public static bool IsDocument(string clientId) =>
        clientId.StartsWith("https://", StringComparison.Ordinal)
        || clientId.StartsWith("http://", StringComparison.Ordinal);

    /// <summary>Reads the metadata document of a client (draft-ietf-oauth-client-id-metadata-document §3 and
    /// §4).</summary>
    /// <returns>The client, or why it is not accepted.</returns>
    public async Task<(OAuthClient? Client, string? Fault)> ReadClientAsync(
        string clientId,
        IssuerBehavior behavior,
        CancellationToken cancellationToken
    )
    {
        if (AddressFault(clientId) is { } wrong)
        {
            return (null, $"The client id '{clientId}' {wrong}.");
        }

        // The sandbox needs no network for the clients that the doctor acts.
        var known = ClientHabits.All.FirstOrDefault(client => client.MetadataDocument?.ClientId == clientId);
        var (document, reason) = known is null
            ? await FetchAsync(clientId, cancellationToken)
            : (known.MetadataDocument!.Write(known.Title), "");
        if (document is null)
        {
            return (null, $"The metadata document '{clientId}' {reason}.");
        }

        if (ClientMetadata.Text(document, "client_id") is var named && named != clientId)
        {
            return (
                null,
                $"The metadata document '{clientId}' must have that address as its 'client_id', but has '{named}'."
            );
        }

        var (client, fault) = ClientMetadata.Read(document, clientId, secret: null, behavior);
        fault ??= client!
            .Redirects.Select(uri => RedirectRules.Fault(uri, behavior.Redirects))
            .FirstOrDefault(wrong => wrong is not null);
        return fault is null ? (client, null) : (null, $"The metadata document '{clientId}' is not accepted: {fault}");
    }

    /// <summary>Fetches a JSON object.</summary>
    /// <returns>The object, or the end of a sentence that says why there is none.</returns>
    public async Task<(JsonObject? Document, string Reason)> FetchAsync(
        string address,
        CancellationToken cancellationToken
    )
    {
        var uri = new Uri(address);
        try
        {
            using var response = await (uri.Scheme == Uri.UriSchemeHttp ? loopback : outside).GetAsync(
                uri,
                cancellationToken
            );
            if (response.StatusCode != System.Net.HttpStatusCode.OK)
            {
                return (null, $"was answered with status {(int)response.StatusCode} instead of 200");
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (ClientMetadata.Parse(bytes), "holds no JSON object");
        }
        catch (JsonException)
        {
            return (null, "holds no JSON, or names a member twice");
        }
        // UriFormatException: the host is no valid name.
        catch (Exception exception)
            when (exception is HttpRequestException or UriFormatException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            return (
                null,
                "could not be fetched: " + (exception.InnerException as HttpRequestException ?? exception).Message
            );
        }
    }

    /// <summary>Returns the end of a sentence that says what is wrong with an address, or
    /// <see langword="null"/>.</summary>
    public static string? AddressFault(string address)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        )
        {
            return "must begin with https, or with http on loopback";
        }

        // Compared with the text, because Uri folds dot segments away.
        return
            uri.UserInfo.Length > 0
            || uri.AbsolutePath.Length < 2
            || uri.AbsoluteUri != address
            || address.Contains('#', StringComparison.Ordinal)
            ? "must have a path, and no user, fragment or dot segment"
            : null;
    }

    public void Dispose()
    {
        outside.Dispose();
        loopback.Dispose();
    }

    private static HttpClient Create(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.UseProxy = false;
        return new(handler) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MaxBytes };
    }
}
