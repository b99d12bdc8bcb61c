using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Converts the API's response to a successful call into a tool result. JSON keeps its bytes.</summary>
internal sealed class AnswerReader(AnswerOptions options, UpstreamFailures failures, AnswerHeaders headers)
{
    public const string Items = "items";
    public const string Status = "status";
    public const string RequestId = "request_id";
    public const string RetryAfterSeconds = "retry_after_seconds";

    /// <summary>Largest image or other binary body, in bytes. It becomes base64 in the result, and every character
    /// costs the model tokens.</summary>
    private const int MaxAttachmentBytes = 1024 * 1024;

    /// <summary>Reads a response with status 2xx or 304.</summary>
    /// <param name="fields">The members to keep, or <see langword="null"/> for all of them.</param>
    /// <param name="reserved">Characters of JSON text that notes about the arguments take.</param>
    public ToolResult Read(
        ToolDescriptor tool,
        JsonElement arguments,
        UpstreamAnswer answer,
        FieldSelection? fields,
        int reserved = 0
    )
    {
        var response = answer.Response!;
        var facts = headers.Read(tool, response);
        var type = response.ContentType;
        ToolResult result;
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            // RFC 9110 §15.4.5: the caller has sent the version that it already has.
            result = Constant(
                "Not changed: the version that the call names is the current one.",
                "{\"status\":\"not_changed\"}"u8.ToArray()
            );
        }
        else if (response.Body.IsEmpty || (IsTextual(type) && IsBlank(response.Body.Span)))
        {
            result = Empty(tool, response, facts?.Location);
        }
        else if (IsJson(type, response.Body.Span))
        {
            var ofHeaders = facts?.Notes(answer.Template, arguments, response.Body, isPaged: false, isCut: false) ?? [];
            result = ReadJson(tool, arguments, response, fields, reserved + AnswerShortener.Reserve(ofHeaders));
        }
        else if (MediaType.IsText(type!))
        {
            // An HTML page instead of data comes from a server before the API, such as a sign-in page or a gateway.
            result =
                type == "text/html" && !answer.Accept.Contains("text/html", StringComparison.Ordinal)
                    ? failures.WebPage(tool)
                    : ReadText(tool, response, note: null);
        }
        else
        {
            result = ReadBytes(tool, type!, response.Body);
        }

