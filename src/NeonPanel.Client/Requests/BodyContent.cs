namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A request body that is sent piece by piece. Its length is known before the first byte is sent.</summary>
internal sealed class BodyContent(IReadOnlyList<BodyPiece> pieces) : HttpContent
{
    /// <summary>Gets the parts of a multipart body, or the one part of a body of bytes.</summary>
    public IReadOnlyList<MultipartPart>? Parts { get; init; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        foreach (var piece in pieces)
        {
            foreach (var chunk in piece.Chunks())
            {
                await stream.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = pieces.Sum(piece => piece.Length);
        return true;
    }
}
