namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Decides which thing a name means. Reads accept the beginning of a name if only one thing has it. Writes
/// need the whole name.</summary>
internal static class NameChoice
{
    /// <returns>The thing that a name means, or <see langword="null"/> after a violation.</returns>
    public static NamedThing? Only(NameCall call, WantedNames names, string text, NamedList list)
    {
        var source = names.Lookup.Source;
        var value = NameTexts.Value(source);
        var isRead = call.Context.Tool.Hints.ReadOnly;
        var exact = list.Find(text);
        var meant = exact.Count == 0 && isRead && list.IsWhole ? list.Beginning(text) : exact;
        switch (meant)
        {
            case [var only] when isRead || list.IsWhole:
                return only;
            case [var only]:
                names.Add(
                    call.Violations,
                    text,
                    $"is the name of {NameTexts.Told([only])}, but others may have the same name: only {list.Extent} of {source.List} were compared. Send the {value}."
                );
                return null;
            case []:
                var hint = !isRead && list.Beginning(text).Count > 0 ? "A call that writes needs the full name. " : "";
                // A list of all names costs a call and tokens, so it is the next step only if no name is near.
                var near = list.Nearest(text) + hint;
                names.Add(
                    call.Violations,
                    text,
                    $"must be {NameTexts.Expected(source)}, but is none of {list.Extent}. {(near.Length > 0 ? near.TrimEnd() : $"Call {source.List} to see all.")}"
                );
                return null;
            default:
                if (
                    list.IsWhole
                    && call.Questions.ChosenOrAsk(call.Context, names.Lookup, names.PlaceOf(text), text, meant)
                        is { } chosen
                )
                {
                    return chosen;
                }

                var what = exact.Count > 0 ? "is the name of" : "begins the names of";
                names.Add(
                    call.Violations,
                    text,
                    $"{what} {meant.Count}: {NameTexts.Told(meant)}. Send the {value} of the intended one."
                );
                return null;
        }
    }
}
