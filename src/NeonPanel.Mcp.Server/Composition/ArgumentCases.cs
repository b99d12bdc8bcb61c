using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Arguments with the values that they may have; <see langword="null"/> for any value but false. One of them
/// must apply.</summary>
internal sealed record ArgumentCases(IReadOnlyList<(string Argument, IReadOnlyList<string>? Values)> Cases)
{
    public static ArgumentCases? Read(JsonElement declaration, string name) =>
        declaration.TryGetProperty(name, out var cases)
            ? new([
                .. cases
                    .EnumerateObject()
                    .Select(item =>
                        (
                            item.Name,
                            item.Value.ValueKind == JsonValueKind.Array
                                ? (IReadOnlyList<string>?)
                                    [.. item.Value.EnumerateArray().Select(value => value.ToString())]
                                : null
                        )
                    ),
            ])
            : null;

    public bool Apply(JsonElement arguments) =>
        Cases.Any(item =>
            arguments.TryGetProperty(item.Argument, out var value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)
            && item.Values?.Contains(value.ToString()) != false
        );
}
