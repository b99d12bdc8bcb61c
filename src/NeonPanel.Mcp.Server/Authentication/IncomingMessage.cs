using System.Text.Json;
using System.Text.Unicode;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The JSON-RPC message of a POST, parsed once for everyone who looks at it on the way: a feature of the request, valid until
/// the request ends.</summary>
internal sealed class IncomingMessage : IDisposable
{
    private const int UsualBytes = 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly JsonDocument? document;

    private IncomingMessage(JsonDocument? document)
    {
        this.document = document;
        if (document is null || document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var name = method.GetString()!;
        IsCall = name == "tools/call";
        // The Inspector sends logging/setLevel ahead of its list, as the SDK announces logging.
        IsAnonymous = name is "initialize" or "server/discover" or "ping" or "tools/list" or "logging/setLevel"
            || name.StartsWith("notifications/", StringComparison.Ordinal);
        AsksForViews = name is "resources/list" or "resources/read" or "resources/templates/list";
        if (IsCall && root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name", out var tool) && tool.ValueKind == JsonValueKind.String)
        {
            ToolName = tool.GetString();
        }
    }

    /// <summary>Gets a message of which nothing is known.</summary>
    public static IncomingMessage Unknown { get; } = new(null);

    /// <summary>Gets whether it may be sent without a token where <c>Auth:AnonymousDiscovery</c> is on.</summary>
    public bool IsAnonymous { get; }

    /// <summary>Gets whether it may be sent without a token where <c>Mcp:Views</c> is on as well: documents, the same for
    /// all.</summary>
    public bool AsksForViews { get; }

    public bool IsCall { get; }

    /// <summary>Gets the tool that is called, or <see langword="null"/>.</summary>
    public string? ToolName { get; }

    /// <summary>Gets the message, of kind <see cref="JsonValueKind.Undefined"/> when it is no JSON.</summary>
    public JsonElement Root => document?.RootElement ?? default;

    /// <summary>Reads the body into memory, within Kestrel's limit, and hands it on: the SDK reads the same bytes.</summary>
    /// <returns>The message, or <see langword="null"/> for a body that is not taken: the status of the response says why.</returns>
    public static async Task<IncomingMessage?> ReadAsync(HttpContext context)
    {
        var buffer = new MemoryStream(UsualBytes);
        try
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            // Too large, too slow, cut short. In Development the framework would show a stack.
            context.Response.StatusCode = exception.StatusCode;
            return null;
        }

        buffer.Position = 0;
        context.Request.Body = buffer;
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (body.Span.StartsWith(ByteOrderMark))
        {
            // RFC 8259 §8.1 lets a reader pass over it, and the SDK does.
            body = body[ByteOrderMark.Length..];
        }

        try
        {
            // The reader looks at no string before it is asked for it.
            return Utf8.IsValid(body.Span) ? new(JsonDocument.Parse(body)) : Unknown;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Unknown; // the latter: half of a surrogate pair
        }
    }

    public void Dispose() => document?.Dispose();
}
