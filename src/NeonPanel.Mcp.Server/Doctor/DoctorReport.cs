using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>The results of a run's checks, with advice for each fault.</summary>
/// <param name="good">Last line of the report if no check found a fault.</param>
/// <param name="bad">Last line of the report if a check found a fault.</param>
internal sealed class DoctorReport(
    string good = "Nothing keeps clients from connecting.",
    string bad = "Clients cannot connect until the faults are corrected."
)
{
    private const int MaxTextLength = 2000;

    private readonly List<Entry> entries = [];

    /// <summary>Gets whether the checks found no fault.</summary>
    public bool IsHealthy => entries.TrueForAll(entry => entry.Verdict != "fault");

    public void Good(string check, string text) => entries.Add(new("ok", Line(check), Line(text), null));

    /// <summary>Adds a check that passed, with advice for an improvement.</summary>
    public void Advise(string check, string text, string advice) =>
        entries.Add(new("ok", Line(check), Line(text), Line(advice)));

    /// <summary>Adds a check of something that works, but not as it should.</summary>
    public void Warning(string check, string text, string advice) =>
        entries.Add(new("warning", Line(check), Line(text), Line(advice)));

    /// <summary>Adds a check of something that keeps clients from connecting, or calls from succeeding.</summary>
    public void Fault(string check, string text, string advice) =>
        entries.Add(new("fault", Line(check), Line(text), Line(advice)));

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append($"{entry.Verdict, -8} {entry.Check}: {entry.Text}\n");
            if (entry.Advice is not null)
            {
                text.Append($"         -> {entry.Advice}\n");
            }
        }

        return text.Append(IsHealthy ? good : bad).Append('\n').ToString();
    }

    /// <summary>Returns the report as JSON: <c>{ "healthy", "checks": [ { "check", "verdict": "ok|warning|fault",
    /// "text", "advice" } ] }</c>.</summary>
    public string ToJson() =>
        new JsonObject
        {
            ["healthy"] = IsHealthy,
            ["checks"] = new JsonArray([
                .. entries.Select(entry =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["check"] = entry.Check,
                            ["verdict"] = entry.Verdict,
                            ["text"] = entry.Text,
                            ["advice"] = entry.Advice,
                        }
                ),
            ]),
        }.ToJsonString();

    // Other servers supply parts of these texts. A text must stay on one line, must not contain terminal commands, and
    // has a limited length.
    private static string Line(string text)
    {
        text = text.Length > MaxTextLength ? text[..MaxTextLength] + "…" : text;
        return VisibleText
            .Of(text)
            .Replace("\r", "[U+000D]", StringComparison.Ordinal)
            .Replace("\n", "[U+000A]", StringComparison.Ordinal)
            .Replace("\t", "[U+0009]", StringComparison.Ordinal);
    }

    private sealed record Entry(string Verdict, string Check, string Text, string? Advice);
}
