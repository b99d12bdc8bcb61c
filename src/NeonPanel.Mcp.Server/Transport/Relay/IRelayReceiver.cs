using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>Delivers messages of one kind of session that another instance received.</summary>
internal interface IRelayReceiver
{
    /// <summary>Returns whether a session id has the form of this kind.</summary>
    bool Takes(string sessionId);

    /// <summary>Delivers a message.</summary>
    /// <param name="token">The token of the message, which was validated on this instance.</param>
    Admission Receive(RelayedMessage message, AccessToken token);
}
