using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Reads the API's own message about a failure, in any format.</summary>
internal static class WordsReader
{
    /// <summary>Largest body to read, in bytes. A larger one is not an error message.</summary>
    private const int MaxBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    public static ApiWords Read(ToolDescriptor tool, SentCall sent, RawResponse response)
    {
        var words = new ApiWords();
        if (response.Body.Length is 0 or > MaxBytes)
        {
            return words;
        }

        var plain = new PlainWords(sent.Secrets);
        try
        {
            using var document = JsonDocument.Parse(AnswerCharset.ReadableJson(response), Options);
            new JsonWords(words, plain, new(plain, new(tool, sent.Template))).Read(document.RootElement);
        }
        catch (JsonException)
        {
            if (response.ContentType is not { } type || MediaType.IsText(type) || MediaType.IsJson(type))
            {
                new TextWords(words, plain).Read(AnswerCharset.Text(response, out _));
            }
        }

        return words;
    }
}
