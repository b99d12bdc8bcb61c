using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Reads a file argument in each form that clients send (rule C9): <c>{download_url, file_id}</c>, which
/// ChatGPT fills in, <c>{name, link}</c>, or <c>{name, content}</c> with base64.</summary>
internal static class FileArgument
{
    private const string Forms =
        "an object: {\"name\", \"link\"} with an https link, or {\"name\", \"content\"} with the file as base64; ChatGPT fills {\"download_url\", \"file_id\"} by itself when a file is attached";

    // Arguments that contain unpacked JSON text may be nested deeper than the default of 64 levels.
    private const int MaxDepth = 256;

    /// <summary>Beginning of a PDF in base64: the first characters that encode <c>%PDF-</c>.</summary>
    private const string PdfSignature = "JVBERi";

    /// <summary>Reads the file argument of a tool that accepts a link or bytes, and selects the call that sends
    /// it.</summary>
    /// <param name="violations">Receives one sentence for each fault.</param>
    /// <returns><see langword="null"/> if the argument is missing or wrong.</returns>
    public static FileForm? Read(ToolUpload upload, JsonElement arguments, List<string> violations)
    {
        var isGiven = arguments.TryGetProperty(upload.Argument, out var file);
        if (upload.LinkArgument is { } link && (!isGiven || arguments.TryGetProperty(link, out _)))
        {
            return ReadLink(upload, link, isGiven, arguments, violations);
        }

        if (!isGiven)
        {
            return null;
        }

        if (file.ValueKind != JsonValueKind.Object)
        {
            violations.Add($"Argument '{upload.Argument}' must be {Forms}; but is {Kind(file)}.");
            return null;
        }

        var address = Text(file, "link") ?? Text(file, "download_url");
        var name = Text(file, "name") ?? Text(file, "file_name");
        if (Text(file, "content") is { } content)
        {
            if (upload.ContentType == "application/pdf" && !IsPdf(content))
            {
                violations.Add(
                    $"Argument '{upload.Argument}.content' must be a PDF as base64, but does not begin as one."
                );
                return null;
            }

            return new(
                WithContent(arguments, upload, name ?? "document.pdf"),
                upload.Call,
                null,
                name ?? "document.pdf"
            );
        }

        if (address is null)
        {
            violations.Add($"Argument '{upload.Argument}' must be {Forms}; but it has neither 'link' nor 'content'.");
            return null;
        }

        return OfLink(upload, arguments, upload.Argument, address, name, violations);
    }

    // The link is an argument of its own, so that one of two arguments must be given.
    private static FileForm? ReadLink(
        ToolUpload upload,
        string link,
        bool isFileGiven,
        JsonElement arguments,
        List<string> violations
    )
    {
        if (!arguments.TryGetProperty(link, out var address))
        {
            violations.Add(
                $"Argument '{upload.Argument}' is missing. Send '{link}' with the https address of the file, or '{upload.Argument}' as {Forms}."
            );
            return null;
        }

        if (isFileGiven)
        {
            violations.Add(
                $"Arguments '{upload.Argument}' and '{link}' are two ways to give one file. Send one of them."
            );
            return null;
        }

        return OfLink(upload, arguments, link, address.ToString(), null, violations);
    }

    // The argument is the one that contains the link. The name comes from the link if it is not given.
    private static FileForm? OfLink(
        ToolUpload upload,
        JsonElement arguments,
        string argument,
        string link,
        string? name,
        List<string> violations
    )
    {
        if (
            !Uri.TryCreate(link, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps
            || address.UserInfo.Length > 0
        )
        {
            violations.Add(
                $"Argument '{argument}': the link must be an absolute https URL without a user. Send the file as base64 in 'content' of '{upload.Argument}' instead."
            );
            return null;
        }

        name ??= FileLinks.NameOf(link);
        var pointer = Replaced(arguments, upload.Argument, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("link", link);
            writer.WriteEndObject();
        });
        return new(pointer, null, link, name);
    }

    private static bool IsPdf(string content)
    {
        Span<byte> start = stackalloc byte["%PDF-"u8.Length];
        if (AttachedFiles.ReadStart(content, start) is var count and >= 0)
        {
            return start[..count].SequenceEqual("%PDF-"u8);
        }

        var isUri = content.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        var digits = content.AsSpan(isUri ? content.IndexOf(',', StringComparison.Ordinal) + 1 : 0);
        return digits.TrimStart().StartsWith(PdfSignature, StringComparison.Ordinal);
    }

    // The content stays base64 text here. It is decoded while the request is sent.
    private static JsonElement WithContent(JsonElement arguments, ToolUpload upload, string name)
    {
        var content = arguments.GetProperty(upload.Argument).GetProperty("content");
        var withFile = Replaced(arguments, upload.Argument, writer =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(content), skipInputValidation: true)
        );
        return upload.NameArgument is not { } argument
            ? withFile
            : Replaced(withFile, argument, writer => writer.WriteStringValue(name));
    }

    // Writes the argument after all others.
    private static JsonElement Replaced(JsonElement arguments, string argument, Action<Utf8JsonWriter> value)
    {
        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(arguments).Length);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var member in arguments.EnumerateObject().Where(member => !member.NameEquals(argument)))
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
            }

            writer.WritePropertyName(argument);
            value(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new() { MaxDepth = MaxDepth });
    }

    private static string? Text(JsonElement file, string name) => FileLinks.Text(file, name);

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "a text alone",
            JsonValueKind.Array => "an array",
            JsonValueKind.Null => "null",
            _ => "no object",
        };
}

/// <summary>A file and the call that sends it.</summary>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="Call">The call that sends the bytes; <see langword="null"/> for the tool's own call, which sends a link
/// to the file.</param>
/// <param name="Link">The link to send, or <see langword="null"/>.</param>
internal sealed record FileForm(JsonElement Arguments, ToolCall? Call, string? Link, string Name);
