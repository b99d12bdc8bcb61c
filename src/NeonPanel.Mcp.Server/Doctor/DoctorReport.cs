using System.Text;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>What was looked at, and what a person should do about it.</summary>
internal sealed class DoctorReport
{
    private readonly List<Entry> entries = [];

    /// <summary>Gets whether nothing keeps clients from connecting.</summary>
    public bool IsHealthy => entries.TrueForAll(entry => entry.Verdict != "fault");

    public void Good(string check, string text) => entries.Add(new(check, "ok", text, null));

    /// <summary>Works, but not as it should.</summary>
    public void Warning(string check, string text, string advice) => entries.Add(new(check, "warning", text, advice));

    /// <summary>Keeps somebody from connecting, or from being answered.</summary>
    public void Fault(string check, string text, string advice) => entries.Add(new(check, "fault", text, advice));

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append($"{entry.Verdict,-8} {entry.Check}: {entry.Text}\n");
            if (entry.Advice is not null)
            {
                text.Append($"         -> {entry.Advice}\n");
            }
        }

        return text.Append(IsHealthy ? "Nothing keeps clients from connecting.\n" : "Clients will not connect until the faults are mended.\n").ToString();
    }

    /// <summary><c>{ "healthy", "checks": [ { "check", "verdict": "ok|warning|fault", "text", "advice" } ] }</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["healthy"] = IsHealthy,
        ["checks"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
        {
            ["check"] = entry.Check,
            ["verdict"] = entry.Verdict,
            ["text"] = entry.Text,
            ["advice"] = entry.Advice,
        })]),
    }.ToJsonString();

    private sealed record Entry(string Check, string Verdict, string Text, string? Advice);
}
