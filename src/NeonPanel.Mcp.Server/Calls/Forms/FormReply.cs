using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>The user's action on a form (MCP, Elicitation: Response Actions).</summary>
internal enum FormAction
{
    Accept,
    Decline,
    Cancel,
}

/// <summary>The user's answer to a form.</summary>
/// <param name="Value">The value of the chosen option, or <see langword="null"/>.</param>
internal readonly record struct FormAnswer(FormAction Action, string? Value);

/// <summary>The answers and the state that a client adds to a call repeated after forms (MCP 2026-07-28, Multi
/// Round-Trip Requests).</summary>
/// <param name="State">The state of the forms, or <see langword="null"/>.</param>
/// <param name="Answers">The object of answers, one for each form, or of kind
/// <see cref="JsonValueKind.Undefined"/>.</param>
internal sealed record FormReply(string? State, JsonElement Answers)
{
    /// <summary>Gets the keys of the answers. Keys of no form are ignored later, as the specification asks.</summary>
    public IEnumerable<string> Keys =>
        Answers.ValueKind == JsonValueKind.Object ? Answers.EnumerateObject().Select(answer => answer.Name) : [];

    /// <summary>Returns the answer to a form, or <see langword="null"/> if there is none.</summary>
    /// <exception cref="FormFaultException">The answer has another form than the specification says.</exception>
    public FormAnswer? AnswerTo(string key)
    {
        if (Answers.ValueKind != JsonValueKind.Object || !Answers.TryGetProperty(key, out var answer))
        {
            return null;
        }

        if (answer.ValueKind != JsonValueKind.Object || ActionOf(answer) is not { } action)
        {
            throw new FormFaultException(
                $"'params.inputResponses.{ArgumentPath.Shown(key)}' must be an object whose 'action' is 'accept', 'decline' or 'cancel'. "
                    + "Repeat the call without 'inputResponses' to get the form again."
            );
        }

        return new(action, ValueOf(answer));
    }

    private static FormAction? ActionOf(JsonElement answer) =>
        answer.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.String
            ? action.GetString() switch
            {
                "accept" => FormAction.Accept,
                "decline" => FormAction.Decline,
                "cancel" => FormAction.Cancel,
                _ => null,
            }
            : null;

    private static string? ValueOf(JsonElement answer) =>
        answer.TryGetProperty("content", out var content)
        && content.ValueKind == JsonValueKind.Object
        && content.TryGetProperty(UserForm.Field, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
