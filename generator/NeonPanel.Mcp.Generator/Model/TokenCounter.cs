using Microsoft.ML.Tokenizers;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Size in tokens of o200k, the vocabulary of OpenAI's models. Other models cut texts in a similar
/// way.</summary>
internal static class TokenCounter
{
    public const string Name = "o200k";

    // Takes half a second to load, so a run whose counts are known does without it.
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    /// <summary>Loads the vocabulary on another thread, for a run that will count.</summary>
    public static void Prepare() => _ = Task.Run(() => Tokenizer.Value);

    /// <summary>Counts each text apart.</summary>
    public static int Of(params IEnumerable<string> texts) =>
        // The texts are data: what looks like a control token of a model is text as well.
        texts.Sum(text => Tokenizer.Value.CountTokens(text));

    /// <summary>Counts what a tool costs in the list of tools, part by part.</summary>
    public static ToolTokens Of(OperationModel tool) =>
        new(
            Of(tool.ToolName, tool.Description),
            Of(JsonText.Compact(tool.InputSchema)),
            Of(JsonText.Compact(tool.OutputSchema)),
            Of(JsonText.Compact(tool.Meta))
        );
}

/// <summary>Tokens of the parts of one tool.</summary>
/// <param name="Description">Name and description.</param>
internal readonly record struct ToolTokens(int Description, int Input, int Output, int Meta)
{
    /// <summary>Gets the tokens that a model reads of a tool: output schemas and <c>_meta</c> are for hosts.</summary>
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
