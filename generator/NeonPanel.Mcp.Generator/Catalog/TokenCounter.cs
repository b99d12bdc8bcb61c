using Microsoft.ML.Tokenizers;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>Counts tokens of o200k, the vocabulary of OpenAI's models. Other models split texts in a similar
/// way.</summary>
internal static class TokenCounter
{
    public const string Name = "o200k";

    // Loading takes half a second, so it happens on first use only.
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    /// <summary>Loads the vocabulary on another thread, for a run that will need it.</summary>
    public static void Prepare() => _ = Task.Run(() => Tokenizer.Value);

    /// <summary>Returns the sum of the tokens of all texts.</summary>
    public static int Of(params IEnumerable<string> texts) =>
        // The texts are data, so a text that looks like a control token is counted as ordinary text.
        texts.Sum(text => Tokenizer.Value.CountTokens(text));

    /// <summary>Counts the tokens of a tool in the list of tools, by part.</summary>
    public static ToolTokens Of(OperationModel tool) =>
        new(
            Of(tool.ToolName, tool.Description),
            Of(JsonText.Compact(tool.InputSchema)),
            Of(JsonText.Compact(tool.OutputSchema)),
            Of(JsonText.Compact(tool.Meta))
        );
}

/// <summary>Numbers of tokens of the parts of one tool.</summary>
/// <param name="Description">Name and description.</param>
internal readonly record struct ToolTokens(int Description, int Input, int Output, int Meta)
{
    /// <summary>Gets the number of tokens that a model reads. Output schemas and <c>_meta</c> are for hosts.</summary>
    public int Read => Description + Input;

    public int Total => Description + Input + Output + Meta;

    public static ToolTokens operator +(ToolTokens first, ToolTokens second) =>
        new(
            first.Description + second.Description,
            first.Input + second.Input,
            first.Output + second.Output,
            first.Meta + second.Meta
        );
}
