using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>Computes the key under which a write is remembered.</summary>
internal static class RepeatKey
{
    // They change the answer, or the handling of the call, but not what is written.
    private static readonly string[] Ignored =
    [
        ToolOnce.Repeat,
        ToolPreview.Argument,
        FieldSelection.Argument,
        CallRequests.WaitSeconds,
    ];

    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(CallContext call, JsonElement arguments) =>
        CallDigest.Of(call.Token.Subject, call.Tool.Name, arguments, Ignored);
}
