using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the arguments of two versions of a tool. If something is no longer accepted, callers
/// break.</summary>
internal sealed class ArgumentComparer
{
    private readonly ChangeList changes;

    private ArgumentComparer(ChangeList changes) => this.changes = changes;

    public static void Compare(ChangeList changes)
    {
        var (from, to) = (changes.From, changes.To);
        var known = new Dictionary<string, string>(
            PathParameters(from.Operation.Path, to.Operation.Path),
            StringComparer.Ordinal
        );
        foreach (var (old, name) in to.ArgumentAliases)
        {
            known[old] = name;
        }

        new ArgumentComparer(changes).Members([], from.Arguments, to.Arguments, known);
    }

    // Path parameters correspond to each other by position, whatever their names are.
    private static IEnumerable<KeyValuePair<string, string>> PathParameters(string before, string after) =>
        Names(before)
            .Zip(Names(after))
            .Where(pair => pair.First != pair.Second)
            .DistinctBy(pair => pair.First)
            .Select(pair => KeyValuePair.Create(pair.First, pair.Second));

    private static IEnumerable<string> Names(string path) => path.Split('{').Skip(1).Select(part => part.Split('}')[0]);

    private void Members(string[] path, SchemaModel from, SchemaModel to, IReadOnlyDictionary<string, string> known)
    {
        if (from.Properties.Count > 0 && to is { Properties.Count: 0, IsClosed: false } && path.Length > 0)
        {
            Add(
                ChangeClass.Risky,
                CallerImpact.Breaking,
                ChangeKind.ArgumentDescribedLess,
                path,
                "The members are no longer described; whether they are still taken, the description does not say."
            );
            return;
        }

        var renames = ArgumentRenames.Find(from.Properties, to.Properties, known);
        var after = to.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var property in from.Properties)
        {
            string[] place = [.. path, property.Name];
            if (renames.TryGetValue(property.Name, out var name))
            {
                Renamed(place, [.. path, name]);
                Value([.. path, name], property, after[name]);
            }
            else if (after.TryGetValue(property.Name, out var kept))
            {
                Value(place, property, kept);
            }
            else
            {
                Removed(place, property);
            }
        }

