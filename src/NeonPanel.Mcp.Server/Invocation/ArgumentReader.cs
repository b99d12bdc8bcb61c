using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a client sent → what the tool is called with, or what is wrong with it.</summary>
internal static class ArgumentReader
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    public static ReadArguments Read(ToolDescriptor tool, JsonElement sent)
    {
        if (sent.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            sent = Nothing;
        }

        var broken = new ViolationList();
        BrokenText.Check(sent, broken);
        if (!broken.IsEmpty)
        {
            return new(sent, broken.ToSentences(), []);
        }

        var violations = ArgumentValidator.Check(tool.Arguments, sent);
        if (violations.Count == 0)
        {
            return new(sent, [], []);
        }

        var (value, repairs) = ArgumentRepair.Of(tool.Arguments, sent);
        return new(value, repairs.Count == 0 ? violations : ArgumentValidator.Check(tool.Arguments, value), repairs);
    }
}

/// <param name="Value">The arguments.</param>
/// <param name="Violations">What is wrong with them, one sentence each.</param>
/// <param name="Repairs">What was understood though it is not what the schema says.</param>
internal sealed record ReadArguments(JsonElement Value, IReadOnlyList<string> Violations, IReadOnlyList<Repair> Repairs)
{
    /// <summary>Gets why it could not be found out what was meant, or <see langword="null"/>.</summary>
    public ToolResult? Failure { get; init; }
}
