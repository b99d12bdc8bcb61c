using NeonPanel.Mcp.Server.Instances;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>Writes the state of forms as the text that clients return, and reads it. A client can read the text but not
/// change it (MCP 2026-07-28, Multi Round-Trip Requests: <c>requestState</c> is an attacker-controlled
/// input).</summary>
internal sealed class FormStates(SignedText signed)
{
    /// <summary>The time for which a user may think about a form.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Purpose = "forms";

    /// <param name="subject">The user.</param>
    public string Write(string subject, FormState state) => signed.Write(Purpose, subject, Lifetime, state.ToBytes());

    /// <summary>Reads the state of a call.</summary>
    /// <param name="subject">The user who sent it.</param>
    /// <param name="call">Digest of the call that brings the state.</param>
    /// <exception cref="FormFaultException">The text is not a state that was written for this call in the last ten
    /// minutes.</exception>
    public FormState Read(string subject, string call, string text)
    {
        switch (signed.Read(Purpose, subject, text, out var content))
        {
            case SignedTextState.Valid:
                break;
            case SignedTextState.Expired:
                throw Fault($"has expired: a form must be answered within {Lifetime.TotalMinutes:0} minutes.");
            case SignedTextState.Foreign:
                throw Fault("belongs to another user.");
            default:
                throw Fault(
                    "is not a text that this server wrote: it was changed, or comes from an instance with another Mcp:StateKey."
                );
        }

        var state = FormState.Of(content);
        return state.Call == call
            ? state
            : throw Fault("belongs to another call: the tool and the arguments must be the same.");
    }

    private static FormFaultException Fault(string predicate) =>
        new($"'params.requestState' {predicate} Nothing was sent. Call the tool again without 'requestState'.");
}
