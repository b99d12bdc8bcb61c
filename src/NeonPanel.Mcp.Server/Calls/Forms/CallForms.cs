using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>The forms of one call whose client can show forms: what the user has answered, and what is still to be
/// asked.</summary>
internal sealed class CallForms
{
    /// <summary>Key of the form that asks for a confirmation. It never stands beside the forms of arguments.</summary>
    public const string Confirmation = "confirm";

    private readonly FormStates states;
    private readonly string subject;
    private readonly Lazy<string> call;
    private readonly FormReply? reply;
    private readonly FormState? state;
    private readonly Dictionary<string, string> chosen;

    /// <param name="subject">The user.</param>
    /// <param name="call">Computes the digest of the user, the tool and the arguments as they were sent.</param>
    /// <exception cref="FormFaultException">The state is not one of this call, or an answer cannot be
    /// read.</exception>
    public CallForms(FormStates states, string subject, Func<string> call, FormReply? reply)
    {
        this.states = states;
        this.subject = subject;
        this.call = new(call);
        this.reply = reply;
        state = reply?.State is { } text ? states.Read(subject, this.call.Value, text) : null;
        chosen = state is null ? [] : new(state.Chosen, StringComparer.Ordinal);
        Refused = (state?.Asked ?? reply?.Keys ?? [])
            .Select(key => reply!.AnswerTo(key)?.Action)
            .FirstOrDefault(action => action is FormAction.Decline or FormAction.Cancel);
    }

    /// <summary>Gets how the user refused a form, or <see langword="null"/> if the user refused none.</summary>
    public FormAction? Refused { get; }

    /// <summary>Returns the value that the user chose in the form of an argument, or <see langword="null"/>. Nothing
    /// depends on its origin: the client could have sent the same value as the argument.</summary>
    public string? Choice(string key)
    {
        if (chosen.TryGetValue(key, out var value))
        {
            return value;
        }

        return
            state?.Asked.Contains(key) != false
            && reply?.AnswerTo(key) is { Action: FormAction.Accept, Value: { } answer }
            ? answer
            : null;
    }

    /// <summary>Keeps a choice for further forms of the call.</summary>
    public void Keep(string key, string value) => chosen[key] = value;

    /// <summary>Returns whether the user has confirmed the call with these arguments.</summary>
    /// <param name="arguments">Digest of the arguments with ids in place of names.</param>
    public bool IsConfirmed(string arguments) =>
        state?.Confirms == arguments && reply!.AnswerTo(Confirmation) is { Action: FormAction.Accept };

    /// <summary>Returns the result that asks the user.</summary>
    /// <param name="confirms">Digest of the arguments to confirm, or <see langword="null"/>.</param>
    public ToolResult Ask(IReadOnlyList<UserForm> forms, string? confirms = null) =>
        new(null, default, IsError: false)
        {
            Form = new(
                forms,
                states.Write(subject, new(call.Value, [.. forms.Select(form => form.Key)], chosen, confirms))
            ),
            FailureKind = FailureKind.Asked,
        };

    /// <summary>Returns the result of a call whose form the user refused.</summary>
    public static ToolResult Refusal(ToolDescriptor tool, FormAction action) =>
        ToolResult.Failure(
            $"{tool.Name} was not called: the user "
                + (action == FormAction.Decline ? "declined the form" : "closed the form without an answer")
                + ". Nothing was sent. Ask the user what to do instead.",
            FailureKind.Declined
        );
}
