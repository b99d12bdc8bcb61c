using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Shows the user forms while a call waits. Only a transport with sessions can do this: it knows what the
/// client announced in <c>initialize</c>, and where the client's answer belongs.</summary>
/// <returns>The state of the forms with the user's answers.</returns>
internal delegate Task<FormReply> FormAsker(FormRequest request, CancellationToken cancellationToken);
