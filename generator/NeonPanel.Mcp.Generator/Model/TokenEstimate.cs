using System.Text;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Size in tokens, estimated as UTF-8 bytes divided by four and rounded up: no tokenizer is shared by all
/// models.</summary>
internal static class TokenEstimate
{
    public const string Name = "UTF-8 bytes / 4";

    public static int Of(params IEnumerable<string> texts) =>
        (texts.Sum(Encoding.UTF8.GetByteCount) + 3) / 4;
}
