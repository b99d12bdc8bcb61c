namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Text.Json;

/// <summary>Collects all violations in the arguments of one call. Messages name kinds of values, never the
/// values.</summary>
internal sealed class Violations
{
    private readonly List<string> sentences = [];

    public void Missing(string argument) => sentences.Add($"Argument '{argument}' is required, but is absent.");

    public void Add(string argument, string expected, string found) =>
        sentences.Add($"Argument '{argument}' must be {expected}, but {found}.");

    public void Add(string argument, string expected, JsonElement found) =>
        Add(argument, expected, $"is {KindOf(found)}");

    public void Add(string sentence) => sentences.Add(sentence);

    /// <exception cref="InvalidArgumentsException">At least one violation was collected.</exception>
    public void ThrowIfAny()
    {
        if (sentences.Count > 0)
        {
            throw new InvalidArgumentsException(sentences);
        }
    }

    public static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Null => "null",
            _ => "absent",
        };
}
