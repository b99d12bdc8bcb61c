using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a client sent → what the tool is called with, or what is wrong with it.</summary>
internal static class ArgumentReader
{
    public static ReadArguments Read(ToolDescriptor tool, JsonElement sent)
    {
        var broken = new ViolationList();
        BrokenText.Check(sent, broken);
        return broken.IsEmpty
            ? new(sent, ArgumentValidator.Check(tool.Arguments, sent))
            : new(sent, broken.ToSentences());
    }
}

/// <param name="Value">The arguments.</param>
/// <param name="Violations">What is wrong with them, one sentence each.</param>
internal sealed record ReadArguments(JsonElement Value, IReadOnlyList<string> Violations);
