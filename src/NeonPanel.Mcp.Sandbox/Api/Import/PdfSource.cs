using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Import;

/// <summary>The bytes of a PDF that is to be imported: sent as they are, as a form, or as a link.</summary>
internal static class PdfSource
{
    /// <returns>The bytes, or why the import ends as an error.</returns>
    /// <exception cref="ApiRefusal">The body is none that the operation takes (400, 415).</exception>
    public static (byte[] Bytes, string? Fault) Read(ApiCall call)
    {
        switch (call.ContentType?.ToLowerInvariant())
        {
            case "application/pdf":
                return (Checked(call.Body), null);
            case "multipart/form-data":
                return (Checked(Bytes(call.File)), null);
            case "application/json":
                return Linked(call.Object());
            default:
                throw new ApiRefusal(StatusCodes.Status415UnsupportedMediaType, "Send a PDF or a JSON file pointer.");
        }
    }

    // The sandbox fetches nothing: a link means the bundled file with its name.
    private static (byte[] Bytes, string? Fault) Linked(JsonObject body)
    {
        if (
            body["file"] is not JsonObject file
            || file["link"]?.ToString() is not { Length: > 0 } link
            || !Uri.TryCreate(link, UriKind.Absolute, out var address)
        )
        {
            throw ApiRefusal.BadRequest("The file needs a name and a link, an absolute address.");
        }

        var name = Uri.UnescapeDataString(address.Segments[^1]);
        return BundledFiles.Find(name) is { } bytes
            ? (bytes, null)
            : (
                [],
                $"There is no file '{name}'. The sandbox fetches nothing; it has {string.Join(", ", BundledFiles.Names)}."
            );
    }

    private static byte[] Checked(byte[] bytes) =>
        bytes.AsSpan().StartsWith("%PDF-"u8) ? bytes : throw ApiRefusal.BadRequest("The file is not a readable PDF.");

    private static byte[] Bytes(IFormFile? file)
    {
        if (file is null)
        {
            return [];
        }

        using var stream = new MemoryStream();
        file.CopyTo(stream);
        return stream.ToArray();
    }
}
