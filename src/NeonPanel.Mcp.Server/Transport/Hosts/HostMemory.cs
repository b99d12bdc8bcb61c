using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Memory;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls.Names;

namespace NeonPanel.Mcp.Server.Transport.Hosts;

/// <summary>Decides whether the text of a result contains the whole answer or one sentence (<c>Mcp:ResultText</c>). In
/// revisions with <c>initialize</c>, only that message names the host, and the server has no sessions. This class
/// therefore keeps the host of each token for a while. If a call reaches another instance, or comes with a renewed
/// token, the host is unknown and gets both forms.</summary>
internal sealed class HostMemory(AnswerOptions options) : IDisposable
{
    private const int MostKept = 50_000;

    // The first revision with structured content.
    private const string FirstStructured = "2025-06-18";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>Returns a handler that keeps the host of an <c>initialize</c> message.</summary>
    public McpMessageHandler Filter(McpMessageHandler next, Func<MessageContext, MessageOrigin> originOf) =>
        (context, cancellationToken) =>
        {
            if (
                options.ResultText == ResultTextMode.Auto
                && context.JsonRpcMessage
                    is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject parameters }
            )
            {
                Keep(parameters, originOf(context));
            }

            return next(context, cancellationToken);
        };

    /// <summary>Returns whether the host of a call reads structured content, so that a sentence suffices as
    /// text.</summary>
    /// <param name="isPerRequest">Whether each request of the revision names its host.</param>
    public bool WantsSentence(MessageOrigin origin, bool isPerRequest)
    {
        if (origin.HasWholeText is { } isWhole)
        {
            return !isWhole;
        }

        if (options.ResultText != ResultTextMode.Auto)
        {
            return options.ResultText == ResultTextMode.Summary;
        }

        if (isPerRequest)
        {
            return KnownHosts.All.Find(origin.ClientName) is { Reads: HostReads.Structured };
        }

        return kept.Count > 0 && origin.Token is { } token && kept.TryGetValue(KeyOf(token, origin), out _);
    }

    /// <summary>Returns the host's name in the parameters of <c>initialize</c>, or <see langword="null"/>.</summary>
    public static string? ClientNameIn(JsonObject parameters) =>
        Member(parameters, "clientInfo") is JsonObject client ? TextOf(client, "name") : null;

    public void Dispose() => kept.Dispose();

    // Only hosts that read structured content are kept: all others get the same as an unknown host.
    private void Keep(JsonObject parameters, MessageOrigin origin)
    {
        if (origin.Token is not { } token)
        {
            return;
        }

        var key = KeyOf(token, origin);
        if (
            TextOf(parameters, "protocolVersion") is { } revision
            && string.CompareOrdinal(revision, FirstStructured) >= 0
            && KnownHosts.All.Find(ClientNameIn(parameters)) is { Reads: HostReads.Structured }
        )
        {
            kept.Set(key, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        }
        else
        {
            kept.Remove(key);
        }
    }

    // Two hosts of a user may share a token that was typed by hand; their user agents tell them apart.
    private static (string Token, string UserAgent) KeyOf(AccessToken token, MessageOrigin origin) =>
        (TokenKey.Of(token), origin.UserAgent);

    private static string? TextOf(JsonObject parameters, string name) =>
        Member(parameters, name) is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? ReadText(value)
            : null;

    private static JsonNode? Member(JsonObject parameters, string name)
    {
        try
        {
            return parameters[name];
        }
        catch (ArgumentException)
        {
            return null; // a member twice; the SDK answers the message
        }
    }

    private static string? ReadText(JsonValue value)
    {
        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }
}
