using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Finds the field that an error is about, and returns the name of the matching argument.</summary>
internal sealed class ErrorFields(PlainWords plain, ArgumentNames names)
{
    private const int MaxNames = 10;

    /// <summary>Returns the argument of a field, or <see langword="null"/> if <paramref name="field"/> is
    /// null.</summary>
    public string? Shown(string? field) => field is null ? null : names.Of(field);

    /// <summary>Returns the argument of the field that an error names, or <see langword="null"/>.</summary>
    /// <param name="isItem">Whether the error is an item of a list of errors.</param>
    public string? Of(JsonElement error, bool isItem)
    {
        string? found = null;
        foreach (var member in error.EnumerateObject())
        {
            var name = NearestName.Plain(member.Name.Length <= 40 ? member.Name : "");
            if (ErrorMembers.Fields.Contains(name))
            {
                if (Named(member.Value) is { Length: > 0 } field)
                {
                    return field;
                }
            }
            else if (isItem && ErrorMembers.FieldsOfItems.Contains(name))
            {
                found ??= Named(member.Value) is { Length: > 0 } field ? field : null;
            }
        }

        return found;
    }

    private string? Named(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => names.Of(plain.Of(value.GetString()!)),
            JsonValueKind.Array => NamedByList([
                .. value
                    .EnumerateArray()
                    .Take(MaxNames)
                    .Where(step => step.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(step => plain.Of(step.ToString())),
            ]),
            // {"pointer":"/data/attributes/name"}
            JsonValueKind.Object => value
                .EnumerateObject()
                .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Array)
                .Select(member => Named(member.Value))
                .FirstOrDefault(name => name is { Length: > 0 }),
            _ => null,
        };

    // The list contains the steps of one path, or several names.
    private string NamedByList(List<string> steps)
    {
        if (names.Of(steps) is { } argument)
        {
            return steps.Count > 1 && steps.All(step => names.Of([step]) is not null)
                ? string.Join(", ", steps.Select(step => names.Of([step])))
                : argument;
        }

        return string.Join('.', steps);
    }
}
