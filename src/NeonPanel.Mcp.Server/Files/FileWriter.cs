using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Writes the arguments of a call anew, with files as base64 in the place of their links. A file is encoded
/// while it arrives, into the one array that the arguments are then read from, since each copy of a file of 20 MiB
/// counts.</summary>
/// <param name="budget">Bounds the files of all calls.</param>
/// <param name="subject">The user.</param>
/// <param name="links">The number of links in the call.</param>
/// <param name="maxBytes">The most that the call may fetch, all files together (<c>Files:MaxBytes</c>).</param>
internal sealed class FileWriter(FileBudget budget, string subject, int links, long maxBytes) : IDisposable
{
    /// <summary>A multiple of three, so that only the last chunk of a file is padded.</summary>
    private const int ChunkBytes = 48 * 1024;
    private const int FirstBytes = 4 * 1024;
    private const int MostAtOnce = 1024 * 1024;

    /// <summary>Room for what stands around a file: its name, its media type, other arguments.</summary>
    private const int Spare = 4 * 1024;

    // Arguments with unpacked JSON text are deeper than usual.
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = 256 };

    private byte[] bytes = new byte[FirstBytes];
    private int count;
    private long fetched;
    private IDisposable? place;
    private JsonDocument? document;

    /// <summary>Gets the number of bytes that were written.</summary>
    public int Count => count;

    /// <summary>Gets what was written from some place on.</summary>
    public ReadOnlySpan<byte> From(int start) => bytes.AsSpan(start..count);

    /// <summary>Writes a piece of JSON.</summary>
    public void Write(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(bytes.AsSpan(count));
        count += json.Length;
    }

    /// <summary>Writes a member as it was sent.</summary>
    public void Write(JsonProperty member)
    {
        WriteName(member);
        Write(JsonMarshal.GetRawUtf8Value(member.Value));
    }

    /// <summary>Writes the name of a member and the colon.</summary>
    public void WriteName(JsonProperty member)
    {
        Write("\""u8);
        Write(JsonMarshal.GetRawUtf8PropertyName(member));
        Write("\":"u8);
    }

    /// <summary>Writes text as the inside of a JSON string.</summary>
    public void WriteEscaped(string text) =>
        Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    /// <summary>Takes a place in the budget and makes room for a file, before any byte of it is read.</summary>
    /// <param name="length">Its length, where the host says it.</param>
    /// <exception cref="FileLinkException">The file is too large, or other files are in the way.</exception>
    public async Task BeginAsync(long? length, CancellationToken cancellationToken)
    {
        if (length > maxBytes - fetched)
        {
            throw TooLarge();
        }

        if (place is null)
        {
            // Of several files the first takes all at once: two calls that wait for each other's second file would wait
            // in vain.
            var wanted = links == 1 ? length ?? maxBytes : maxBytes;
            place = await budget.TakeAsync(subject, wanted, cancellationToken)
                ?? throw new FileLinkException(
                    "was not followed, because the server is busy with other files. Call again in some seconds"
                );
        }

        Grow(Base64.GetMaxEncodedToUtf8Length((int)(length ?? (maxBytes - fetched))) + Spare);
    }

    /// <summary>Writes a file as base64.</summary>
    /// <exception cref="FileLinkException">It is too large.</exception>
    public async Task WriteBase64Async(Stream file, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            do
            {
                read = await file.ReadAtLeastAsync(
                    chunk.AsMemory(0, ChunkBytes),
                    ChunkBytes,
                    throwOnEndOfStream: false,
                    cancellationToken
                );
                // Counted while reading, because a length that is announced or packed is not trusted.
                fetched += read;
                if (fetched > maxBytes)
                {
                    throw TooLarge();
                }

                Reserve(Base64.GetMaxEncodedToUtf8Length(read));
                Base64.EncodeToUtf8(chunk.AsSpan(0, read), bytes.AsSpan(count), out _, out var written);
                count += written;
            } while (read == ChunkBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Reads what was written. It is valid until this is disposed of.</summary>
    public JsonElement ToArguments()
    {
        document = JsonDocument.Parse(bytes.AsMemory(0, count), Nested);
        return document.RootElement;
    }

    public void Dispose()
    {
        document?.Dispose();
        place?.Dispose();
    }

    private FileLinkException TooLarge() =>
        new($"leads to more than {maxBytes} bytes (Files:MaxBytes, all files of a call together)");

    private void Reserve(int more)
    {
        if (bytes.Length - count < more)
        {
            // Doubling would waste as much as a file.
            Grow(Math.Max(more, Math.Min(bytes.Length, MostAtOnce)));
        }
    }

    private void Grow(int more)
    {
        var larger = GC.AllocateUninitializedArray<byte>(bytes.Length + more);
        bytes.AsSpan(0, count).CopyTo(larger);
        bytes = larger;
    }
}
