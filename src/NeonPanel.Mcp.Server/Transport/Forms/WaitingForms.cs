using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>The forms that calls of this instance wait for. The id of a form is the id of the request
/// <c>elicitation/create</c>. It has 128 random bits, and the name of the instance.</summary>
internal sealed class WaitingForms(InstanceName instance)
{
    private const string Prefix = "form-";

    private readonly ConcurrentDictionary<string, Form> forms = new(StringComparer.Ordinal);

    /// <summary>Gets how many forms are waited for.</summary>
    public int Count => forms.Count;

    /// <summary>Adds a form. The caller removes it.</summary>
    /// <param name="owner">The only one who may answer.</param>
    /// <param name="answer">The member <c>result</c> of the answer; or <see langword="null"/> if the client could not
    /// show the form.</param>
    public string Add(FormOwner owner, out Task<JsonElement?> answer)
    {
        var id = Prefix + SessionId.New(instance.Value);
        var form = new Form(owner, new(TaskCreationOptions.RunContinuationsAsynchronously));
        forms[id] = form;
        answer = form.Answer.Task;
        return id;
    }

    public void Remove(string id) => forms.TryRemove(id, out _);

    /// <summary>Hands an answer to the call that waits for it.</summary>
    /// <returns>Whether a call waits for it. The result is the same for an unknown id and for the form of somebody
    /// else, so that guessing an id reveals nothing.</returns>
    public bool TryAnswer(string id, FormOwner owner, JsonElement? answer) =>
        forms.TryGetValue(id, out var form)
        && form.Owner == owner
        && forms.TryRemove(new(id, form))
        && form.Answer.TrySetResult(answer);

    /// <summary>Returns the other instance whose form has an id, or <see langword="null"/>. The id is
    /// untrusted.</summary>
    public string? OtherInstanceOf(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && SessionId.InstanceIn(id[Prefix.Length..]) is { } owner
        && owner != instance.Value
            ? owner
            : null;

    private sealed record Form(FormOwner Owner, TaskCompletionSource<JsonElement?> Answer);
}
