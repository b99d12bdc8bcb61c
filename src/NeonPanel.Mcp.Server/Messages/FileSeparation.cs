using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Takes the files out of the arguments of a long message, without a copy of them. All that comes after, such
/// as the document of the message, corrections and names that are looked up, then costs as much as for a short
/// one.</summary>
internal static class FileSeparation
{
    /// <summary>A shorter text stays in the message.</summary>
    private const int MinFileChars = 1024;

    private const string NoBase64 = "(no base64)";

    private static readonly SearchValues<byte> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\\ \t"u8
    );

    /// <summary>Separates a message.</summary>
    /// <param name="body">The message, which belongs to its files from then on, and is changed.</param>
    /// <returns>The message without its files; as it is, where it is no JSON.</returns>
    public static SeparatedMessage Of(Memory<byte> body, FileCalls calls)
    {
        try
        {
            var scan = new LongMessageScan(MinFileChars, calls.MaxRestBytes);
            if (!scan.TryRead(body.Span))
            {
                return SeparatedMessage.Of(LongMessageFault.Rest);
            }

            var arguments = scan.IsCall ? calls.ArgumentsOf(scan.ToolName) : [];
            return arguments.Count == 0
                ? SeparatedMessage.Of(LongMessageFault.NoFileCall)
                : Separate(body, [.. scan.Texts.Where(text => IsFile(body.Span, text, arguments))], calls);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(ReadOnlyMemory<byte>.Empty, new()); // no JSON, or half of a surrogate pair in the tool's name
        }
    }

    private static bool IsFile(ReadOnlySpan<byte> body, LongText text, IReadOnlyList<string> arguments)
    {
        var name = body[text.Argument];
        var digits = body[text.Value];
        if (digits.StartsWith("data:"u8))
        {
            digits = digits[(digits.IndexOf((byte)',') + 1)..];
        }

        foreach (var argument in arguments)
        {
            if (System.Text.Ascii.Equals(name, argument))
            {
                return !digits.ContainsAnyExcept(Allowed);
            }
        }

        return false;
    }

    private static SeparatedMessage Separate(Memory<byte> body, List<LongText> texts, FileCalls calls)
    {
        var rest = body.Length - texts.Sum(text => (long)(text.Value.End.Value - text.Value.Start.Value));
        if (rest > calls.MaxRestBytes)
        {
            return SeparatedMessage.Of(LongMessageFault.Rest);
        }

        var files = new AttachedFiles();
        var output = new ArrayBufferWriter<byte>((int)rest + (texts.Count * MinFileChars / 32));
        var end = 0;
        foreach (var text in texts)
        {
            output.Write(body.Span[end..text.Value.Start]);
            var file = body[text.Value];
            var length = Unescape(file.Span);
            var place = length >= 0 && files.TryAdd(file[..length], out var added) ? added : NoBase64;
            output.Write(System.Text.Encoding.ASCII.GetBytes(place));
            end = text.Value.End.Value;
        }

        output.Write(body.Span[end..]);
        return files.Bytes > calls.MaxFileBytes
            ? SeparatedMessage.Of(LongMessageFault.Files)
            : new(output.WrittenMemory, files);
    }

    // In place. Escapes of characters that base64 does not have make it another text.
    private static int Unescape(Span<byte> text)
    {
        var count = 0;
        var at = 0;
        while (at < text.Length)
        {
            var plain = text[at..].IndexOf((byte)'\\');
            plain = plain < 0 ? text.Length - at : plain;
            text.Slice(at, plain).CopyTo(text[count..]);
            count += plain;
            at += plain;
            if (at == text.Length)
            {
                break;
            }

            var (character, length) = EscapeAt(text[at..]);
            if (character == 0)
            {
                return -1;
            }

            text[count++] = character;
            at += length;
        }

        return count;
    }

    // The reader has checked that the escape is whole (RFC 8259 §7).
    private static (byte Character, int Length) EscapeAt(ReadOnlySpan<byte> text) =>
        text[1] switch
        {
            (byte)'/' => ((byte)'/', 2),
            (byte)'n' => ((byte)'\n', 2),
            (byte)'r' => ((byte)'\r', 2),
            (byte)'t' => ((byte)'\t', 2),
            (byte)'u'
                when Utf8Parser.TryParse(text[2..6], out ushort code, out var count, 'x') && count == 4 && code < 128 =>
                ((byte)code, 6),
            _ => (0, 0),
        };
}
