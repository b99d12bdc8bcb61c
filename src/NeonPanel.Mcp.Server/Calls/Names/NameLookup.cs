using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Replaces names that people use by the values that the API accepts. A value that is already in the API's
/// form needs no lookup. If a name is not clear, nothing is sent.</summary>
internal sealed class NameLookup(NamedThings things, NameFinder finder, LearnedValues learned)
{
    /// <summary>Most things that the message about a missing argument lists.</summary>
    private const int MostChoices = 20;

    /// <summary>Reads the arguments of a tool with lookups. The arguments must be valid by its schema.</summary>
    public async Task<NamedArguments> ReadAsync(
        CallContext context,
        ReadArguments read,
        CancellationToken cancellationToken
    )
    {
        var violations = new ViolationList();
        List<WantedNames>? wanted = null;
        foreach (var lookup in context.Tool.Lookups)
        {
            if (!violations.IsDone && WantedNames.Read(lookup, read.Value, violations) is { } names)
            {
                (wanted ??= []).Add(names);
            }
        }

        // Texts that cannot be names are rejected before any request is sent.
        if (!violations.IsEmpty)
        {
            return new(read with { Violations = violations.ToSentences() });
        }

        if (wanted is null)
        {
            return new(read);
        }

        var call = new NameCall(context, read.Value, violations);
        foreach (var names in wanted)
        {
            // A scope that is not clear makes the names in it unclear too.
            if (names.Lookup.Source.Scope.Count > 0 && !violations.IsEmpty)
            {
                break;
            }

            var failure = names.IsMissing
                ? await FillAsync(call, names.Lookup, cancellationToken)
                : await FindAsync(call, names, cancellationToken);
            if (failure is not null)
            {
                var what = names.IsMissing ? "is missing" : "holds a name";
                var text =
                    $"{context.Tool.Name} was not called: '{names.Lookup.Path}' {what}, and names could not be looked up. {failure.Text}";
                return new(read, failure with { Text = text });
            }
        }

        if (call.Questions.Count > 0 && call.Questions.Count == violations.Count)
        {
            return new(read, call.Questions.Ask());
        }

        return violations.IsEmpty
            ? new(
                read with
                {
                    Value = call.Replacement.Apply(read.Value),
                    Repairs = [.. read.Repairs, .. call.Notes.Select(note => new Repair(RepairKind.Lookup, note))],
                }
            )
            {
                Replacement = call.Replacement,
            }
            : new(read with { Violations = violations.ToSentences() });
    }

    // Fills an argument if there is only one thing that it can name.
    private async Task<ToolResult?> FillAsync(NameCall call, ArgumentLookup lookup, CancellationToken cancellationToken)
    {
        var list = await things.ListAsync(new(lookup.Source, NameScope.Everything), call.Context, cancellationToken);
        if (list.Failure is not null)
        {
            return list.Failure;
        }

        var meant = list switch
        {
            { IsWhole: true, Things: [var only] } => only,
            { IsWhole: true } => call.Questions.ChosenOrAsk(call.Context, lookup, lookup.Path, null, list.Things),
            _ => null,
        };
        if (meant is not null)
        {
            call.Replacement.Fill(lookup, meant);
            call.Notes.Add(NameTexts.Note(lookup, meant));
            return null;
        }

        var choices = NameTexts.Told(list.Things, withValues: false, MostChoices);
        call.Violations.Path.Enter(lookup.Path);
        call.Violations.Add(
            $"is missing. {(list.Things.Count == 0 ? $"{lookup.Source.List} lists none" : $"Send one of {choices}")}."
        );
        call.Violations.Path.Leave();
        return null;
    }

    private async Task<ToolResult?> FindAsync(NameCall call, WantedNames names, CancellationToken cancellationToken)
    {
        var lookup = names.Lookup;
        var scope = NameScope.Of(lookup.Source, argument => call.Replacement.ValueOf(argument.Call, call.Arguments));
        if (scope is null)
        {
            foreach (var name in names.Texts)
            {
                names.Add(
                    call.Violations,
                    name,
                    $"is a name, which needs {string.Join(" and ", lookup.Source.Scope.Select(argument => $"'{argument.Call}'"))} to be looked up. Send it too, or the {NameTexts.Value(lookup.Source)}."
                );
            }

            return null;
        }

        var found = new Dictionary<string, NamedThing>(StringComparer.Ordinal);
        var numbers = lookup.IsNumber ? names.Texts.Where(NameText.IsInteger).ToList() : [];
        var failure = await FindNumbersAsync(call, names, new(lookup.Source, scope), numbers, found, cancellationToken)
            ?? await FindNamesAsync(
                call,
                names,
                new(lookup.Source, scope),
                [.. names.Texts.Except(numbers)],
                found,
                cancellationToken
            );
        call.Replacement.Add(lookup, found);
        return failure;
    }

