namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

/// <summary>A parameter's value in the form that styles use: one text, a list, or pairs. Exactly one of the three is
/// set.</summary>
internal readonly record struct ParameterValue(
    string? Text,
    IReadOnlyList<string>? Items = null,
    IReadOnlyList<KeyValuePair<string, string>>? Members = null
)
{
    /// <summary>Gets whether this is an empty list or object. Such a value is "undefined" and is not written (RFC 6570
    /// §2.3).</summary>
    public bool IsEmpty => Items is { Count: 0 } || Members is { Count: 0 };

    /// <summary>Gets all texts of the value, including the names of members.</summary>
    public IEnumerable<string> Texts =>
        Text is not null ? [Text] : Items ?? Members!.SelectMany(m => new[] { m.Key, m.Value });

    /// <param name="value">Any value.</param>
    /// <param name="itemStyles">The styles of the lists inside a list, the outermost first.</param>
    public static ParameterValue Of(JsonElement value, IReadOnlyList<ParameterStyle>? itemStyles = null) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => new(null, Items: [.. value.EnumerateArray().Select(i => Item(i, itemStyles, 0))]),
            JsonValueKind.Object => new(
                null,
                Members: [.. value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, JsonText.Plain(m.Value)))]
            ),
            _ => new(JsonText.Plain(value)),
        };

    // The text of a list inside a list is escaped as a whole, so that its delimiters are not read as those of the list
    // around it.
    private static string Item(JsonElement value, IReadOnlyList<ParameterStyle>? styles, int level) =>
        value.ValueKind == JsonValueKind.Array && styles is not null && level < styles.Count
            ? string.Join(
                StyleSerializer.Delimiter(styles[level], text => text),
                value.EnumerateArray().Select(i => Item(i, styles, level + 1))
            )
            : JsonText.Plain(value);
}
