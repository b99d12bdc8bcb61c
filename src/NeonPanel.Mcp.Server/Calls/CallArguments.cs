using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Failures;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Reads the arguments of a call: validates and repairs them, and replaces names by values.</summary>
internal sealed class CallArguments(LargeArgumentTurns turns, NameLookup names)
{
    /// <param name="sent">The arguments as the client sent them.</param>
    /// <returns>The arguments, or the failure that refuses them.</returns>
    public async ValueTask<NamedArguments> ReadAsync(
        CallContext call,
        JsonElement sent,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadInTurnAsync(call, sent, cancellationToken);
        var named =
            read.Violations.Count == 0 && call.Tool.Lookups.Count > 0
                ? await names.ReadAsync(call, read, cancellationToken)
                : new(read);
        if (named.Failure is not null || named.Arguments.Violations.Count == 0)
        {
            return named;
        }

        return named with
        {
            Failure = UpstreamFailures.Refused(call.Tool, named.Arguments.Violations),
        };
    }

    private async ValueTask<ReadArguments> ReadInTurnAsync(
        CallContext call,
        JsonElement sent,
        CancellationToken cancellationToken
    )
    {
        var bytes = sent.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(sent).Length;
        using var turn = await turns.TakeAsync(bytes, cancellationToken);
        return ArgumentReader.Read(call.Tool, sent);
    }
}
