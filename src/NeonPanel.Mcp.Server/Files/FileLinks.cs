using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Replaces links among a tool's file arguments by the files they lead to: a text that is a link, or an object with
/// <c>link</c> or, as ChatGPT fills it, <c>download_url</c>.</summary>
internal sealed class FileLinks(FileDownload download, TimeProvider time)
{
    private const string OtherWays = "Send the file as base64 or as a data: URI instead.";

    /// <returns>The arguments, with files in the place of links; and what was refused.</returns>
    public async Task<(JsonElement Arguments, IReadOnlyList<string> Refused)> FollowAsync(
        ToolDescriptor tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        var linked = arguments.ValueKind == JsonValueKind.Object
            ? tool.FileArguments.Where(name => arguments.TryGetProperty(name, out var value) && HoldsLink(value)).ToList()
            : [];
        if (linked.Count == 0)
        {
            return (arguments, []);
        }

        var copy = JsonObject.Create(arguments.Clone())!;
        var refused = new List<string>();
        // One deadline for all of them, however many (rule A9).
        using var deadline = new CancellationTokenSource(FileDownload.MaxTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        foreach (var name in linked)
        {
            try
            {
                copy[name] = await FollowAsync(arguments.GetProperty(name), both.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                refused.Add($"Argument '{name}': the link could not be fetched within {FileDownload.MaxTime.TotalSeconds} s. {OtherWays}");
            }
            catch (FileLinkException exception)
            {
                refused.Add($"Argument '{name}': the link {exception.Message}. {OtherWays}");
            }
        }

        using var document = JsonDocument.Parse(copy.ToJsonString());
        return (document.RootElement.Clone(), refused);
    }

    private static bool HoldsLink(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Any(HoldsLink) : LinkOf(value) is not null;

    private static string? LinkOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { } text && text.Contains("://", StringComparison.Ordinal)
            && !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => text,
        JsonValueKind.Object when !value.TryGetProperty("content", out _) => Text(value, "link") ?? Text(value, "download_url"),
        _ => null,
    };

    private async Task<JsonNode?> FollowAsync(JsonElement value, CancellationToken cancellationToken)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var files = new JsonArray();
            foreach (var item in value.EnumerateArray())
            {
                files.Add(await FollowAsync(item, cancellationToken));
            }

            return files;
        }

        if (LinkOf(value) is not { } link)
        {
            return JsonNode.Parse(value.GetRawText());
        }

        var (bytes, contentType) = await download.GetAsync(link, cancellationToken);
        var isObject = value.ValueKind == JsonValueKind.Object;
        var type = (isObject ? Text(value, "mime_type") : null) ?? contentType ?? "application/octet-stream";
        var content = $"data:{type};base64,{Convert.ToBase64String(bytes)}";
        // A body of bytes alone has no place for a name.
        return new JsonObject
        {
            ["name"] = (isObject ? Text(value, "name") ?? Text(value, "file_name") : null) ?? NameOf(link),
            ["content"] = content,
        };
    }

    internal static string NameOf(string link) =>
        Uri.UnescapeDataString(new Uri(link).Segments[^1]).Trim('/') is { Length: > 0 } name ? name : "file";

    internal static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;
}
