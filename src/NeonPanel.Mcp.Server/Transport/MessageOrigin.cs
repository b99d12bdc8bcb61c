using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Transport.LongWork;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The data of an HTTP request that the handler of its message needs. On the older transport, the HTTP request
/// has ended before the message is handled.</summary>
/// <param name="Token">The token of that request, or <see langword="null"/>.</param>
/// <param name="IsReadOnly">Whether the client sees only tools that change nothing (<c>X-MCP-Readonly</c>).</param>
internal sealed record MessageOrigin(AccessToken? Token, McpAddress Address, bool IsReadOnly, string CorrelationId)
{
    private const string Key = "origin";
    private const string ClientInfo = "io.modelcontextprotocol/clientInfo";
    private const string Capabilities = "io.modelcontextprotocol/clientCapabilities";

    /// <summary>Gets the client's span, if tracing is on and the message names a span.</summary>
    public ActivityContext Caller { get; init; }

    /// <summary>Gets the tools that the client wants, or <see langword="null"/> for all of the address.</summary>
    public ToolSelection? Selection { get; init; }

    /// <summary>Gets whether the text of results contains the whole answer, if the address says so
    /// (<c>?text=full</c>, <c>?text=summary</c>); otherwise <see langword="null"/>.</summary>
    public bool? HasWholeText { get; init; }

    /// <summary>Gets the host's name that the message itself contains (revision 2026-07-28), or
    /// <see langword="null"/>.</summary>
    public string? ClientName { get; init; }

    /// <summary>Gets whether the message itself says that the client can show forms (revision 2026-07-28).</summary>
    public bool ShowsForms { get; init; }

    /// <summary>Gets the way to show the user forms while a call waits, or <see langword="null"/> if the transport has
    /// none.</summary>
    public FormAsker? Asker { get; init; }

    /// <summary>Gets whether the message says that its client knows tasks. It counts only in revision 2026-07-28 and
    /// later.</summary>
    public bool TakesTasks { get; init; }

    /// <summary>Gets the size of the message and its files.</summary>
    public long Bytes { get; init; }

    public string UserAgent { get; init; } = "";

    /// <summary>Gets what the client announced about views. It is not read for calls, which do not depend on
    /// it.</summary>
    public ViewHost ViewHost { get; init; }

    /// <summary>Gets the files of the message that are not in its arguments, or <see langword="null"/>.</summary>
    public AttachedFiles? Files { get; init; }

    /// <summary>Gets the way to tell the client how far a call is, or <see langword="null"/> if the client did not ask
    /// for it.</summary>
    public ProgressReport? Progress { get; init; }

    public static MessageOrigin Of(HttpContext http, McpAddress address)
    {
        var message = http.Features.Get<IncomingMessage>();
        var isReadOnly = AsksForReadOnly(http.Request.Headers["X-MCP-Readonly"]);
        var meta = message is null ? default : MetaOf(message.Root);
        return new(http.Features.Get<AccessToken>(), address, isReadOnly, http.TraceIdentifier)
        {
            Caller = ServerTraces.IsOn && message is not null ? TraceContext.InMessage(message.Root) : default,
            Files = message?.Files,
            Selection = ToolSelection.Read(
                http.Request.Headers[ToolSelection.Header],
                http.Request.Headers[ToolSelection.ExcludeHeader]
            ),
            HasWholeText = WholeText(http.Request.Query["text"]),
            ClientName = NameOfClient(meta),
            ShowsForms = TryGetObject(meta, Capabilities, out var capabilities) && FormAnnouncement.IsIn(capabilities),
            Asker = http.Features.Get<AskingCall>() is { } call ? call.AskAsync : null,
            Bytes = message?.Bytes ?? 0,
            TakesTasks = AnnouncesTasks(meta),
            ViewHost = http.Features.Get<SessionAnnouncement>()?.Host
                ?? (message is { IsCall: false } ? ViewAnnouncement.In(message.Root) : ViewHost.None),
            // On the older transport, a relayed message has no headers.
            UserAgent = address.IsLegacySse ? "" : http.Request.Headers.UserAgent.ToString(),
        };
    }

    /// <summary>Returns message items that carry the origin to the message's handler.</summary>
    public IDictionary<string, object?> ToItems() => new Dictionary<string, object?> { [Key] = this };

    /// <returns>The origin that <see cref="ToItems"/> put into the message, or <see langword="null"/>.</returns>
    public static MessageOrigin? In(JsonRpcMessage message) =>
        message.Context?.Items is { } items && items.TryGetValue(Key, out var origin) ? (MessageOrigin?)origin : null;

    /// <summary>Returns whether the sender of the message may see and call a tool.</summary>
    public bool Sees(ToolDescriptor tool) =>
        tool.Profiles.Contains(Address.Profile)
        && (!IsReadOnly || tool.Hints.ReadOnly)
        && Selection?.Has(tool) != false;

    /// <summary>Reads the value of <c>text</c> in an address. Other values than <c>full</c> and <c>summary</c> count as
    /// absent.</summary>
    public static bool? WholeText(string? value) =>
        value?.ToLowerInvariant() switch
        {
            "full" => true,
            "summary" => false,
            _ => null,
        };

    private static JsonElement MetaOf(JsonElement message) =>
        TryGetObject(message, "params", out var parameters) && TryGetObject(parameters, "_meta", out var meta)
            ? meta
            : default;

    private static bool AnnouncesTasks(JsonElement meta)
    {
        try
        {
            return TryGetObject(meta, Capabilities, out var capabilities)
                && TryGetObject(capabilities, "extensions", out var extensions)
                && TryGetObject(extensions, TaskRequests.Extension, out _);
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair in a name
        }
    }

    private static string? NameOfClient(JsonElement meta)
    {
        if (
            !TryGetObject(meta, ClientInfo, out var client)
            || !client.TryGetProperty("name", out var name)
            || name.ValueKind != JsonValueKind.String
        )
        {
            return null;
        }

        try
        {
            return name.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static bool TryGetObject(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }

    // A client that sends the header wants protection, so every value except 'false' and '0' counts as 'true'.
    private static bool AsksForReadOnly(string? header) =>
        !string.IsNullOrWhiteSpace(header)
        && !string.Equals(header.Trim(), "false", StringComparison.OrdinalIgnoreCase)
        && header.Trim() != "0";
}
