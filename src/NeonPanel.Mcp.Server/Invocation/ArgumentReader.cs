using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Reads the arguments of a client: validates and repairs them, or returns violations. The work is linear in
/// the size of the arguments: it stops after a hundred violations or repairs, and no value causes an
/// exception.</summary>
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

    /// <summary>Returns the faults of a JSON text that do not depend on a schema: broken Unicode and duplicate
    /// members.</summary>
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
/// <param name="Violations">The faults of the arguments, one sentence each.</param>
/// <param name="Repairs">The corrections that were made.</param>
internal sealed record ReadArguments(JsonElement Value, IReadOnlyList<string> Violations, IReadOnlyList<Repair> Repairs)
{
    /// <summary>Gets the failure of a name lookup, or <see langword="null"/>.</summary>
    public ToolResult? Failure { get; init; }
}
