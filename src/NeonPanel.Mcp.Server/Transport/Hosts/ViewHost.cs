using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Transport.Hosts;

/// <summary>What a client announced about views.</summary>
internal enum ViewHost
{
    /// <summary>Nothing: the client does not announce MCP Apps, or its announcement is unknown.</summary>
    None,

    /// <summary>The client announces MCP Apps.</summary>
    Announced,

    /// <summary>The same, and the client is known to accept an <c>https</c> origin as the domain of a view
    /// (<c>hosts.json</c>).</summary>
    WithOrigin,
}

/// <summary>Reads the announcement of MCP Apps from a message (SEP-1865, revision 2026-01-26, "Client&lt;&gt;Server
/// Capability Negotiation"). <c>initialize</c> has the client's capabilities in its parameters, and each request of
/// revision 2026-07-28 has them in its metadata.</summary>
internal static class ViewAnnouncement
{
    public const string Extension = "io.modelcontextprotocol/ui";
    public const string MediaType = "text/html;profile=mcp-app";

    private const string MetaPrefix = "io.modelcontextprotocol/";

    /// <param name="message">A JSON-RPC message, or something else, which announces nothing.</param>
    public static ViewHost In(JsonElement message)
    {
        try
        {
            return
                TryGet(message, "method", JsonValueKind.String, out var method)
                && TryGet(message, "params", JsonValueKind.Object, out var parameters)
                ? InParameters(parameters, isInitialize: method.ValueEquals("initialize"u8))
                : ViewHost.None;
        }
        catch (InvalidOperationException)
        {
            return ViewHost.None; // half of a surrogate pair in a name
        }
    }

    /// <param name="initialize">The parameters of <c>initialize</c>.</param>
    public static ViewHost InInitialize(JsonObject initialize)
    {
        try
        {
            return InParameters(JsonElement.Parse(initialize.ToJsonString()), isInitialize: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return ViewHost.None; // half of a surrogate pair, or a member twice; the SDK answers the message
        }
    }

    private static ViewHost InParameters(JsonElement parameters, bool isInitialize)
    {
        if (isInitialize)
        {
            return Of(parameters, "capabilities", "clientInfo");
        }

        return TryGet(parameters, "_meta", JsonValueKind.Object, out var meta)
            ? Of(meta, MetaPrefix + "clientCapabilities", MetaPrefix + "clientInfo")
            : ViewHost.None;
    }

    private static ViewHost Of(JsonElement parent, string capabilities, string client)
    {
        if (!TryGet(parent, capabilities, JsonValueKind.Object, out var announced) || !Announces(announced))
        {
            return ViewHost.None;
        }

        return
            TryGet(parent, client, JsonValueKind.Object, out var info)
            && TryGet(info, "name", JsonValueKind.String, out var name)
            && KnownHosts.All.Find(name.GetString()) is { AcceptsViewOrigin: true }
            ? ViewHost.WithOrigin
            : ViewHost.Announced;
    }

    // The standard requires the list of media types.
    private static bool Announces(JsonElement capabilities) =>
        TryGet(capabilities, "extensions", JsonValueKind.Object, out var extensions)
        && TryGet(extensions, Extension, JsonValueKind.Object, out var settings)
        && TryGet(settings, "mimeTypes", JsonValueKind.Array, out var types)
        && types.EnumerateArray().Any(type => type.ValueKind == JsonValueKind.String && type.ValueEquals(MediaType));

    private static bool TryGet(JsonElement parent, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out value)
            && value.ValueKind == kind;
    }
}
