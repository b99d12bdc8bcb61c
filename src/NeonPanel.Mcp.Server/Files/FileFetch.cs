using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Fetches the file of a link that the API could not use, so that it can be sent as bytes (rule C9).</summary>
internal sealed class FileFetch(FileDownload download)
{
    /// <returns>The arguments with the file in them; or why the link is not followed.</returns>
    public async Task<(JsonElement? Arguments, string? Refused)> GetAsync(
        ToolUpload upload, JsonElement arguments, FileForm form, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, _) = await download.GetAsync(form.Link!, cancellationToken);
            return upload.ContentType == "application/pdf" && !bytes.AsSpan().StartsWith("%PDF-"u8)
                ? (null, "leads to something that is no PDF")
                : (FileArgument.With(arguments, upload, Convert.ToBase64String(bytes), form.Name), null);
        }
        catch (FileLinkException exception)
        {
            return (null, exception.Message);
        }
    }
}
