using System.Runtime.InteropServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Messages;

namespace NeonPanel.Mcp.Server.Transport.Plain;

/// <summary>One <c>tools/list</c> or <c>tools/call</c> in its usual form, which the server can answer without the
/// SDK.</summary>
/// <param name="Id">An integer, or a string without escapes.</param>
/// <param name="ToolName"><see langword="null"/> for <c>tools/list</c>.</param>
/// <param name="Arguments">An object, or of kind <see cref="JsonValueKind.Undefined"/>.</param>
/// <param name="WantsProgress">Whether the request has a progress token.</param>
internal readonly record struct PlainRequest(
    JsonElement Id,
    string? ToolName,
    JsonElement Arguments,
    bool IsPerRequest,
    bool WantsProgress
)
{
    private const string MetaPrefix = "io.modelcontextprotocol/";

    public string Method => ToolName is null ? ToolRequests.List : ToolRequests.Call;

    /// <summary>Reads a request. It returns <see langword="false"/> for everything unusual, wrong or duplicate; the SDK
    /// answers those requests.</summary>
    public static bool TryRead(IncomingMessage message, IHeaderDictionary headers, out PlainRequest request)
    {
        try
        {
            return TryReadWhole(message, headers, out request);
        }
        catch (InvalidOperationException)
        {
            request = default;
            return false; // half of a surrogate pair in a name
        }
    }

    private static bool TryReadWhole(IncomingMessage message, IHeaderDictionary headers, out PlainRequest request)
    {
        request = default;
        var revision = headers["MCP-Protocol-Version"];
        if (
            message.Root.ValueKind != JsonValueKind.Object
            || headers.ContainsKey("Last-Event-ID")
            || revision is not ([] or ["2024-11-05" or "2025-03-26" or "2025-06-18" or "2025-11-25" or "2026-07-28"])
            || !TryReadMembers(message.Root, out var id, out var parameters)
            || !TryReadParameters(parameters, message.IsCall, out var arguments, out var meta)
        )
        {
            return false;
        }

        var isPerRequest = Revisions.IsPerRequest(revision);
        var token = default(JsonElement);
        var isGood = isPerRequest
            ? headers["Mcp-Method"] == (message.IsCall ? ToolRequests.Call : ToolRequests.List)
                && (!message.IsCall || headers["Mcp-Name"] == message.ToolName)
                && IsMetadataOf(revision!, meta, ref token)
            : TryReadToken(meta, ref token);
        request = new(id, message.ToolName, arguments, isPerRequest, token.ValueKind != JsonValueKind.Undefined);
        return isGood;
    }

    private static bool TryReadMembers(JsonElement root, out JsonElement id, out JsonElement parameters)
    {
        id = default;
        parameters = default;
        var version = default(JsonElement);
        var method = default(JsonElement);
        foreach (var member in root.EnumerateObject())
        {
            var isSet = false;
            if (member.NameEquals("jsonrpc"u8))
            {
                isSet = TrySet(ref version, member);
            }
            else if (member.NameEquals("id"u8))
            {
                isSet = TrySet(ref id, member);
            }
            else if (member.NameEquals("method"u8))
            {
                isSet = TrySet(ref method, member);
            }
            else if (member.NameEquals("params"u8))
            {
                isSet = TrySet(ref parameters, member);
            }

            if (!isSet)
            {
                return false;
            }
        }

        return version.ValueKind == JsonValueKind.String
            && version.ValueEquals("2.0"u8)
            && method.ValueKind == JsonValueKind.String
            && (method.ValueEquals(ToolRequests.Call) || method.ValueEquals(ToolRequests.List))
            && id.ValueKind switch
            {
                JsonValueKind.Number => id.TryGetInt64(out _)
                    && JsonMarshal.GetRawUtf8Value(id) is not [(byte)'-', (byte)'0'],
                JsonValueKind.String => !JsonMarshal.GetRawUtf8Value(id).Contains((byte)'\\'),
                _ => false,
            };
    }

    private static bool TryReadParameters(
        JsonElement parameters,
        bool isCall,
        out JsonElement arguments,
        out JsonElement meta
    )
    {
        arguments = default;
        meta = default;
        if (parameters.ValueKind == JsonValueKind.Undefined)
        {
            return !isCall;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var name = default(JsonElement);
        foreach (var member in parameters.EnumerateObject())
        {
            if (
                !(
                    member.NameEquals("_meta"u8)
                        ? TrySet(ref meta, member)
                        : isCall
                            && (
                                member.NameEquals("name"u8)
                                    ? TrySet(ref name, member)
                                    : member.NameEquals("arguments"u8) && TrySet(ref arguments, member)
                            )
                )
            )
            {
                return false;
            }
        }

        return name.ValueKind == (isCall ? JsonValueKind.String : JsonValueKind.Undefined)
            && arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object
            && meta.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object;
    }

    // Different parsers read a duplicate member differently.
    private static bool TrySet(ref JsonElement value, JsonProperty member)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            return false;
        }

        value = member.Value;
        return true;
    }

    // In revisions with initialize, the SDK reads only the progress token here, and the revision if the header names
    // none.
    private static bool TryReadToken(JsonElement meta, ref JsonElement token)
    {
        if (meta.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (var member in meta.EnumerateObject())
        {
            var isValid = member.NameEquals("progressToken"u8)
                ? TrySetToken(ref token, member)
                : !member.Name.StartsWith(MetaPrefix, StringComparison.Ordinal);
            if (!isValid)
            {
                return false;
            }
        }

        return true;
    }

    // The metadata of each request (revision 2026-07-28) must be complete and well-formed.
    private static bool IsMetadataOf(string revision, JsonElement meta, ref JsonElement token)
    {
        var version = default(JsonElement);
        var capabilities = default(JsonElement);
        var client = default(JsonElement);
        if (meta.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var member in meta.EnumerateObject())
        {
            bool isValid;
            if (member.NameEquals(MetaPrefix + "protocolVersion"))
            {
                isValid = TrySet(ref version, member);
            }
            else if (member.NameEquals(MetaPrefix + "clientCapabilities"))
            {
                isValid = TrySet(ref capabilities, member);
            }
            else if (member.NameEquals(MetaPrefix + "clientInfo"))
            {
                isValid = TrySet(ref client, member);
            }
            else if (member.NameEquals("progressToken"u8))
            {
                isValid = TrySetToken(ref token, member);
            }
            else
            {
                // Other names are the client's own, and those of SEP-414, of which TraceContext reads two.
                isValid = !member.Name.StartsWith(MetaPrefix, StringComparison.Ordinal);
            }

            if (!isValid)
            {
                return false;
            }
        }

        return version.ValueKind == JsonValueKind.String
            && version.ValueEquals(revision)
            && capabilities.ValueKind == JsonValueKind.Object
            && CanBe<ClientCapabilities>(capabilities)
            && (client.ValueKind == JsonValueKind.Undefined || CanBe<Implementation>(client));
    }

    // A string or an integer (MCP, "Progress").
    private static bool TrySetToken(ref JsonElement token, JsonProperty member) =>
        TrySet(ref token, member)
        && token.ValueKind switch
        {
            JsonValueKind.Number => token.TryGetInt64(out _),
            JsonValueKind.String => !JsonMarshal.GetRawUtf8Value(token).Contains((byte)'\\'),
            _ => false,
        };

    private static bool CanBe<T>(JsonElement value)
    {
        try
        {
            return value.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T))) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
