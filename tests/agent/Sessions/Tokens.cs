using Microsoft.ML.Tokenizers;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>Sizes in tokens of o200k, as the generator counts the list of tools.</summary>
internal static class Tokens
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    public static int Of(string text) => Tokenizer.Value.CountTokens(text);
}
