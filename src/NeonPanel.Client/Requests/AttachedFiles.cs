namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;

/// <summary>Large files of one call, beside its arguments. A short text takes the place of each file in the arguments,
/// so that arguments can be checked, changed and copied without a copy of the files.</summary>
public sealed class AttachedFiles
{
    // Neither base64 nor a data: URI. Code that does not know the place of a file rejects it.
    private const string Prefix = "attached-file:";

    private static readonly AsyncLocal<AttachedFiles?> Ambient = new();

    private readonly List<AttachedFile> files = [];

    /// <summary>Gets the number of bytes of all files together, decoded.</summary>
    public long Bytes => files.Sum(file => file.Bytes.Length);

    /// <summary>Gets the files of the call that is under way, or <see langword="null"/>.</summary>
    public static AttachedFiles? Current => Ambient.Value;

    /// <summary>Adds a file.</summary>
    /// <param name="text">Base64 (either alphabet, padded or not, with white space or not) or a <c>data:</c> URI with
    /// base64, in UTF-8. The memory belongs to the file from then on, and is changed.</param>
    /// <param name="place">The text that takes its place in the arguments.</param>
    /// <returns>Whether the text is a file. Otherwise it may have lost its white space, and nothing was
    /// added.</returns>
    public bool TryAdd(Memory<byte> text, out string place)
    {
        place = Prefix + files.Count.ToString(CultureInfo.InvariantCulture);
        string? contentType = null;
        if (text.Span.StartsWith("data:"u8))
        {
            var comma = text.Span.IndexOf((byte)',');
            if (
                comma < 0
                || !BinaryText.TryReadHeader(
                    Encoding.UTF8.GetString(text.Span["data:".Length..comma]),
                    out var isBase64,
                    out contentType
                )
                || !isBase64
            )
            {
                return false;
            }

            text = text[(comma + 1)..];
        }

        if (BodyPiece.OfBase64(text[..ToUsualAlphabet(text.Span)]) is not { } bytes)
        {
            return false;
        }

        files.Add(new(bytes, contentType));
        return true;
    }

    /// <summary>Computes a SHA-256 over all files in their order.</summary>
    public byte[] Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in files.SelectMany(file => file.Bytes.Chunks()))
        {
            hash.AppendData(chunk.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Makes the files known to the call that is sent next.</summary>
    /// <returns>Disposing it makes them unknown again.</returns>
    public IDisposable Use()
    {
        Ambient.Value = this;
        return new Usage();
    }

    /// <summary>Gets the first bytes of a file, at most as many as <paramref name="start"/> takes.</summary>
    /// <param name="place">A text of the arguments.</param>
    /// <returns>Their number, or -1 when the text does not stand for a file of the call that is under way.</returns>
    public static int ReadStart(string place, Span<byte> start)
    {
        if (Find(place) is not { } file)
        {
            return -1;
        }

        var first = file.Bytes.Chunks().First().Span;
        first = first[..Math.Min(first.Length, start.Length)];
        first.CopyTo(start);
        return first.Length;
    }

    /// <summary>Finds the file whose place an argument holds.</summary>
    internal static AttachedFile? Find(JsonElement place) =>
        Ambient.Value is not null && place.ValueKind == JsonValueKind.String ? Find(place.GetString()!) : null;

    private static AttachedFile? Find(string place) =>
        Ambient.Value is { } attached
        && place.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(place.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < attached.files.Count
            ? attached.files[number]
            : null;

    // Base64 of RFC 4648 §4 without white space, in place.
    private static int ToUsualAlphabet(Span<byte> text)
    {
        text.Replace((byte)'-', (byte)'+');
        text.Replace((byte)'_', (byte)'/');
        var count = text.IndexOfAny(" \t\r\n"u8);
        if (count < 0)
        {
            return text.Length;
        }

        foreach (var character in text[count..])
        {
            if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                text[count++] = character;
            }
        }

        return count;
    }

    private sealed class Usage : IDisposable
    {
        public void Dispose() => Ambient.Value = null;
    }
}

/// <summary>A large file of a call.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ContentType">The media type that a <c>data:</c> URI names, or <see langword="null"/>.</param>
internal sealed record AttachedFile(BodyPiece Bytes, string? ContentType);
