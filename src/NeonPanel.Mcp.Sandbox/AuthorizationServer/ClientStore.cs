using System.Collections.Concurrent;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>All clients of the authorization server: registered, prepared, or known by their metadata
/// document.</summary>
internal sealed class ClientStore(IssuerBehavior behavior, ClientDocuments documents)
{
    private readonly ConcurrentDictionary<string, OAuthClient> registered = new(
        (behavior.RegistersClients || behavior.ReadsClientDocuments ? [] : PreparedClients.All).ToDictionary(client =>
            client.Id
        )
    );

    public void Add(OAuthClient client) => registered[client.Id] = client;

    /// <summary>Finds a client.</summary>
    /// <returns>The client, or why there is none of that id.</returns>
    public async Task<(OAuthClient? Client, string? Fault)> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (registered.TryGetValue(id, out var client))
        {
            return (client, null);
        }

        return behavior.ReadsClientDocuments && ClientDocuments.IsDocument(id)
            ? await documents.ReadClientAsync(id, behavior, cancellationToken)
            : (null, "The client is not registered here.");
    }
}
