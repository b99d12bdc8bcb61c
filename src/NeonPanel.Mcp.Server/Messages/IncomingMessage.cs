using System.Collections.Frozen;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>The JSON-RPC message of a POST, parsed once for everyone who looks at it on the way: a feature of the
/// request, valid until the request ends.</summary>
internal sealed class IncomingMessage : IDisposable
{
    // The documents that resources/read and skills/get answer with hold no user's data (decision 0020). The Inspector
    // sends logging/setLevel before it lists (decision 0009).
    private static readonly FrozenSet<string> Discovery = new[]
    {
        "initialize",
        "server/discover",
        "ping",
        "logging/setLevel",
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "skills/list",
        "skills/get",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Beginning of the names of the methods about tasks (SEP-2663).</summary>
    public const string TaskMethods = "tasks/";

    private readonly JsonDocument? document;
    private JsonElement id;
    private IDisposable? room;

    /// <param name="document">The message, or <see langword="null"/> when the body is not JSON.</param>
    /// <param name="length">Length of the body in bytes.</param>
    /// <param name="room">The body's part of a budget, which the message gives back when it is disposed.</param>
    public IncomingMessage(JsonDocument? document, long length = 0, IDisposable? room = null)
    {
        this.document = document;
        this.room = room;
        Length = length;
        try
        {
            Read(document);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a name: the message is not one that can be handled.
            id = default;
            this.document = null;
            document!.Dispose();
        }
    }

    private void Read(JsonDocument? document)
    {
        if (document is null || document.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return;
        }

        if (
            root.TryGetProperty("id", out var sent)
            && (sent.ValueKind == JsonValueKind.Number || (sent.ValueKind == JsonValueKind.String && IsUnicode(sent)))
        )
        {
            id = sent;
        }

        IsAnswer = id.ValueKind != JsonValueKind.Undefined && IsResponse(root);
        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var name = method.GetString()!;
        IsCall = name == "tools/call";
        IsAboutTask = name.StartsWith(TaskMethods, StringComparison.Ordinal);
        IsCompletion = name == "completion/complete";
        IsInitialize = name == "initialize";
        IsCancellation = name == "notifications/cancelled";
        IsDiscovery = Discovery.Contains(name) || name.StartsWith("notifications/", StringComparison.Ordinal);
        if (
            IsCall
            && root.TryGetProperty("params", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name", out var tool)
            && tool.ValueKind == JsonValueKind.String
        )
        {
            ToolName = tool.GetString();
        }
    }

    /// <summary>Gets a message of which nothing is known.</summary>
    public static IncomingMessage Unknown { get; } = new(null);

    /// <summary>Gets whether the message only discovers what the server offers: <c>Auth:AnonymousDiscovery</c> lets it
    /// pass without a token.</summary>
    public bool IsDiscovery { get; private set; }

    public bool IsCall { get; private set; }

    /// <summary>Gets whether the message asks for a task, which the server answers with a call of the API.</summary>
    public bool IsAboutTask { get; private set; }

    /// <summary>Gets whether the message asks for completions, which the server reads from the API.</summary>
    public bool IsCompletion { get; private set; }

    public bool IsInitialize { get; private set; }

    /// <summary>Gets whether the message is the client's response to a request of the server.</summary>
    public bool IsAnswer { get; private set; }

    /// <summary>Gets whether the message cancels a request.</summary>
    public bool IsCancellation { get; private set; }

    /// <summary>Gets the tool that is called, or <see langword="null"/>.</summary>
    public string? ToolName { get; private set; }

    /// <summary>Gets the request's id as JSON text, or <c>null</c> as JSON text where a response has to say that it is
    /// unknown (JSON-RPC 2.0 §5).</summary>
    public string Id => id.ValueKind == JsonValueKind.Undefined ? "null" : id.GetRawText();

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

    /// <summary>Returns whether a JSON-RPC message is a response (JSON-RPC 2.0 §5).</summary>
    public static bool IsResponse(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && !message.TryGetProperty("method", out _)
        && (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _));

    /// <summary>Gets the length of the body in bytes, without <see cref="Files"/>.</summary>
    public long Length { get; }

    /// <summary>Gets the length of the body and of its files.</summary>
    public long Bytes => Length + (Files?.Bytes ?? 0);

    /// <summary>Gets the files of a long message, which are not in its document; otherwise
    /// <see langword="null"/>.</summary>
    public AttachedFiles? Files { get; init; }

    /// <summary>Hands the message's part of the budget to the caller, for a message that is handled after its request
    /// has ended.</summary>
    public IDisposable? TakeRoom()
    {
        var taken = room;
        room = null;
        return taken;
    }

    public void Dispose()
    {
        document?.Dispose();
        TakeRoom()?.Dispose();
    }
}
