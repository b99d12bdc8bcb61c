namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

/// <summary>Chooses the media type of a file in a multipart body.</summary>
internal static class FileType
{
    private const string Unknown = "application/octet-stream";

    // Signatures (first bytes) of common file types, from the specification of each type.
    private static readonly (byte[] Start, string Type)[] Starts =
    [
        ([0x89, 0x50, 0x4E, 0x47], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x47, 0x49, 0x46, 0x38], "image/gif"),
        ([0x42, 0x4D], "image/bmp"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ([0x25, 0x50, 0x44, 0x46, 0x2D], "application/pdf"),
        ([0x50, 0x4B, 0x03, 0x04], "application/zip"),
        ([0x1F, 0x8B], "application/gzip"),
        ([0x4F, 0x67, 0x67, 0x53], "audio/ogg"),
        ([0x49, 0x44, 0x33], "audio/mpeg"),
    ];

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".bmp"] = "image/bmp",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".heic"] = "image/heic",
        [".pdf"] = "application/pdf",
        [".csv"] = "text/csv",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".md"] = "text/markdown",
        [".html"] = "text/html",
        [".xml"] = "application/xml",
        [".json"] = "application/json",
        [".yaml"] = "application/yaml",
        [".zip"] = "application/zip",
        [".gz"] = "application/gzip",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
        [".ogg"] = "audio/ogg",
        [".m4a"] = "audio/mp4",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
    };

    /// <param name="declared">The declared media type, a list of types, or <see langword="null"/>
    /// (OpenAPI 3.1, "Encoding Object").</param>
    /// <param name="given">The media type that the caller gave, or <see langword="null"/>.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="bytes">The file.</param>
    public static string Choose(string? declared, string? given, string name, BodyPiece bytes)
    {
        const StringSplitOptions nonEmpty = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        string[] listed = [.. (declared ?? "").Split(',', nonEmpty)];
        if (listed is [var only] && !IsRange(only))
        {
            return only;
        }

        if (listed.Length == 0)
        {
            return given ?? Unknown;
        }

        // The signature comes before the name, because a name may be wrong. Office documents have the signature of an
        // archive, so the name still serves as the last candidate.
        var bySignature = OfBytes(bytes.Chunks().FirstOrDefault().Span);
        string?[] found = [given, bySignature, Extensions.GetValueOrDefault(Path.GetExtension(name))];
        foreach (var type in found.OfType<string>())
        {
            // A listed type is sent in the spelling of the list. For a range, the candidate itself is sent.
            var plain = Plain(type);
            if (
                listed.FirstOrDefault(item =>
                    !IsRange(item) && Plain(item).Equals(plain, StringComparison.OrdinalIgnoreCase)
                ) is
                { } exact
            )
            {
                return exact;
            }

            if (Plain(type) != Unknown && listed.Any(item => IsRange(item) && IsWithin(type, item)))
            {
                return type;
            }
        }

        return listed.FirstOrDefault(item => !IsRange(item)) ?? found.OfType<string>().FirstOrDefault() ?? Unknown;
    }

    private static string? OfBytes(ReadOnlySpan<byte> bytes)
    {
        // In a RIFF file the kind follows the length.
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8))
        {
            return bytes[8..12] switch
            {
                [(byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
                [(byte)'W', (byte)'A', (byte)'V', (byte)'E'] => "audio/wav",
                _ => null,
            };
        }

        foreach (var (start, type) in Starts)
        {
            if (bytes.StartsWith(start))
            {
                return type;
            }
        }

        return null;
    }

    private static string Plain(string type) => type.Split(';')[0].Trim();

    private static bool IsRange(string type) => type.Contains('*', StringComparison.Ordinal);

    private static bool IsWithin(string type, string range) =>
        Plain(range) == "*/*" || type.StartsWith(Plain(range).Split('*')[0], StringComparison.OrdinalIgnoreCase);
}
