using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>The way from a waiting call to the client that shows its forms.</summary>
internal interface IFormChannel
{
    /// <summary>Gets whether options have titles in the client's revision.</summary>
    bool HasTitledOptions { get; }

    /// <summary>Sends a message to the client. It does nothing if the client has left.</summary>
    Task SendAsync(JsonRpcMessage message);

    /// <summary>Shows proxies and the client that the connection is in use.</summary>
    Task BeatAsync();
}
