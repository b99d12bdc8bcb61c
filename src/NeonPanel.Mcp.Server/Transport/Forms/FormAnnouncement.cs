using System.Text.Json;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Reads whether a client announced that it can show forms (MCP, Elicitation: Capabilities).</summary>
internal static class FormAnnouncement
{
    /// <summary>The first revision with forms.</summary>
    private const string First = "2025-06-18";

    private const string FirstWithTitles = "2025-11-25";

    /// <summary>Returns whether a revision has forms. Revisions are dates, so their texts can be compared.</summary>
    public static bool IsKnownTo(string? revision) => string.CompareOrdinal(revision, First) >= 0;

    /// <summary>Returns whether options have titles in a revision (SEP-1330).</summary>
    public static bool HasTitledOptions(string? revision) => string.CompareOrdinal(revision, FirstWithTitles) >= 0;

    /// <summary>Returns whether the capabilities of a client contain forms. An empty object for <c>elicitation</c>
    /// means forms.</summary>
    public static bool IsIn(JsonElement capabilities)
    {
        try
        {
            return TryGetObject(capabilities, "elicitation", out var elicitation)
                && (TryGetObject(elicitation, "form", out _) || !elicitation.EnumerateObject().Any());
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair in a name
        }
    }

    /// <summary>Returns whether an <c>initialize</c> message asks for a revision with forms, and announces
    /// them.</summary>
    public static bool InInitialize(JsonElement message)
    {
        try
        {
            return TryGetObject(message, "params", out var parameters)
                && parameters.TryGetProperty("protocolVersion", out var revision)
                && revision.ValueKind == JsonValueKind.String
                && IsKnownTo(revision.GetString())
                && TryGetObject(parameters, "capabilities", out var capabilities)
                && IsIn(capabilities);
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }

    private static bool TryGetObject(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }
}
