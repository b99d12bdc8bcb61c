using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Finds the member for a name in another spelling style: <c>per_page</c> for <c>perPage</c>.</summary>
internal sealed class KnownNames
{
    private readonly ValueShape shape;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    // The known names by their letters; null if two names have the same letters.
    private readonly Dictionary<string, string?> byLetters = new(StringComparer.Ordinal);

    public KnownNames(ValueShape shape, JsonElement value)
    {
        this.shape = shape;
        // An open object accepts any name. There, only the names of missing required members are considered.
        foreach (var name in shape.AdditionalProperties is null ? shape.Properties.Keys : shape.Required)
        {
            var letters = NearestName.Plain(name);
            byLetters[letters] = byLetters.ContainsKey(letters) ? null : name;
            if (value.TryGetProperty(name, out _))
            {
                taken.Add(name);
            }
        }
    }

    /// <returns>The only known name with the same letters, or <see langword="null"/>. Each name is returned only
    /// once.</returns>
    public string? Meant(string name) =>
        !shape.Properties.ContainsKey(name)
        && byLetters.GetValueOrDefault(NearestName.Plain(name)) is { } known
        && taken.Add(known)
            ? known
            : null;
}
