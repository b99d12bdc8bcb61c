using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>Decides which calls may ask the user with forms (decision 0051).</summary>
internal sealed class UserForms(FormOptions options, FormStates states)
{
    /// <summary>Returns the forms of a call, or <see langword="null"/> if the call asks nothing.</summary>
    /// <param name="sent">The arguments as the client sent them.</param>
    /// <param name="files">The files of the call that are not in its arguments, or <see langword="null"/>.</param>
    /// <param name="canShow">Whether the client announced that it can show forms.</param>
    /// <param name="reply">The answers that the call brings, or <see langword="null"/>.</param>
    /// <exception cref="FormFaultException">The answers cannot be used.</exception>
    public CallForms? Of(
        ToolDescriptor tool,
        string subject,
        JsonElement sent,
        AttachedFiles? files,
        bool canShow,
        FormReply? reply
    )
    {
        if (reply?.State is not null && !(options.IsOn && canShow))
        {
            // The user may have declined, so the call must not go on as one without forms.
            throw new FormFaultException(
                options.IsOn
                    ? "'params.requestState' is the state of a form, but the call does not declare the capability 'elicitation' as the call before did. Nothing was sent."
                    : "'params.requestState' is the state of a form, but forms are off (Mcp:Forms). Nothing was sent. Call the tool again without 'requestState'."
            );
        }

        if (!options.IsOn || !canShow || (tool.Lookups.Count == 0 && !tool.Confirms && reply?.State is null))
        {
            return null;
        }

        return new(
            states,
            subject,
            () =>
                CallDigest.Of(subject, tool.Name, sent)
                + (files is null ? "" : Convert.ToHexStringLower(files.Sha256())),
            reply
        );
    }
}
