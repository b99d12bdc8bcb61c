using System.Buffers;
using System.Text;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Keeps values of another kind out of the members whose type the output schema states, because clients reject
/// a result that does not fit the schema (decision 0053).</summary>
internal static class ProvenTypes
{
    /// <summary>Renames members with another kind of value: <c>amount</c> becomes <c>_amount</c>, which no schema
    /// describes. A note says so, and the text is the answer as the API gave it, whatever the host reads. All other
    /// bytes stay.</summary>
    /// <param name="drifts">Returns the places; empty if all values are as usual.</param>
    public static ToolResult Keep(ToolDescriptor tool, ToolResult result, out IReadOnlyCollection<Drift> drifts)
    {
        drifts = [];
        if (!tool.HasProvenTypes || result.Structured.IsEmpty)
        {
            return result;
        }

        var scan = new ProvenScan(result.Structured.Span, stackalloc int[JsonText.MaxDepth + 1]);
        scan.Read(ProvenMember.Of(tool));
        if (scan.Found is not { Count: > 0 } found)
        {
            return result;
        }

        drifts =
        [
            .. found
                .Select(item => new Drift(
                    item.Place.Pointer,
                    AnswerComparison.Words(item.Place.Kind),
                    AnswerComparison.Words(item.Kind == ValueKinds.None ? ValueKinds.Number : item.Kind)
                ))
                .Distinct(),
        ];
        return result with
        {
            Structured = Renamed(result.Structured.Span, found),
            Text = result.Text ?? Encoding.UTF8.GetString(result.Structured.Span),
            Notes = [.. result.Notes, SurpriseText.Note(found)],
        };
    }

    private static ReadOnlyMemory<byte> Renamed(ReadOnlySpan<byte> json, List<Surprise> found)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + found.Count);
        var at = 0;
        foreach (var (name, prefix, _, _, _) in found)
        {
            output.Write(json[at..name]);
            Encoding.UTF8.GetBytes(prefix, output);
            at = name;
        }

        output.Write(json[at..]);
        return output.WrittenMemory;
    }
}
