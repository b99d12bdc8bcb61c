using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the limits of an argument. A tighter limit rejects values that were accepted.</summary>
internal static class ArgumentLimits
{
    /// <summary>Receives the class, the kind, the sentence after the argument's name, both values, and the
    /// keyword.</summary>
    public delegate void Report(
        ChangeClass @class,
        ChangeKind kind,
        string what,
        JsonNode? before,
        JsonNode? after,
        string keyword
    );

    public static void Compare(SchemaModel from, SchemaModel to, Report report)
    {
        foreach (var keyword in LimitKeyword.All)
        {
            var (before, after) = (from.Limits[keyword], to.Limits[keyword]);
            if (keyword.Kind is LimitKind.Lower or LimitKind.Upper)
            {
                Range(keyword, before, after);
            }
            else
            {
                Form(keyword.Name, ChangeKind.LimitLoosened, ChangeKind.LimitTightened, before?.Digits, after?.Digits);
            }
        }

        Form("pattern", ChangeKind.LimitLoosened, ChangeKind.LimitTightened, from.Pattern, to.Pattern);
        Form("format", ChangeKind.FormatLoosened, ChangeKind.FormatTightened, Format(from), Format(to));

        void Range(LimitKeyword keyword, Bound? before, Bound? after)
        {
            var order = Order(before, after, keyword.Kind == LimitKind.Upper);
            if (order != 0)
            {
                report(
                    order > 0 ? ChangeClass.Breaking : ChangeClass.Additive,
                    order > 0 ? ChangeKind.LimitTightened : ChangeKind.LimitLoosened,
                    $"has another {keyword.Name}: {Words(before)} before, {Words(after)} now.",
                    Number(before),
                    Number(after),
                    keyword.Name
                );
            }
        }

        // It is not possible to decide whether one pattern accepts everything that another accepts, so a different
        // pattern counts as tighter.
        void Form(string keyword, ChangeKind loosened, ChangeKind tightened, string? before, string? after)
        {
            if (before != after)
            {
                report(
                    after is null ? ChangeClass.Additive : ChangeClass.Breaking,
                    after is null ? loosened : tightened,
                    after is null ? $"has no {keyword} any more." : $"must have the {keyword} {after} now.",
                    before,
                    after,
                    keyword
                );
            }
        }
    }

    // The number of bits of a number does not matter in JSON.
    private static string? Format(SchemaModel schema) =>
        schema.Format is "int32" or "int64" or "float" or "double" ? null : schema.Format;

    /// <returns>A positive number if the limit is tighter now, a negative one if it is looser, 0 if it is
    /// equal.</returns>
    private static int Order(Bound? before, Bound? after, bool isUpper)
    {
        if (before is not { } was || after is not { } now)
        {
            return (after is null ? 0 : 1) - (before is null ? 0 : 1);
        }

        var order = SchemaBounds.Compare(now.Digits, was.Digits);
        if (order == 0)
        {
            return now.IsExclusive.CompareTo(was.IsExclusive);
        }

        return isUpper ? -order : order;
    }

    private static string Words(Bound? limit)
    {
        if (limit is not { } bound)
        {
            return "none";
        }

        return bound.IsExclusive ? bound.Digits + " itself excluded" : bound.Digits;
    }

    private static JsonNode? Number(Bound? limit) => limit is { } bound ? JsonNode.Parse(bound.Digits) : null;
}
