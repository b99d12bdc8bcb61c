using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the answers of two versions of a tool. No change of an answer breaks a call, but it may break
/// callers that rely on a member, or on its never being null.</summary>
internal sealed class AnswerComparer
{
    private readonly ChangeList changes;

    private AnswerComparer(ChangeList changes) => this.changes = changes;

    public static void Compare(ChangeList changes)
    {
        // Kinds that are read from descriptions are a guess, and the guess is the same on both sides.
        var isTyped = changes.From.KnowsAnswer && changes.To.KnowsAnswer;
        var from = isTyped ? changes.From.Answer : changes.From.AnswerInWords ?? changes.From.Answer;
        var to = isTyped ? changes.To.Answer : changes.To.AnswerInWords ?? changes.To.Answer;
        var names = to.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        if (from.Properties.Count > 0 && !from.Properties.Any(property => names.Contains(property.Name)))
        {
            changes.Add(
                ChangeClass.Risky,
                CallerImpact.Breaking,
                ChangeKind.AnswerReplaced,
                $"The answer is another one: it had {Names(from)}, and has {Names(to)} now.",
                Members(from),
                Members(to),
                "",
                changes.To.Places.Answer([], null)
            );
            return;
        }

        new AnswerComparer(changes).Members([], from, to);
    }

    private static string Names(SchemaModel schema) =>
        schema.Properties.Count == 0
            ? "no described members"
            : string.Join(", ", schema.Properties.Select(property => property.Name));

    private static JsonArray Members(SchemaModel schema) =>
        [.. schema.Properties.Select(property => (JsonNode)property.Name)];

    private void Members(string[] path, SchemaModel from, SchemaModel to)
    {
        if (from.Properties.Count > 0 && to.Properties.Count == 0 && path.Length > 0)
        {
            Add(
                ChangeClass.Risky,
                CallerImpact.Breaking,
                ChangeKind.AnswerDescribedLess,
                path,
                $"The members of '{SchemaPath.Join(path)}' are no longer described.",
                Members(from)
            );
            return;
        }

        var after = to.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var property in from.Properties)
        {
            string[] place = [.. path, property.Name];
            if (after.Remove(property.Name, out var kept))
            {
                Value(place, property, kept);
            }
            else
            {
                changes.Add(
                    ChangeClass.Risky,
                    CallerImpact.Breaking,
                    ChangeKind.AnswerMemberRemoved,
                    $"The answer has no '{SchemaPath.Join(place)}' any more.",
                    ChangeList.Brief(property.Schema),
                    null,
                    SchemaPath.Join(place),
                    changes.From.Places.Answer(place, null)
                );
            }
        }

