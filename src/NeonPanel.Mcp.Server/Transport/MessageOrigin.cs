using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>What a handler needs to know of the HTTP request that brought a message. On the older transport that request is
/// over when the message is handled.</summary>
/// <param name="Token">The token of that request, if it had one.</param>
/// <param name="Suffix">The address's, for challenges.</param>
internal sealed record MessageOrigin(AccessToken? Token, string Suffix, string Profile, string CorrelationId)
{
    private const string Key = "origin";

    /// <summary>Gets the items of a message that carry the origin to its handler.</summary>
    public IDictionary<string, object?> ToItems() => new Dictionary<string, object?> { [Key] = this };

    /// <returns>The origin that was put into the message, if one was.</returns>
    public static MessageOrigin? In(MessageContext context) =>
        context.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var origin) ? (MessageOrigin?)origin : null;
}
