using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>The checks of a run, and what a person should do about them.</summary>
/// <param name="good">Last line if no check found a fault.</param>
/// <param name="bad">Last line if a check found one.</param>
internal sealed class DoctorReport(
    string good = "Nothing keeps clients from connecting.",
    string bad = "Clients will not connect until the faults are mended."
)
{
    private const int MaxTextLength = 2000;

    private readonly List<Entry> entries = [];

    /// <summary>Gets whether nothing keeps clients from connecting.</summary>
    public bool IsHealthy => entries.TrueForAll(entry => entry.Verdict != "fault");

    public void Good(string check, string text) => entries.Add(new("ok", Line(check), Line(text), null));

    /// <summary>Works, and could be better.</summary>
    public void Advise(string check, string text, string advice) =>
        entries.Add(new("ok", Line(check), Line(text), Line(advice)));

    /// <summary>Works, but not as it should.</summary>
    public void Warning(string check, string text, string advice) =>
        entries.Add(new("warning", Line(check), Line(text), Line(advice)));

    /// <summary>Keeps somebody from connecting, or from being answered.</summary>
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

    /// <summary><c>{ "healthy", "checks": [ { "check", "verdict": "ok|warning|fault", "text", "advice" } ]
    /// }</c>.</summary>
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

    // Servers under examination write parts of these texts. A text stays on its line, cannot command the terminal, and
    // is bounded.
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
