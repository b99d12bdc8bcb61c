using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>JSON text → tree. Strict where a reader could be led astray: no duplicate names, bounded depth.</summary>
internal static class JsonTree
{
    /// <summary>Deepest nesting of a document.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most names, values and brackets of a document; the largest known has three million.</summary>
    private const int MaxTokens = 5_000_000;

    private const int EscapeLength = 6; // \uXXXX

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <param name="file">Its name, for diagnostics.</param>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="diagnostics">Takes a warning for text that is not Unicode.</param>
    /// <exception cref="FaultException">The text is no JSON.</exception>
    public static JsonNode? Parse(string file, byte[] utf8, List<Diagnostic> diagnostics)
    {
        utf8 = ReplaceLoneSurrogates(utf8, out var replaced);
        if (replaced > 0)
        {
            diagnostics.Add(
                new(
                    DiagnosticIds.Structure,
                    Severity.Warning,
                    file,
                    "",
                    $"The file holds {replaced} escapes that are half of a character (such as \\ud800); each is read as U+FFFD."
                )
            );
        }

        try
        {
            CheckSize(file, utf8);
            return JsonNode.Parse(utf8, documentOptions: Strict);
        }
        catch (JsonException exception)
        {
            // Its own message counts lines from zero.
            var message = exception.Message.Split(" LineNumber:")[0];
            throw new FaultException(
                new(
                    DiagnosticIds.Unreadable,
                    Severity.Error,
                    file,
                    "",
                    "The file is no valid JSON: "
                        + message
                        + (
                            exception is { LineNumber: { } line, BytePositionInLine: { } column }
                                ? $" (Line {line + 1}, column {column + 1}.)"
                                : ""
                        )
                )
            );
        }
    }

    // A tree takes a hundred bytes and more for a value of two.
    private static void CheckSize(string file, byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new() { MaxDepth = MaxDepth });
        var tokens = 0;
        while (reader.Read())
        {
            if (++tokens > MaxTokens)
            {
                throw new FaultException(
                    new(
                        DiagnosticIds.Unreadable,
                        Severity.Error,
                        file,
                        "",
                        $"The file holds more than {MaxTokens} names and values; split the API into several documents."
                    )
                );
            }
        }
    }

    // Strings are decoded when they are asked for, so that a lone surrogate would be found out anywhere later.
    private static byte[] ReplaceLoneSurrogates(byte[] utf8, out int replaced)
    {
        replaced = 0;
        byte[]? result = null;
        for (var at = 0; at < utf8.Length; )
        {
            var next = utf8.AsSpan(at).IndexOf((byte)'\\');
            if (next < 0)
            {
                break;
            }

            at += next;
            var unit = UnitAt(utf8, at);
            if (unit is null)
            {
                at += 2; // any other escape, an escaped backslash among them
                continue;
            }

            if (
                char.IsHighSurrogate(unit.Value)
                && UnitAt(utf8, at + EscapeLength) is { } low
                && char.IsLowSurrogate(low)
            )
            {
                at += 2 * EscapeLength;
                continue;
            }

            if (char.IsSurrogate(unit.Value))
            {
                result ??= (byte[])utf8.Clone();
                "\\uFFFD"u8.CopyTo(result.AsSpan(at));
                replaced++;
            }

            at += EscapeLength;
        }

        return result ?? utf8;
    }

    private static char? UnitAt(byte[] utf8, int at) =>
        at + EscapeLength <= utf8.Length
        && utf8[at] == '\\'
        && utf8[at + 1] == 'u'
        && Utf8Parser.TryParse(utf8.AsSpan(at + 2, 4), out ushort unit, out var length, 'X')
        && length == 4
            ? (char)unit
            : null;
}
