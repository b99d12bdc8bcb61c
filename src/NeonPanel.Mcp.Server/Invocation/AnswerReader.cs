using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The API's answer to a call that succeeded → what the client gets. JSON passes as the bytes that came.</summary>
internal sealed class AnswerReader(InvocationOptions options, UpstreamFailures failures)
{
    public const string Status = "status";
    public const string RequestId = "request_id";
    public const string RetryAfterSeconds = "retry_after_seconds";

    /// <summary>Up to here the text block repeats the answer when <c>Mcp:ResultText</c> is <c>Auto</c>.</summary>
    private const int FullTextBytes = 16 * 1024;

    /// <summary>Images and other bytes are base64 in the result, and a model pays for all of it.</summary>
    private const int MaxAttachmentBytes = 1024 * 1024;

    /// <summary>Reads an answer of status 2xx.</summary>
    /// <param name="accept">The <c>Accept</c> of the request: the media types that the specification declares.</param>
    /// <param name="fields">What is wanted of the answer, or <see langword="null"/> for all of it.</param>
    public ToolResult Read(ToolDescriptor tool, JsonElement arguments, RawResponse response, string accept, FieldSelection? fields)
    {
        if (response.Body.IsEmpty)
        {
            return Empty(tool, response);
        }

        var type = response.ContentType;
        if (type is null || MediaType.IsJson(type) || (type == "text/plain" && response.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]))
        {
            return ReadJson(tool, arguments, response, fields);
        }

        if (MediaType.IsText(type))
        {
            // A page where data was expected comes from something in between: a sign-in, a gateway.
            return type == "text/html" && !accept.Contains("text/html", StringComparison.Ordinal) ? failures.WebPage(tool) : ReadText(tool, response);
        }

        return response.Body.Length > MaxAttachmentBytes
            ? UpstreamFailures.TooLargeAttachment(tool, type, response.Body.Length)
            : new($"{tool.Title}: {response.Body.Length} bytes of {type}.", Description(type, response.Body.Length), IsError: false)
            {
                Attachment = new(type, response.Body),
            };
    }

    private static ToolResult Empty(ToolDescriptor tool, RawResponse response) => response.StatusCode == HttpStatusCode.Accepted
        ? Constant("Accepted; the work goes on.", Accepted("{}"u8.ToArray(), null, response))
        : tool.Hints.ReadOnly
            ? Constant("The answer is empty: there is nothing that matches.", "{\"status\":\"empty\"}"u8.ToArray())
            : Constant("Done.", "{\"status\":\"done\"}"u8.ToArray());

    private static ToolResult Constant(string text, ReadOnlyMemory<byte> structured) => new(text, structured, IsError: false);

    private ToolResult ReadJson(ToolDescriptor tool, JsonElement arguments, RawResponse response, FieldSelection? fields)
    {
        var body = Unicode(response);
        try
        {
            var outline = AnswerOutline.Read(body);
            var notes = new List<string>();
            body = fields?.Apply(body) ?? body;
            body = outline switch
            {
                { IsObject: true } => response.StatusCode == HttpStatusCode.Accepted ? Accepted(body, outline, response) : body,
                { IsList: true } => AnswerText.Wrap("items", body.Span),
                _ => AnswerText.Wrap("value", body.Span),
            };
            var whole = body;
            body = AnswerShortener.Shorten(tool, arguments, body, outline, options.MaxResultChars, notes);
            var isCut = !body.Equals(whole);
            return new(TextOf(tool, body), body, IsError: false) { Notes = [.. Paging.Note(tool, outline, isCut), .. notes], IsCut = isCut };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return failures.NotJson(tool); // the latter: a name that is half of a surrogate pair
        }
    }

    private ToolResult ReadText(ToolDescriptor tool, RawResponse response)
    {
        var notes = new List<string>();
        var whole = Decode(response);
        var text = AnswerShortener.ShortenLines(whole, options.MaxResultChars, notes);
        var structured = AnswerText.Wrap("value", AnswerText.Quote(text));
        return new(options.ResultText == "Summary" ? TextOf(tool, structured) : text, structured, IsError: false) { Notes = notes, IsCut = text.Length < whole.Length };
    }

    // RFC 8259 §8.1: JSON is UTF-8, and a byte order mark may be ignored. Other bytes would make the whole message unreadable.
    private static ReadOnlyMemory<byte> Unicode(RawResponse response) =>
        !Utf8.IsValid(response.Body.Span) ? Encoding.UTF8.GetBytes(Decode(response))
        : response.Body.Span.StartsWith("\uFEFF"u8) ? response.Body[3..]
        : response.Body;

    private static string Decode(RawResponse response)
    {
        try
        {
            return (response.Charset is { } charset ? Encoding.GetEncoding(charset) : Encoding.UTF8).GetString(response.Body.Span).TrimStart('\uFEFF');
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8.GetString(response.Body.Span); // an unknown charset; the latter for UTF-7, which .NET refuses
        }
    }

    private string? TextOf(ToolDescriptor tool, ReadOnlyMemory<byte> json) =>
        options.ResultText == "Full" || (options.ResultText == "Auto" && json.Length <= FullTextBytes)
            ? null
            : $"{tool.Title}: {json.Length} bytes of JSON in the structured content. If you see this text alone, ask for less" +
                (tool.TakesFields ? $": name the members you need in '{FieldSelection.Argument}'." : ".");

    private static byte[] Description(string type, int length) => Encoding.UTF8.GetBytes(
        $$"""{"content_type":"{{JsonEncodedText.Encode(type)}}","bytes":{{length.ToString(CultureInfo.InvariantCulture)}}}""");

    // 202 and Retry-After become data (rule D8), where the API's own answer does not say it.
    private static ReadOnlyMemory<byte> Accepted(ReadOnlyMemory<byte> json, AnswerOutline? outline, RawResponse response)
    {
        Add(RetryAfterSeconds, response.RetryAfter is { } pause ? Encoding.ASCII.GetBytes(Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)) : null);
        Add(RequestId, response.RequestId is { } id ? AnswerText.Quote(id) : null);
        Add(Status, "\"accepted\""u8.ToArray());
        return json;

        void Add(string name, byte[]? value)
        {
            if (value is not null && outline?.Has(name) != true)
            {
                json = AnswerText.WithMember(json.Span, name, value);
            }
        }
    }
}
