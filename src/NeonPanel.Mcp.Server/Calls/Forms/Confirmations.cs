using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>Asks the user before a write that may destroy data (<c>x-mcp.confirm</c>). The form shows the write's
/// preview.</summary>
internal sealed class Confirmations(WritePreviews previews)
{
    /// <param name="read">The arguments of the call after they were checked and names were looked up.</param>
    /// <param name="cancellationToken">Cancels the reads of the preview.</param>
    /// <returns>The result that asks the user, the failure that the write would have before it is sent, or
    /// <see langword="null"/> if the call may be sent.</returns>
    public async ValueTask<ToolResult?> BeforeAsync(
        CallContext call,
        NamedArguments read,
        CancellationToken cancellationToken
    )
    {
        if (call.Forms is not { } forms || !call.Tool.Confirms)
        {
            return null;
        }

        var digest = CallDigest.Of(call.Token.Subject, call.Tool.Name, read.Arguments.Value);
        if (forms.IsConfirmed(digest))
        {
            return null;
        }

        var preview = await previews.ReadAsync(call, read, cancellationToken);
        var message = $"Send this? {call.Tool.Title} ({call.Tool.Name})\n{preview.Text}";
        return preview.IsFailure
            ? preview.Result
            : forms.Ask([new(CallForms.Confirmation, message, "", [])], confirms: digest);
    }
}
