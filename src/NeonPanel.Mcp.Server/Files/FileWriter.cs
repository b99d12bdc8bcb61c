using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Writes the arguments of a call with files as base64 instead of links. It encodes each file while the file
/// arrives, into the one array from which the arguments are then read, because each copy of a file of 20 MiB costs
/// memory.</summary>
/// <param name="budget">Limits the files of all calls.</param>
/// <param name="subject">The user.</param>
/// <param name="links">The number of links in the call.</param>
/// <param name="maxBytes">Most bytes that the call may fetch for all its files (<c>Files:MaxBytes</c>).</param>
internal sealed class FileWriter(FileBudget budget, string subject, int links, long maxBytes) : IDisposable
{
    /// <summary>Size of a chunk, in bytes. It is a multiple of three, so that only the last chunk of a file has
    /// padding.</summary>
    private const int ChunkBytes = 48 * 1024;
    private const int FirstBytes = 4 * 1024;
    private const int MostAtOnce = 1024 * 1024;

    /// <summary>Space, in bytes, for text around a file: its name, its media type, other arguments.</summary>
    private const int Spare = 4 * 1024;

    // Arguments that contain unpacked JSON text may be nested deeper than the default of 64 levels.
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = 256 };

    private byte[] bytes = new byte[FirstBytes];
    private int count;
    private long fetched;
    private IDisposable? place;
    private JsonDocument? document;

    /// <summary>Gets the number of bytes that were written.</summary>
    public int Count => count;

    /// <summary>Returns the bytes written from a position on.</summary>
    public ReadOnlySpan<byte> From(int start) => bytes.AsSpan(start..count);

    /// <summary>Writes a piece of JSON.</summary>
    public void Write(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(bytes.AsSpan(count));
        count += json.Length;
    }

    /// <summary>Writes a member without changing it.</summary>
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

    /// <summary>Writes text as content of a JSON string, without quotation marks.</summary>
    public void WriteEscaped(string text) =>
        Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    /// <summary>Reserves a part of the budget and space for a file before reading it.</summary>
    /// <param name="length">Length of the file in bytes, or <see langword="null"/> if the host does not announce
    /// it.</param>
    /// <exception cref="FileLinkException">The file is too large, or other files occupy the budget.</exception>
    public async Task BeginAsync(long? length, CancellationToken cancellationToken)
    {
        if (length > maxBytes - fetched)
        {
            throw TooLarge();
        }

        if (place is null)
        {
            // With several files, the first one reserves the budget for all of them. Otherwise two calls could wait for
            // each other's second file forever.
            var wanted = links == 1 ? length ?? maxBytes : maxBytes;
            place = await budget.TakeAsync(subject, wanted, cancellationToken)
                ?? throw new FileLinkException(
                    "was not followed, because the server is busy with other files. Call again in some seconds"
                );
        }

        Grow(Base64.GetMaxEncodedToUtf8Length((int)(length ?? (maxBytes - fetched))) + Spare);
    }

    /// <summary>Writes a file as base64.</summary>
    /// <exception cref="FileLinkException">The file is too large.</exception>
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
                // Counts bytes while reading, because Content-Length and compressed sizes are not trusted.
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

    /// <summary>Parses the written bytes. The result is valid until this writer is disposed.</summary>
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
            // Doubling the array could waste as much memory as a file.
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
