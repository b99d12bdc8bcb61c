using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The answer to the request of one page. Disposing it returns its bytes.</summary>
internal sealed record WalkedPage(PageRequest Request, UpstreamAnswer Answer, AnswerArrays Arrays) : IDisposable
{
    /// <summary>Gets or sets whether the answer is no JSON.</summary>
    public bool IsNotJson { get; set; }

    public void Dispose() => Arrays.Dispose();
}