    // A text of digits is an id, unless it is also the name of something else. If names cannot be looked up, it is an
    // id.
    private async Task<ToolResult?> FindNumbersAsync(
        NameCall call,
        WantedNames names,
        NameQuery source,
        List<string> numbers,
        Dictionary<string, NamedThing> found,
        CancellationToken cancellationToken
    )
    {
        var isSearched = numbers.Count is > 0 and <= NameFinder.MaxSearches;
        var (lists, failure) = isSearched
            ? await finder.FindAsync(source, numbers, false, call.Context, cancellationToken)
            : (new Dictionary<string, NamedList>(), null);
        foreach (var number in numbers)
        {
            found[number] = new(number, [number]);
            if (failure is not null || !lists.TryGetValue(number, out var list))
            {
                continue;
            }

            var others = list.Find(number)
                .Where(thing => thing.Value != number || source.Source.Learn is not null)
                .ToList();
            if (others.Count > 0)
            {
                names.Add(
                    call.Violations,
                    number,
                    $"may be an id, and is the name of {NameTexts.Told(others)}. Send the intended {NameTexts.Value(source.Source)} as a number, without quotation marks."
                );
            }
        }

        return null;
    }

    private async Task<ToolResult?> FindNamesAsync(
        NameCall call,
        WantedNames names,
        NameQuery source,
        List<string> texts,
        Dictionary<string, NamedThing> found,
        CancellationToken cancellationToken
    )
    {
        if (texts.Count == 0)
        {
            return null;
        }

        // The key of a learned value may be sent itself.
        var keys = source.Source is { Learn: not null, Format: { } format }
            ? texts.FindAll(text => TextFormat.Fits(format, text))
            : [];
        var (lists, failure) = await finder.FindAsync(
            source,
            [.. texts.Except(keys)],
            true,
            call.Context,
            cancellationToken
        );
        if (failure is not null)
        {
            return failure;
        }

        foreach (var text in texts)
        {
            if (call.Violations.IsDone)
            {
                break;
            }

            var thing = keys.Contains(text)
                ? new NamedThing(text, [text])
                : NameChoice.Only(call, names, text, lists[text]);
            if (thing is null)
            {
                continue;
            }

            var (valued, missing) = await ValueAsync(call, names, source.Scope, text, thing, cancellationToken);
            if (missing is not null)
            {
                return missing;
            }

            if (valued is not null)
            {
                found[text] = valued;
                call.Notes.Add(NameTexts.Note(names.Lookup, valued));
            }
        }

        return null;
    }

    // The thing with the value that the API accepts.
    private async Task<(NamedThing? Thing, ToolResult? Failure)> ValueAsync(
        NameCall call,
        WantedNames names,
        NameScope scope,
        string text,
        NamedThing thing,
        CancellationToken cancellationToken
    )
    {
        var source = names.Lookup.Source;
        if (source.Learn is { } learn)
        {
            var (value, failure) = await learned.FindAsync(source, scope, thing.Value, call.Context, cancellationToken);
            if (failure is not null)
            {
                return (null, failure);
            }

            if (value is null)
            {
                var tools = string.Join(", ", learn.From.Select(place => place.Tool).Distinct());
                names.Add(
                    call.Violations,
                    text,
                    $"is known, but no list has its {learn.Value}, and neither have the newest answers of {tools}. Read an older one that contains it, or send the {learn.Value} itself."
                );
                return (null, null);
            }

            thing = thing with { Value = value };
        }

        if (names.Lookup.IsNumber && !NameText.IsInteger(thing.Value))
        {
            names.Add(
                call.Violations,
                text,
                $"has an {NameTexts.Value(source)} in {source.List} that is not an integer."
            );
            return (null, null);
        }

        return (thing, null);
    }
}
