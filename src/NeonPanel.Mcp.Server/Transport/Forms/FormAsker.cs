using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Shows the user forms while a call waits. Only a transport can do this that knows what the client announced
/// in <c>initialize</c>, and where the client's answer belongs.</summary>
/// <returns>The state of the forms with the user's answers; or <see langword="null"/> if no form was shown, because too
/// many calls wait already, or the call is too large to wait.</returns>
internal delegate Task<FormReply?> FormAsker(FormRequest request, CancellationToken cancellationToken);
