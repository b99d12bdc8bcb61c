using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Parses JSON text into a tree. It rejects text that readers could interpret differently: duplicate names and
/// excessive depth.</summary>
internal static class JsonTree
{
    /// <summary>Deepest nesting of a document, in levels.</summary>
    public const int MaxDepth = 128;

    /// <summary>Largest number of names, values and brackets in a document. The largest known document has three
    /// million.</summary>
    private const int MaxTokens = 5_000_000;

    private const int EscapeLength = 6; // \uXXXX

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <param name="file">The file's name, for diagnostics.</param>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="diagnostics">Receives a warning about text that is not valid Unicode.</param>
    /// <exception cref="FaultException">The text is not JSON.</exception>
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
            // The exception's own message counts lines from zero.
            var message = exception.Message.Split(" LineNumber:")[0];
            throw new FaultException(
                new(
                    DiagnosticIds.Unreadable,
                    Severity.Error,
                    file,
                    "",
                    "The file is not valid JSON: "
                        + message
                        + (
                            exception is { LineNumber: { } line, BytePositionInLine: { } column }
                                ? $" (Line {line + 1}, column {column + 1}.)"
                                : ""
                        )
                )
                {
                    Place = new((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1),
                }
            );
        }
    }

    // A tree uses a hundred bytes or more for a value of two bytes.
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

    // A lone surrogate would otherwise throw much later, because strings are decoded when they are read.
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
                at += 2; // Any other escape, such as an escaped backslash.
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
