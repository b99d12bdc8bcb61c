namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;

/// <summary>One part of a body that is not JSON: a member of a multipart body, or the bytes of a whole body.</summary>
/// <param name="Name">The name of the member; empty for a whole body.</param>
/// <param name="FileName">The name of the file, or <see langword="null"/> if the part is not a file with a
/// name.</param>
/// <param name="ContentType">The media type of the part.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Text">The text of a part that is not a file; otherwise <see langword="null"/>.</param>
public sealed record SentPart(string Name, string? FileName, string ContentType, long Length, string? Text)
{
    /// <summary>Returns the parts of a body that <see cref="RequestBuilder"/> made, in order.</summary>
    /// <returns>No parts if the body is JSON, a form, a text, or missing.</returns>
    public static IReadOnlyList<SentPart> Of(HttpContent? body) =>
        body is BodyContent { Parts: { } parts } ? [.. parts.Select(Read)] : [];

    private static SentPart Read(MultipartPart part) =>
        new(
            part.Name,
            part.FileName,
            part.ContentType,
            part.Content.Length,
            part.IsFile
                ? null
                : string.Concat(part.Content.Chunks().Select(chunk => Encoding.UTF8.GetString(chunk.Span)))
        );
}