        foreach (var property in to.Properties.Where(property => after.ContainsKey(property.Name)))
        {
            string[] place = [.. path, property.Name];
            Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.AnswerMemberAdded,
                place,
                $"The answer has '{SchemaPath.Join(place)}' too.",
                null,
                ChangeList.Brief(property.Schema)
            );
        }
    }

    private void Value(string[] path, PropertyModel from, PropertyModel to)
    {
        var caller = TypedType.OfAnswer(
            TypedType.Of(from.Schema, from.IsRequired),
            TypedType.Of(to.Schema, to.IsRequired)
        );
        if (from.IsRequired != to.IsRequired)
        {
            Add(
                to.IsRequired ? ChangeClass.Additive : ChangeClass.Risky,
                caller,
                to.IsRequired ? ChangeKind.AnswerRequired : ChangeKind.AnswerOptional,
                path,
                $"The answer has '{SchemaPath.Join(path)}' " + (to.IsRequired ? "always." : "no longer always."),
                from.IsRequired,
                to.IsRequired,
                null
            );
        }

        Schema(path, from.Schema, to.Schema, caller);
    }

    private void Schema(string[] path, SchemaModel from, SchemaModel to, CallerImpact caller)
    {
        if (!Types(path, from, to, caller))
        {
            return;
        }

        Null(path, from, to, caller);
        Values(path, from, to);
        Format(path, from, to, caller);
        if (from.Items is not null || to.Items is not null)
        {
            var (before, after) = (from.Items ?? new(), to.Items ?? new());
            Schema(
                [.. path, "[]"],
                before,
                after,
                TypedType.OfAnswer(TypedType.Of(before, true), TypedType.Of(after, true))
            );
        }

        if (from.AdditionalProperties is not null || to.AdditionalProperties is not null)
        {
            var (before, after) = (from.AdditionalProperties ?? new(), to.AdditionalProperties ?? new());
            Schema([.. path, "*"], before, after, CallerImpact.Compatible);
        }

        Members(path, from, to);
    }

    /// <returns>Whether the types are close enough to compare the rest.</returns>
    private bool Types(string[] path, SchemaModel from, SchemaModel to, CallerImpact caller)
    {
        var (narrower, wider) = (JsonTypes.Missing(from, to), JsonTypes.Missing(to, from));
        if (narrower || wider)
        {
            Add(
                wider ? ChangeClass.Risky : ChangeClass.Additive,
                caller,
                wider ? ChangeKind.AnswerTypeChanged : ChangeKind.AnswerTypeNarrowed,
                path,
                $"In the answer '{SchemaPath.Join(path)}' was {JsonTypes.Name(from)} and is {JsonTypes.Name(to)}.",
                ChangeList.Brief(from),
                ChangeList.Brief(to),
                "type"
            );
        }

        return !wider;
    }

    private void Null(string[] path, SchemaModel from, SchemaModel to, CallerImpact caller)
    {
        if (
            from.Nullable != to.Nullable
            && changes.From.KnowsNull
            && changes.To.KnowsNull
            && from.Types.Count > 0
            && to.Types.Count > 0
        )
        {
            Add(
                to.Nullable ? ChangeClass.Risky : ChangeClass.Additive,
                caller,
                to.Nullable ? ChangeKind.AnswerNullable : ChangeKind.AnswerNotNull,
                path,
                $"In the answer '{SchemaPath.Join(path)}' "
                    + (to.Nullable ? "may be null now." : "is never null any more."),
                from.Nullable,
                to.Nullable,
                "type"
            );
        }
    }

    private void Format(string[] path, SchemaModel from, SchemaModel to, CallerImpact caller)
    {
        if (from.Format != to.Format && to.Types is ["string"])
        {
            Add(
                from.Format is null ? ChangeClass.Additive : ChangeClass.Risky,
                caller,
                ChangeKind.AnswerFormatChanged,
                path,
                $"In the answer '{SchemaPath.Join(path)}' had {FormatOf(from)} and has {FormatOf(to)} now.",
                from.Format,
                to.Format,
                "format"
            );
        }
    }

    private void Values(string[] path, SchemaModel from, SchemaModel to)
    {
        var (gone, added) = (JsonTypes.MissingValues(from, to), JsonTypes.MissingValues(to, from));
        if (from.Enum.Count > 0 && (to.Enum.Count == 0 || added.Count > 0))
        {
            Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.AnswerEnumWidened,
                path,
                to.Enum.Count == 0
                    ? $"In the answer '{SchemaPath.Join(path)}' may be anything now."
                    : $"In the answer '{SchemaPath.Join(path)}' may be {JsonTypes.List(added)} too.",
                JsonTypes.Array(from.Enum),
                JsonTypes.Array(to.Enum),
                "enum"
            );
        }

        if (to.Enum.Count > 0 && (from.Enum.Count == 0 || gone.Count > 0))
        {
            Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.AnswerEnumNarrowed,
                path,
                $"In the answer '{SchemaPath.Join(path)}' "
                    + (
                        from.Enum.Count == 0
                            ? $"is one of {JsonTypes.List(to.Enum)} now."
                            : $"is never {JsonTypes.List(gone)} any more."
                    ),
                JsonTypes.Array(from.Enum),
                JsonTypes.Array(to.Enum),
                "enum"
            );
        }
    }

    private static string FormatOf(SchemaModel schema) =>
        schema.Format is null ? "no format" : "the format " + schema.Format;

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
            changes.To.Places.Answer(path, keyword)
        );
}
