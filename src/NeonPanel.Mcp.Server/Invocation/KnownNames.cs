using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Finds the member that a name in another spelling style means: <c>per_page</c> for <c>perPage</c>.</summary>
internal sealed class KnownNames
{
    private readonly ValueShape shape;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    // The names in question by their letters; null where two have the same letters.
    private readonly Dictionary<string, string?> byLetters = new(StringComparer.Ordinal);

    public KnownNames(ValueShape shape, JsonElement value)
    {
        this.shape = shape;
        // An open object takes any name: there, only a required name that is missing is meant.
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

    /// <returns>The one known name with the same letters, or <see langword="null"/>. A name is only given
    /// once.</returns>
    public string? Meant(string name) =>
        !shape.Properties.ContainsKey(name)
        && byLetters.GetValueOrDefault(NearestName.Plain(name)) is { } known
        && taken.Add(known)
            ? known
            : null;
}
