using System.Diagnostics;
using ModelContextProtocol.Server;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>What a handler needs to know of the HTTP request that brought a message. On the older transport that
/// request is over when the message is handled.</summary>
/// <param name="Token">The token of that request, if it had one.</param>
/// <param name="IsReadOnly">Whether only tools that change nothing are there for it.</param>
internal sealed record MessageOrigin(AccessToken? Token, McpAddress Address, bool IsReadOnly, string CorrelationId)
{
    private const string Key = "origin";

    /// <summary>Gets the client's span, where somebody listens and the message names one.</summary>
    public ActivityContext Caller { get; init; }

    /// <summary>Gets the files of the message that are not in its arguments, or <see langword="null"/>.</summary>
    public AttachedFiles? Files { get; init; }

    public static MessageOrigin Of(HttpContext http, McpAddress address)
    {
        var message = http.Features.Get<IncomingMessage>();
        var isReadOnly = AsksForReadOnly(http.Request.Headers["X-MCP-Readonly"]);
        return new(http.Features.Get<AccessToken>(), address, isReadOnly, http.TraceIdentifier)
        {
            Caller = ServerTraces.IsOn && message is not null ? TraceContext.InMessage(message.Root) : default,
            Files = message?.Files,
        };
    }

    /// <summary>Gets the items of a message that carry the origin to its handler.</summary>
    public IDictionary<string, object?> ToItems() => new Dictionary<string, object?> { [Key] = this };

    /// <returns>The origin that was put into the message, if one was.</returns>
    public static MessageOrigin? In(MessageContext context) =>
        context.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var origin)
            ? (MessageOrigin?)origin
            : null;

    /// <summary>Whether a tool is there for whoever sent the message.</summary>
    public bool Sees(ToolDescriptor tool) =>
        tool.Profiles.Contains(Address.Profile) && (!IsReadOnly || tool.Hints.ReadOnly);

    // Who sends the header wants to be safe: what is no clear 'no' counts as 'yes'.
    private static bool AsksForReadOnly(string? header) =>
        !string.IsNullOrWhiteSpace(header)
        && !string.Equals(header.Trim(), "false", StringComparison.OrdinalIgnoreCase)
        && header.Trim() != "0";
}
