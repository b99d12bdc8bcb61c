namespace NeonPanel.Mcp.Server.ToolResults;

/// <summary>The forms that the user must answer before a call goes on. Nothing was sent yet.</summary>
/// <param name="Forms">The forms, each with its own key.</param>
/// <param name="State">The text that the client returns together with the answers.</param>
internal sealed record FormRequest(IReadOnlyList<UserForm> Forms, string State);

/// <summary>A form: a message, and options of which the user chooses one. A form without options has no field; the user
/// accepts or declines its message.</summary>
/// <param name="Key">The name of the form in the message, unique in its request.</param>
/// <param name="Label">The name of the field for people.</param>
internal sealed record UserForm(string Key, string Message, string Label, IReadOnlyList<FormOption> Options)
{
    /// <summary>Name of the field that contains the value of the chosen option.</summary>
    public const string Field = "name";
}

/// <summary>An option of a form.</summary>
internal sealed record FormOption(string Value, string Title);
