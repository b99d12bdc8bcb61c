using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Reads what a client sent into the arguments that the tool is called with, or into the violations. The work
/// is linear in the size of the arguments: a violation or repair beyond the first hundred ends it, and no value costs
/// an exception.</summary>
internal static class ArgumentReader
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    public static ReadArguments Read(ToolDescriptor tool, JsonElement sent)
    {
        if (sent.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            sent = Nothing;
        }

        var malformed = Malformed(sent);
        if (malformed.Count > 0)
        {
            return new(sent, malformed, []);
        }

        sent = ArgumentAliases.Apply(tool, sent);
        var patterns = new PatternTime();
        var violations = ArgumentValidator.Check(tool.Arguments, sent, patterns);
        if (violations.Count == 0)
        {
            return new(sent, [], []);
        }

        var (value, repairs, isStopped) = ArgumentRepair.Of(tool.Arguments, sent, patterns);
        if (isStopped)
        {
            return new(
                sent,
                [
                    .. violations,
                    $"More than {ArgumentRepair.Most} values are not as the schema has them. So many are not corrected; send each as the schema says.",
                ],
                []
            );
        }

        return new(
            value,
            repairs.Count == 0 ? violations : ArgumentValidator.Check(tool.Arguments, value, patterns),
            repairs
        );
    }

    /// <summary>Returns what is wrong with a JSON text whatever the schema says: broken Unicode, and members that are
    /// sent twice.</summary>
    public static IReadOnlyList<string> Malformed(JsonElement value)
    {
        var violations = new ViolationList();
        BrokenText.Check(value, violations);
        if (violations.IsEmpty)
        {
            DoubledNames.Check(value, violations);
        }

        return violations.ToSentences();
    }
}

/// <param name="Value">The arguments.</param>
/// <param name="Violations">What is wrong with them, one sentence each.</param>
/// <param name="Repairs">Habits of clients that were corrected.</param>
internal sealed record ReadArguments(JsonElement Value, IReadOnlyList<string> Violations, IReadOnlyList<Repair> Repairs)
{
    /// <summary>Gets why a name could not be looked up, or <see langword="null"/>.</summary>
    public ToolResult? Failure { get; init; }
}
