using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Replaces links in a tool's file arguments by the linked files. A link is a string, or an object with
/// <c>link</c> or, from ChatGPT, <c>download_url</c>.</summary>
internal sealed class FileLinks(FileDownload download, FileBudget budget, TimeProvider time)
{
    /// <summary>Most links of one call. Each link may take up to 20 s.</summary>
    private const int MaxLinks = 10;

    private const string OtherWays = "Send the file as base64 or as a data: URI instead.";

    /// <param name="subject">The user, who has a share of the <see cref="FileBudget"/>.</param>
    /// <returns>The arguments with files instead of links, or the reasons for not following links.</returns>
    public async Task<FilledArguments> FollowAsync(
        ToolDescriptor tool,
        JsonElement arguments,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var links =
            arguments.ValueKind != JsonValueKind.Object
                ? 0
                : tool.FileArguments.Sum(name => arguments.TryGetProperty(name, out var value) ? LinksIn(value) : 0);
        if (links == 0)
        {
            return new(arguments, [], null);
        }

        if (links > MaxLinks)
        {
            return new(
                arguments,
                [
                    $"The arguments {string.Join(", ", tool.FileArguments.Select(name => $"'{name}'"))} may hold {MaxLinks} links together, but hold more. Send fewer files at a time.",
                ],
                null
            );
        }

        var writer = new FileWriter(budget, subject, links, MaxBytesOfLinks());
        try
        {
            var refused = await WriteAsync(writer, tool, arguments, cancellationToken);
            if (refused.Count == 0)
            {
                return new(writer.ToArguments(), [], writer);
            }

            writer.Dispose();
            return new(arguments, refused, null);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private async Task<IReadOnlyList<string>> WriteAsync(
        FileWriter writer,
        ToolDescriptor tool,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<string>();
        // One deadline for all files of a call (rule A9).
        using var deadline = new CancellationTokenSource(FileDownload.MaxTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var separator = "{";
        foreach (var member in arguments.EnumerateObject())
        {
            writer.WriteEscaped(separator);
            separator = ",";
            if (!tool.FileArguments.Contains(member.Name) || LinksIn(member.Value) == 0)
            {
                writer.Write(member);
                continue;
            }

            writer.WriteName(member);
            try
            {
                await WriteAsync(writer, member.Value, both.Token);
            }
            catch (OperationCanceledException)
                when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                refused.Add(
                    $"Argument '{member.Name}': the link could not be fetched within {FileDownload.MaxTime.TotalSeconds} s. {OtherWays}"
                );
            }
            catch (FileLinkException exception)
            {
                refused.Add($"Argument '{member.Name}': the link {exception.Message}. {OtherWays}");
            }
        }

        writer.Write("}"u8);
        return refused;
    }

    // Files that came with the message count too.
    private long MaxBytesOfLinks() => Math.Max(0, download.MaxBytes - (AttachedFiles.Current?.Bytes ?? 0));

    // Stops counting as soon as the number exceeds the limit.
    private static int LinksIn(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return LinkOf(value) is null ? 0 : 1;
        }

        var count = 0;
        foreach (var item in value.EnumerateArray())
        {
            count += LinksIn(item);
            if (count > MaxLinks)
            {
                break;
            }
        }

        return count;
    }

    private static string? LinkOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String
                when JsonMarshal.GetRawUtf8Value(value).IndexOf("://"u8) >= 0
                    || JsonMarshal.GetRawUtf8Value(value).Contains((byte)'\\') => value.GetString() is { } text
            && text.Contains("://", StringComparison.Ordinal)
            && !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                ? text
                : null,
            JsonValueKind.Object when !value.TryGetProperty("content", out _) => Text(value, "link")
                ?? Text(value, "download_url"),
            _ => null,
        };

    private async Task WriteAsync(FileWriter writer, JsonElement value, CancellationToken cancellationToken)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var separator = "[";
            foreach (var item in value.EnumerateArray())
            {
                writer.WriteEscaped(separator);
                separator = ",";
                await WriteAsync(writer, item, cancellationToken);
            }

            writer.Write("]"u8);
        }
        else if (LinkOf(value) is { } link)
        {
            await WriteFileAsync(writer, value, link, cancellationToken);
        }
        else
        {
            writer.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    private async Task WriteFileAsync(
        FileWriter writer,
        JsonElement value,
        string link,
        CancellationToken cancellationToken
    )
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        var type = isObject ? Text(value, "mime_type") : null;
        // If the body of the request is only bytes, it has no place for the name.
        writer.Write("{\"name\":\""u8);
        writer.WriteEscaped((isObject ? Text(value, "name") ?? Text(value, "file_name") : null) ?? NameOf(link));
        writer.Write("\",\"content\":\""u8);
        await download.FetchAsync(
            link,
            writer,
            contentType => $"data:{type ?? contentType ?? "application/octet-stream"};base64,",
            cancellationToken
        );
        writer.Write("\"}"u8);
    }

    // An address without a path, such as urn:?a, has no segments.
    internal static string NameOf(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && address.Segments is [.., var last]
        && Uri.UnescapeDataString(last).Trim('/') is { Length: > 0 } name
            ? name
            : "file";

    internal static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? text
            : null;
}
