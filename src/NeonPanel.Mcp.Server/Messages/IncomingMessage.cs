using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>The JSON-RPC message of a POST, parsed once for everyone who looks at it on the way: a feature of the request, valid until
/// the request ends.</summary>
internal sealed class IncomingMessage : IDisposable
{
    private const int UsualBytes = 1024;

    /// <summary>Largest body that is read without a valid token.</summary>
    private const long MaxAnonymousBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // The documents that resources/read and skills/get answer with hold no user's data (decision 0020). The Inspector sends logging/setLevel
    // before it lists (decision 0009).
    private static readonly FrozenSet<string> Discovery = new[]
    {
        "initialize", "server/discover", "ping", "logging/setLevel", "tools/list", "prompts/list", "resources/list", "resources/templates/list",
        "resources/read", "skills/list", "skills/get",
    }.ToFrozenSet(StringComparer.Ordinal);

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
        IsDiscovery = Discovery.Contains(name) || name.StartsWith("notifications/", StringComparison.Ordinal);
        if (IsCall && root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name", out var tool) && tool.ValueKind == JsonValueKind.String)
        {
            ToolName = tool.GetString();
        }
    }

    /// <summary>Gets a message of which nothing is known.</summary>
    public static IncomingMessage Unknown { get; } = new(null);

    /// <summary>Gets whether the message only discovers what the server offers: <c>Auth:AnonymousDiscovery</c> lets it pass without a token.</summary>
    public bool IsDiscovery { get; }

    public bool IsCall { get; }

    /// <summary>Gets the tool that is called, or <see langword="null"/>.</summary>
    public string? ToolName { get; }

    /// <summary>Gets the request's id as JSON text, or <c>null</c> as JSON text where a response has to say that it is unknown
    /// (JSON-RPC 2.0 §5).</summary>
    public string Id => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty("id", out var id)
        && (id.ValueKind == JsonValueKind.Number || (id.ValueKind == JsonValueKind.String && IsUnicode(id))) ? id.GetRawText() : "null";

    /// <summary>Gets the message, of kind <see cref="JsonValueKind.Undefined"/> when it is no JSON.</summary>
    public JsonElement Root => document?.RootElement ?? default;

    /// <summary>Returns whether a string can be read: half of a surrogate pair cannot.</summary>
    public static bool IsUnicode(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads the body of a request without a valid token, up to a small limit. A longer body is not read, so that nobody has work done
    /// before signing in; the request is answered without its id.</summary>
    /// <returns>As <see cref="ReadAsync"/>.</returns>
    public static async Task<IncomingMessage?> ReadShortAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxAnonymousBytes)
        {
            return Unknown;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Math.Min(limit.MaxRequestBodySize ?? MaxAnonymousBytes, MaxAnonymousBytes);
        }

        var message = await ReadAsync(context);
        return message is null && context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge ? Unknown : message;
    }

    /// <summary>Reads the body into memory, within Kestrel's limit, and hands it on: the SDK reads the same bytes.</summary>
    /// <returns>The message, or <see langword="null"/> for a body that cannot be read: the response then has its status.</returns>
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
