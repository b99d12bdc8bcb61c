using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Compares the arguments that an answer repeats with those that were sent. An API that ignores a filter
/// otherwise gives an answer to another question, and nothing shows it.</summary>
internal static class EchoedArguments
{
    private const int MostTold = 4;

    /// <summary>Longest value to compare, in bytes.</summary>
    private const int LongestEcho = 16 * 1024;

    /// <returns>One sentence about the differences, or <see langword="null"/>.</returns>
    /// <param name="arguments">The arguments as they were sent.</param>
    /// <param name="json">The whole answer, known to be valid JSON.</param>
    public static string? Difference(ToolDescriptor tool, JsonElement arguments, ReadOnlySpan<byte> json)
    {
        List<string>? found = null;
        for (var index = 0; index < tool.Echoes.Count; index++)
        {
            var echo = tool.Echoes[index];
            if (
                arguments.TryGetProperty(echo.Argument, out var sent)
                && !IsEmpty(sent)
                && Difference(echo, sent, json) is { } difference
                && !tool.Paging.Has(echo.Argument)
            )
            {
                (found ??= []).Add($"{ArgumentPath.Shown(echo.Argument)} {difference}");
            }
        }

        return found is null
            ? null
            : $"The API may have ignored arguments: in its answer, {string.Join("; ", found.Take(MostTold))}{(found.Count > MostTold ? "; …" : "")}.";
    }

    private static string? Difference(ArgumentEcho echo, JsonElement sent, ReadOnlySpan<byte> json)
    {
        if (Find(json, echo.Path, out var isHolderFound) is not { } place)
        {
            return isHolderFound && IsTold(echo, sent) ? "is missing" : null;
        }

        var text = json[place.Start..place.End];
        if (text.Length > LongestEcho || text.SequenceEqual(JsonMarshal.GetRawUtf8Value(sent)))
        {
            return null;
        }

        using var document = JsonDocument.Parse(text.ToArray());
        var echoed = document.RootElement;
        if (IsEmpty(echoed))
        {
            return IsTold(echo, sent) ? "is missing" : null;
        }

        return EchoedValue.IsSame(sent, echoed, echo.Kind == EchoKind.Id)
            ? null
            : $"is {EchoedValue.Shown(echoed)}, not {EchoedValue.ShownIfPlain(sent) ?? "what was sent"}";
    }

    // False is often the same as nothing.
    private static bool IsTold(ArgumentEcho echo, JsonElement sent) =>
        echo.Kind == EchoKind.Complete && sent.ValueKind != JsonValueKind.False;

    private static Place? Find(ReadOnlySpan<byte> json, IReadOnlyList<string> path, out bool isHolderFound)
    {
        isHolderFound = false;
        var start = 0;
        for (var index = 0; index < path.Count; index++)
        {
            var parts = new AnswerParts(json, start);
            // PHP writes an empty object as an empty list.
            isHolderFound = index == path.Count - 1 && (parts.IsObject || (parts.IsList && !parts.MoveNext()));
            if (!parts.IsObject || !MoveTo(ref parts, path[index]))
            {
                return null;
            }

            start = parts.Start;
        }

        return new(start, JsonText.EndOfValue(json, start));
    }

    private static bool MoveTo(ref AnswerParts parts, string name)
    {
        while (parts.MoveNext())
        {
            if (parts.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => true,
            JsonValueKind.String => value.ValueEquals(""u8),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => false,
        };
}
