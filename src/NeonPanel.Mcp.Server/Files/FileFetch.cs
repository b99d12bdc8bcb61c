using System.Buffers.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Fetches the file of a link that the API could not use, so that it can be sent as bytes (rule C9).</summary>
internal sealed class FileFetch(FileDownload download, FileBudget budget)
{
    /// <summary>Number of base64 characters for the first six bytes, which contain the signature of a PDF.</summary>
    private const int SignatureChars = 8;

    /// <returns>The arguments with the file in them, or the reason for not following the link.</returns>
    public async Task<FilledArguments> GetAsync(
        ToolUpload upload,
        JsonElement arguments,
        FileForm form,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var writer = new FileWriter(budget, subject, links: 1, download.MaxBytes);
        try
        {
            WriteOthers(writer, upload, arguments, form.Name);
            var start = writer.Count;
            await download.FetchAsync(form.Link!, writer, _ => "", cancellationToken);
            if (upload.ContentType == "application/pdf" && !IsPdf(writer.From(start)))
            {
                throw new FileLinkException("leads to a file that is not a PDF");
            }

            writer.Write("\"}"u8);
            return new(writer.ToArguments(), [], writer);
        }
        catch (FileLinkException exception)
        {
            writer.Dispose();
            return new(arguments, [exception.Message], null);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void WriteOthers(FileWriter writer, ToolUpload upload, JsonElement arguments, string name)
    {
        writer.Write("{"u8);
        foreach (var member in arguments.EnumerateObject())
        {
            if (!member.NameEquals(upload.Argument) && !member.NameEquals(upload.NameArgument ?? upload.Argument))
            {
                writer.Write(member);
                writer.Write(","u8);
            }
        }

        if (upload.NameArgument is { } argument)
        {
            WriteText(writer, argument);
            writer.Write(":"u8);
            WriteText(writer, name);
            writer.Write(","u8);
        }

        WriteText(writer, upload.Argument);
        writer.Write(":\""u8);
    }

    private static void WriteText(FileWriter writer, string text)
    {
        writer.Write("\""u8);
        writer.WriteEscaped(text);
        writer.Write("\""u8);
    }

    private static bool IsPdf(ReadOnlySpan<byte> base64)
    {
        Span<byte> first = stackalloc byte[SignatureChars];
        Base64.DecodeFromUtf8(base64[..Math.Min(base64.Length, SignatureChars)], first, out _, out var count);
        return first[..count].StartsWith("%PDF-"u8);
    }
}
