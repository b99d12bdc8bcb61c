using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The names of a call that are not clear, as forms for the user. Each one is also a violation: a call whose
/// client cannot show forms, or that has other violations too, is refused with all of them.</summary>
internal sealed class NameQuestions(CallForms? forms)
{
    /// <summary>Most things that a form offers. A longer list is no help to a person.</summary>
    private const int Most = 25;

    private readonly List<UserForm> asked = [];

    /// <summary>Gets the number of names that the user is asked for.</summary>
    public int Count => asked.Count;

    /// <summary>Returns the thing that the user chose for an argument. Otherwise it asks, if it can, and returns
    /// <see langword="null"/>.</summary>
    /// <param name="key">The place of the argument.</param>
    /// <param name="name">The name that is not clear, or <see langword="null"/> if the argument is missing.</param>
    /// <param name="things">The things that the argument may mean.</param>
    public NamedThing? ChosenOrAsk(
        CallContext call,
        ArgumentLookup lookup,
        string key,
        string? name,
        IReadOnlyList<NamedThing> things
    )
    {
        if (forms is null || things.Count is 0 or > Most)
        {
            return null;
        }

        if (forms.Choice(key) is { } value && things.FirstOrDefault(thing => thing.Value == value) is { } chosen)
        {
            forms.Keep(key, value);
            return chosen;
        }

        // Long places are shortened and may be equal then.
        if (asked.TrueForAll(form => form.Key != key))
        {
            asked.Add(Form(call.Tool, lookup, key, name, things));
        }

        return null;
    }

    /// <summary>Returns the result that asks the user.</summary>
    public ToolResult Ask() => forms!.Ask(asked);

    private static UserForm Form(
        ToolDescriptor tool,
        ArgumentLookup lookup,
        string key,
        string? name,
        IReadOnlyList<NamedThing> things
    )
    {
        var noun = lookup.Source.Noun ?? ArgumentPath.Shown(lookup.Path);
        var known = name is null ? "" : $" is '{HiddenText.Of(ArgumentPath.Shown(name))}'";
        var message = $"{tool.Title}: which {char.ToLowerInvariant(noun[0])}{noun[1..]}{known}?";
        var titles = NameTexts.Options(lookup, things);
        return new(key, message, noun, [.. things.Zip(titles, (thing, title) => new FormOption(thing.Value, title))]);
    }
}
