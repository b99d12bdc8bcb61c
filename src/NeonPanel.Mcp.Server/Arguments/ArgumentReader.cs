using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

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
            return new(sent, SpanFaults(tool, sent), []);
        }

        var repaired = ArgumentRepair.Of(
            tool.Arguments,
            sent,
            patterns,
            tool.Hints.ReadOnly,
            tool.Hints.ReadOnly ? tool.Paging.Size : null
        );
        if (repaired.IsStopped)
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

        if (repaired.Repairs.Count > 0)
        {
            violations = ArgumentValidator.Check(tool.Arguments, repaired.Value, patterns);
        }

        return new(
            repaired.Value,
            violations.Count == 0 ? SpanFaults(tool, repaired.Value) : violations,
            repaired.Repairs
        );
    }

    private static IReadOnlyList<string> SpanFaults(ToolDescriptor tool, JsonElement arguments) =>
        tool.Spans.Count == 0 ? [] : ArgumentSpans.Check(tool, arguments);

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
internal sealed record ReadArguments(
    JsonElement Value,
    IReadOnlyList<string> Violations,
    IReadOnlyList<Repair> Repairs
);
