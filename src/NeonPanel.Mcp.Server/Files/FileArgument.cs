using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Reads a file argument in the forms in which clients send it (rule C9): <c>{download_url, file_id}</c> as ChatGPT
/// fills it, <c>{name, link}</c>, or <c>{name, content}</c> with base64.</summary>
internal static class FileArgument
{
    private const string Forms = "an object: {\"name\", \"link\"} with an https link, or {\"name\", \"content\"} with the file as base64; ChatGPT fills {\"download_url\", \"file_id\"} by itself when a file is attached";

    /// <summary>Base64 of <c>%PDF-</c>: the three bytes and a half that it can be told by.</summary>
    private const string PdfSignature = "JVBERi";

    /// <summary>Says how to send the file of a tool that takes one by pointer or as bytes.</summary>
    /// <param name="violations">Takes what is wrong with it.</param>
    /// <returns><see langword="null"/> where it is left out or wrong.</returns>
    public static FileForm? Read(ToolUpload upload, JsonElement arguments, List<string> violations)
    {
        if (!arguments.TryGetProperty(upload.Argument, out var file))
        {
            return null;
        }

        if (file.ValueKind != JsonValueKind.Object)
        {
            violations.Add($"Argument '{upload.Argument}' must be {Forms}; but is {Kind(file)}.");
            return null;
        }

        var link = Text(file, "link") ?? Text(file, "download_url");
        var name = Text(file, "name") ?? Text(file, "file_name");
        if (Text(file, "content") is { } content)
        {
            var data = content[(content.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? content.IndexOf(',', StringComparison.Ordinal) + 1 : 0)..];
            if (upload.ContentType == "application/pdf" && !data.TrimStart().StartsWith(PdfSignature, StringComparison.Ordinal))
            {
                violations.Add($"Argument '{upload.Argument}.content' must be a PDF as base64, but does not begin as one.");
                return null;
            }

            return new(With(arguments, upload, content, name ?? "document.pdf"), upload.Call, null, name ?? "document.pdf");
        }

        if (link is null)
        {
            violations.Add($"Argument '{upload.Argument}' must be {Forms}; but it has neither 'link' nor 'content'.");
            return null;
        }

        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            violations.Add($"Argument '{upload.Argument}': the link must be an absolute https URL without a user. Send the file as base64 in 'content' instead.");
            return null;
        }

        name ??= FileLinks.NameOf(link);
        var pointer = Copy(arguments);
        pointer[upload.Argument] = new JsonObject { ["name"] = name, ["link"] = link };
        return new(Element(pointer), null, link, name);
    }

    /// <summary>The arguments with the file as bytes.</summary>
    public static JsonElement With(JsonElement arguments, ToolUpload upload, string content, string name)
    {
        var copy = Copy(arguments);
        copy[upload.Argument] = content;
        if (upload.NameArgument is { } argument)
        {
            copy[argument] = name;
        }

        return Element(copy);
    }

    private static JsonObject Copy(JsonElement arguments) => JsonObject.Create(arguments.Clone())!;

    private static JsonElement Element(JsonObject arguments)
    {
        using var document = JsonDocument.Parse(arguments.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement file, string name) => FileLinks.Text(file, name);

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a text alone",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => "no object",
    };
}

/// <summary>A file and how it goes out.</summary>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="Call">The call that carries the bytes; <see langword="null"/> for the tool's own, which points to the file.</param>
/// <param name="Link">The link that is passed on, or <see langword="null"/>.</param>
internal sealed record FileForm(JsonElement Arguments, ToolCall? Call, string? Link, string Name);
