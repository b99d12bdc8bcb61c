using System.Diagnostics;
using ModelContextProtocol.Server;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The data of an HTTP request that the handler of its message needs. On the older transport, the HTTP request
/// has ended before the message is handled.</summary>
/// <param name="Token">The token of that request, or <see langword="null"/>.</param>
/// <param name="IsReadOnly">Whether the client sees only tools that change nothing (<c>X-MCP-Readonly</c>).</param>
internal sealed record MessageOrigin(AccessToken? Token, McpAddress Address, bool IsReadOnly, string CorrelationId)
{
    private const string Key = "origin";

    /// <summary>Gets the client's span, if tracing is on and the message names a span.</summary>
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

    /// <summary>Returns message items that carry the origin to the message's handler.</summary>
    public IDictionary<string, object?> ToItems() => new Dictionary<string, object?> { [Key] = this };

    /// <returns>The origin that <see cref="ToItems"/> put into the message, or <see langword="null"/>.</returns>
    public static MessageOrigin? In(MessageContext context) =>
        context.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var origin)
            ? (MessageOrigin?)origin
            : null;

    /// <summary>Returns whether the sender of the message may see and call a tool.</summary>
    public bool Sees(ToolDescriptor tool) =>
        tool.Profiles.Contains(Address.Profile) && (!IsReadOnly || tool.Hints.ReadOnly);

    // A client that sends the header wants protection, so every value except 'false' and '0' counts as 'true'.
    private static bool AsksForReadOnly(string? header) =>
        !string.IsNullOrWhiteSpace(header)
        && !string.Equals(header.Trim(), "false", StringComparison.OrdinalIgnoreCase)
        && header.Trim() != "0";
}
