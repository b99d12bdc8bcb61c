using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>The allowed values of a shape, indexed so that the time of a lookup does not depend on their
/// number.</summary>
internal sealed class EnumValues
{
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, EnumValues> Known = [];

    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);

    // Finds the JSON text of a string regardless of case; null if two allowed strings differ only in case.
    private readonly Dictionary<string, string?> inAnyCase = new(StringComparer.OrdinalIgnoreCase);

    private EnumValues(IReadOnlyList<string> values)
    {
        foreach (var json in values)
        {
            var value = JsonElement.Parse(json);
            if (value.ValueKind == JsonValueKind.String)
            {
                var text = value.GetString()!;
                texts.Add(text);
                inAnyCase[text] = inAnyCase.ContainsKey(text) ? null : json;
            }
            else
            {
                others.Add(CanonicalJson.Of(value));
            }
        }
    }

    /// <param name="values">The allowed values as JSON texts.</param>
    public static EnumValues Of(IReadOnlyList<string> values) => Known.GetValue(values, static values => new(values));

    public bool Contains(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? texts.Contains(value.GetString()!)
            : others.Contains(CanonicalJson.Of(value));

    /// <summary>Returns the JSON text of the only allowed string that equals <paramref name="text"/> regardless of
    /// case, or <see langword="null"/>.</summary>
    public string? InAnyCase(string text) => inAnyCase.GetValueOrDefault(text);

    /// <summary>Returns the JSON text of the only allowed string that begins with <paramref name="text"/> regardless of
    /// case, or <see langword="null"/>. A beginning has at least three characters.</summary>
    public string? BeginningWith(string text)
    {
        const int shortest = 3;
        if (text.Length < shortest)
        {
            return null;
        }

        string? found = null;
        foreach (var (value, json) in inAnyCase)
        {
            if (value.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                if (found is not null || json is null)
                {
                    return null;
                }

                found = json;
            }
        }

        return found;
    }
}