        return WithNotes(result, answer, arguments, facts);
    }

    private static bool IsTextual(string? type) => type is null || MediaType.IsJson(type) || MediaType.IsText(type);

    private static bool IsBlank(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8).IsEmpty;

    private static bool IsJson(string? type, ReadOnlySpan<byte> body) =>
        type is null
        || MediaType.IsJson(type)
        || (type == "text/plain" && body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]);

    private static ToolResult WithNotes(
        ToolResult result,
        UpstreamAnswer answer,
        JsonElement arguments,
        HeaderFacts? facts
    )
    {
        var response = answer.Response!;
        var isPart = response.StatusCode == HttpStatusCode.PartialContent && !answer.IsPartAsked;
        if (result.NextLink is { } link)
        {
            facts ??= new();
            facts.NextLink ??= link;
        }

        if (facts is null && !isPart)
        {
            return result;
        }

        var notes = new List<string>(result.Notes);
        if (isPart)
        {
            // RFC 9110 §15.3.7: 206 is only allowed as a response to a Range request.
            var range = response.ContentRange is { } bytes ? $" ({TextCut.First(bytes, 100)})" : "";
            notes.Add($"The API answered 206, though the whole was asked for: only a part is here{range}.");
        }

        if (!result.IsError && facts is not null)
        {
            notes.AddRange(facts.Notes(answer.Template, arguments, result.Structured, result.IsPaged, result.IsCut));
        }

        return result with
        {
            Notes = notes,
        };
    }

    private static ToolResult Empty(ToolDescriptor tool, RawResponse response, CreatedAt? created)
    {
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            return Constant(
                "Accepted; the work goes on.",
                Accepted(WithLocation("{}"u8.ToArray(), created, withId: false), null, response)
            );
        }

        if (tool.Hints.ReadOnly)
        {
            return Constant(
                "The answer is empty: there is nothing that matches.",
                "{\"status\":\"empty\"}"u8.ToArray()
            );
        }

        return Constant(
            created is null ? "Done." : "Done. " + HeaderFacts.Sentence(created),
            WithLocation("{\"status\":\"done\"}"u8.ToArray(), created, withId: true)
        );
    }

    private static byte[] WithLocation(byte[] json, CreatedAt? created, bool withId)
    {
        if (created is null)
        {
            return json;
        }

        json = AnswerText.WithMember(json, "location", AnswerText.Quote(created.Address));
        return withId && created.Id is { } id ? AnswerText.WithMember(json, "id", AnswerText.Quote(id)) : json;
    }

    private static ToolResult Constant(string text, ReadOnlyMemory<byte> structured) =>
        new(text, structured, IsError: false);

    private static ToolResult ReadBytes(ToolDescriptor tool, string type, ReadOnlyMemory<byte> body) =>
        body.Length > MaxAttachmentBytes
            ? UpstreamFailures.TooLargeAttachment(tool, type, body.Length)
            : Attached(tool, new(type, body));

    // Hosts that read structured content ignore all blocks beside it. A picture or a sound explains itself; other bytes
    // need a sentence, for hosts that show no embedded resource.
    private static ToolResult Attached(ToolDescriptor tool, Attachment attachment) =>
        new(
            attachment.BlockType == "resource"
                ? $"{tool.Title}: {attachment.Bytes.Length} bytes of {attachment.MediaType}."
                : null,
            default,
            IsError: false
        )
        {
            Attachment = attachment,
        };

    private ToolResult ReadJson(
        ToolDescriptor tool,
        JsonElement arguments,
        RawResponse response,
        FieldSelection? fields,
        int reserved
    )
    {
        var body = AnswerCharset.Json(response, out var isKnownCharset);
        try
        {
            var outline = AnswerOutline.Read(body);
            var notes = isKnownCharset ? new List<string>() : [UnknownCharset(response)];
            body = (outline.Traits & TextTraits.Surrogates) != 0 ? LoneSurrogates.Replace(body) : body;
            var sent = body;
            body = StrangersText.Rewrite(body, outline.Traits, out var hasHidden);
            var difference = EchoedArguments.Difference(tool, arguments, sent.Span);
            var isReduced = false;
            body = fields?.Apply(body, out isReduced) ?? body;
            body = outline switch
            {
                { IsObject: true } => response.StatusCode == HttpStatusCode.Accepted
                    ? Accepted(body, outline, response)
                    : body,
                { IsList: true } => AnswerText.Wrap(Items, body.Span),
                _ => AnswerText.Wrap("value", body.Span),
            };
            var isPaged = outline.Number(Paging.CurrentPage) is not null && outline.Number(Paging.LastPage) is not null;
            // Another pass, for answers of other forms to tools that take a page.
            var pages =
                !isPaged && outline.IsObject && tool.Hints.ReadOnly && tool.Paging != ToolPaging.None
                    ? AnswerPages.Read(sent.Span)
                    : null;
            var next = pages?.Next(tool, arguments);
            var left = isReduced ? fields!.Note : null;
            reserved += AnswerShortener.Reserve([
                difference,
                left,
                next?.Sentence(isCut: true),
                .. notes,
                .. Paging.Note(tool, outline, isCut: false),
            ]);
            reserved += hasHidden || (outline.Traits & TextTraits.Instructions) != 0 ? StrangersNotes.MaxChars : 0;
            var others = notes.Count;
            body = AnswerShortener.Shorten(tool, arguments, body, outline, options.MaxResultChars, notes, reserved);
            var isCut = notes.Count > others;
            return new(null, body, IsError: false)
            {
                Notes =
                [
                    .. difference is null ? Array.Empty<string>() : [difference],
                    .. Paging.Note(tool, outline, isCut),
                    .. next is null ? Array.Empty<string>() : [next.Sentence(isCut)],
                    .. notes,
                    .. left is null ? Array.Empty<string>() : [left],
                    .. StrangersNotes.Of(body, outline.Traits, hasHidden),
                ],
                HasOwnNotice = outline.IsObject && outline.Has(Notice.Name),
                IsCut = isCut,
                IsPaged = isPaged || next is not null,
                NextLink = pages?.NextLink,
            };
        }
        catch (NestingException)
        {
            // Parsers of clients stop at some depth; 64 levels is the most common limit.
            return response.Body.Length > options.MaxResultChars
                ? failures.TooDeep(tool, JsonText.MaxDepth)
                : ReadText(
                    tool,
                    response,
                    $"The answer is JSON nested deeper than {JsonText.MaxDepth} levels, so it is here as a text."
                );
        }
        catch (JsonException)
        {
            return failures.NotJson(tool);
        }
    }

    private ToolResult ReadText(ToolDescriptor tool, RawResponse response, string? note)
    {
        var whole = AnswerCharset.Text(response, out var isKnownCharset);
        var notes = isKnownCharset ? new List<string>() : [UnknownCharset(response)];
        notes.AddRange(note is null ? [] : [note]);
        var start = AnswerShortener.ShortenLines(whole, options.MaxResultChars, notes);
        var shown = HiddenText.Of(start);
        var text = AnswerShortener.ShortenLines(shown, options.MaxResultChars, notes);
        notes.AddRange(StrangersNotes.OfText(text, hasHidden: !ReferenceEquals(shown, start)));
        var structured = AnswerText.Wrap("value", AnswerText.Quote(text));
        return new(text, structured, IsError: false)
        {
            IsTextData = true,
            Notes = notes,
            IsCut = start.Length < whole.Length || text.Length < shown.Length,
        };
    }

    private static string UnknownCharset(RawResponse response) =>
        $"The API names the charset '{ArgumentPath.Shown(response.Charset!)}', which this server does not know: bytes that are not UTF-8 are shown as U+FFFD.";

    // 202 and Retry-After become members of the result (rule D8), unless the API's answer already has them.
    private static ReadOnlyMemory<byte> Accepted(
        ReadOnlyMemory<byte> json,
        AnswerOutline? outline,
        RawResponse response
    )
    {
        Add(
            RetryAfterSeconds,
            response.RetryAfter is { } pause
                ? Encoding.ASCII.GetBytes(Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture))
                : null
        );
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