        foreach (
            var property in to.Properties.ExceptBy(
                from.Properties.Select(known => known.Name).Concat(renames.Values),
                property => property.Name
            )
        )
        {
            Added([.. path, property.Name], property);
        }
    }

    private void Removed(string[] path, PropertyModel property) =>
        changes.Add(
            ChangeClass.Breaking,
            CallerImpact.Breaking,
            ChangeKind.ArgumentRemoved,
            $"The argument '{SchemaPath.Join(path)}' is gone.",
            ChangeList.Brief(property.Schema),
            null,
            SchemaPath.Join(path),
            changes.From.Places.Argument(path, null)
        );

    private void Added(string[] path, PropertyModel property)
    {
        var (@class, caller, kind, what) = property.IsRequired
            ? (ChangeClass.Breaking, CallerImpact.Breaking, ChangeKind.RequiredArgumentAdded, "is new and required")
            : (ChangeClass.Additive, CallerImpact.Compatible, ChangeKind.ArgumentAdded, "is new and may be left out");
        Add(
            @class,
            caller,
            kind,
            path,
            $"The argument '{SchemaPath.Join(path)}' {what}.",
            null,
            ChangeList.Brief(property.Schema)
        );
    }

    private void Renamed(string[] before, string[] after)
    {
        // Aliases exist for arguments only, not for members inside them.
        var isKept =
            before.Length == 1 && changes.To.ArgumentAliases.TryGetValue(before[0], out var name) && name == after[0];
        changes.Add(
            isKept ? ChangeClass.Additive : ChangeClass.Breaking,
            CallerImpact.Breaking,
            ChangeKind.ArgumentRenamed,
            $"The argument '{SchemaPath.Join(before)}' is called '{SchemaPath.Join(after)}' now"
                + (isKept ? "; the old name is still taken." : "."),
            before[^1],
            after[^1],
            SchemaPath.Join(before),
            changes.To.Places.Argument(after, null)
        );
    }

    private void Value(string[] path, PropertyModel from, PropertyModel to)
    {
        var caller = TypedType.OfArgument(
            TypedType.Of(from.Schema, from.IsRequired),
            TypedType.Of(to.Schema, to.IsRequired)
        );
        var name = SchemaPath.Join(path);
        if (!from.IsRequired && to.IsRequired)
        {
            Add(
                ChangeClass.Breaking,
                CallerImpact.Breaking,
                ChangeKind.ArgumentRequired,
                path,
                $"The argument '{name}' could be left out and is required now.",
                false,
                true,
                "required"
            );
        }
        else if (from.IsRequired && !to.IsRequired)
        {
            Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.ArgumentOptional,
                path,
                $"The argument '{name}' may be left out now.",
                true,
                false,
                "required"
            );
        }

        Schema(path, from.Schema, to.Schema, to.IsRequired, caller);
    }

    private void Schema(string[] path, SchemaModel from, SchemaModel to, bool isRequired, CallerImpact caller)
    {
        var name = SchemaPath.Join(path);
        Texts(path, from, to);
        if (!Types(path, from, to, caller))
        {
            return;
        }

        Null(path, from, to, isRequired, caller);
        Values(path, from, to);
        ArgumentLimits.Compare(from, to, (@class, kind, what, before, after, keyword) =>
            Add(
                @class,
                keyword == "format" ? caller : CallerImpact.Compatible,
                kind,
                path,
                $"The argument '{name}' {what}",
                before,
                after,
                keyword
            )
        );
        if (from.Items is not null || to.Items is not null)
        {
            var (before, after) = (from.Items ?? new(), to.Items ?? new());
            Schema(
                [.. path, "[]"],
                before,
                after,
                isRequired: true,
                TypedType.OfArgument(TypedType.Of(before, true), TypedType.Of(after, true))
            );
        }

        Members(path, from, to, new Dictionary<string, string>());
        OtherMembers(path, from, to);
    }

    private void Null(string[] path, SchemaModel from, SchemaModel to, bool isRequired, CallerImpact caller)
    {
        var name = SchemaPath.Join(path);
        // Nullability in the text of a catalogue and the list in a lock cannot be compared.
        var isComparable = changes.From.KnowsNull == changes.To.KnowsNull;
        if (isComparable && from.Nullable && !to.Nullable && from.Types.Count > 0)
        {
            Add(
                isRequired ? ChangeClass.Breaking : ChangeClass.Risky,
                caller,
                ChangeKind.NullLost,
                path,
                $"The argument '{name}' takes null no more" + (isRequired ? "." : "; it may be left out instead."),
                true,
                false,
                "type"
            );
        }
        else if (isComparable && !from.Nullable && to.Nullable && to.Types.Count > 0)
        {
            Add(
                ChangeClass.Additive,
                caller,
                ChangeKind.NullAllowed,
                path,
                $"The argument '{name}' takes null too.",
                false,
                true,
                "type"
            );
        }
    }

    // Members that the schema allows without naming them.
    private void OtherMembers(string[] path, SchemaModel from, SchemaModel to)
    {
        var name = SchemaPath.Join(path);
        if (!from.IsClosed && to.IsClosed)
        {
            Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.MembersRefused,
                path,
                $"'{name}' refuses members that are not described.",
                null,
                false,
                "additionalProperties"
            );
        }
        else if (from.IsClosed && !to.IsClosed)
        {
            Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.MembersAllowed,
                path,
                $"'{name}' takes members that are not described.",
                false,
                null,
                "additionalProperties"
            );
        }
        else if (from.AdditionalProperties is not null || to.AdditionalProperties is not null)
        {
            // An open object without a schema for its other members accepts every value there.
            Schema(
                [.. path, "*"],
                from.AdditionalProperties ?? new(),
                to.AdditionalProperties ?? new(),
                isRequired: false,
                CallerImpact.Compatible
            );
        }
    }

    private void Texts(string[] path, SchemaModel from, SchemaModel to)
    {
        var name = SchemaPath.Join(path);
        if (from.Description != to.Description)
        {
            Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.DescriptionChanged,
                path,
                $"The text of '{name}' changed.",
                from.Description,
                to.Description,
                "description"
            );
        }

        if (from.IsDeprecated != to.IsDeprecated)
        {
            Add(
                to.IsDeprecated ? ChangeClass.Risky : ChangeClass.Additive,
                CallerImpact.Compatible,
                to.IsDeprecated ? ChangeKind.ArgumentDeprecated : ChangeKind.ArgumentUndeprecated,
                path,
                $"The argument '{name}' is deprecated {(to.IsDeprecated ? "now" : "no more")}.",
                from.IsDeprecated,
                to.IsDeprecated,
                "deprecated"
            );
        }

        if (!JsonNode.DeepEquals(from.Default, to.Default))
        {
            Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.DefaultChanged,
                path,
                $"When '{name}' is left out, the API takes another value.",
                from.Default,
                to.Default,
                "default"
            );
        }
    }

    /// <returns>Whether the types are close enough to compare the rest.</returns>
    private bool Types(string[] path, SchemaModel from, SchemaModel to, CallerImpact caller)
    {
        var (lost, gained) = (JsonTypes.Missing(from, to), JsonTypes.Missing(to, from));
        if (lost)
        {
            Add(
                ChangeClass.Breaking,
                caller,
                ChangeKind.TypeChanged,
                path,
                $"The argument '{SchemaPath.Join(path)}' was {JsonTypes.Name(from)} and is {JsonTypes.Name(to)}.",
                ChangeList.Brief(from),
                ChangeList.Brief(to),
                "type"
            );
        }
        else if (gained)
        {
            Add(
                ChangeClass.Additive,
                caller,
                ChangeKind.TypeWidened,
                path,
                $"The argument '{SchemaPath.Join(path)}' was {JsonTypes.Name(from)} and may be {JsonTypes.Name(to)}.",
                ChangeList.Brief(from),
                ChangeList.Brief(to),
                "type"
            );
        }

        return !lost;
    }

    private void Values(string[] path, SchemaModel from, SchemaModel to)
    {
        var name = SchemaPath.Join(path);
        var (gone, added) = (JsonTypes.MissingValues(from, to), JsonTypes.MissingValues(to, from));
        if (to.Enum.Count > 0 && (from.Enum.Count == 0 || gone.Count > 0))
        {
            Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.EnumNarrowed,
                path,
                from.Enum.Count == 0
                    ? $"The argument '{name}' took anything and takes {JsonTypes.List(to.Enum)} alone now."
                    : $"The argument '{name}' no longer takes {JsonTypes.List(gone)}.",
                JsonTypes.Array(from.Enum),
                JsonTypes.Array(to.Enum),
                "enum"
            );
        }

        if (from.Enum.Count > 0 && (to.Enum.Count == 0 || added.Count > 0))
        {
            Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.EnumWidened,
                path,
                to.Enum.Count == 0
                    ? $"The argument '{name}' takes anything now."
                    : $"The argument '{name}' takes {JsonTypes.List(added)} too.",
                JsonTypes.Array(from.Enum),
                JsonTypes.Array(to.Enum),
                "enum"
            );
        }
    }

    private void Add(
        ChangeClass @class,
        CallerImpact caller,
        ChangeKind kind,
        string[] path,
        string sentence,
        JsonNode? before = null,
        JsonNode? after = null,
        string? keyword = null
    ) =>
        changes.Add(
            @class,
            caller,
            kind,
            sentence,
            before,
            after,
            SchemaPath.Join(path),
            changes.To.Places.Argument(path, keyword)
        );
}
