using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds members of <c>x-mcp</c> that have no effect, because they are misspelt or of another kind. They are
/// warnings, because another tool may define members with the same name.</summary>
internal static class OverlayMembers
{
    private static readonly Dictionary<string, Kind> OfOperation = new(StringComparer.Ordinal)
    {
        ["name"] = Kind.Text,
        ["exclude"] = Kind.Text,
        ["domain"] = Kind.Text,
        ["invoking"] = Kind.Text,
        ["invoked"] = Kind.Text,
        ["aliases"] = Kind.List,
        ["profiles"] = Kind.List,
        ["spans"] = Kind.List,
        ["fileParams"] = Kind.List,
        ["argumentAliases"] = Kind.Object,
        ["upload"] = Kind.Object,
        ["view"] = Kind.Object,
        ["paging"] = Kind.Object,
        ["totals"] = Kind.FlagOrObject,
        ["brief"] = Kind.List,
        ["echo"] = Kind.Object,
        ["once"] = Kind.FlagOrObject,
        ["preview"] = Kind.FlagOrObject,
        ["task"] = Kind.Object,
        ["record"] = Kind.Object,
        ["core"] = Kind.Flag,
        ["wait"] = Kind.Flag,
        ["confirm"] = Kind.Flag,
        ["readOnly"] = Kind.Flag,
        ["destructive"] = Kind.Flag,
        [HintReader.NotDestructive] = Kind.Text,
        ["idempotent"] = Kind.Flag,
        ["openWorld"] = Kind.Flag,
    };

    private static readonly Dictionary<string, Kind> OfDocument = new(StringComparer.Ordinal)
    {
        ["instructions"] = Kind.TextOrList,
        ["fields"] = Kind.Flag,
        ["spans"] = Kind.List,
        ["totals"] = Kind.Flag,
        ["echo"] = Kind.List,
        ["preview"] = Kind.Flag,
        ["failures"] = Kind.Object,
        ["retired"] = Kind.Object,
        ["research"] = Kind.Object,
        ["composed"] = Kind.Object,
        ["lookups"] = Kind.Object,
        ["oneResource"] = Kind.Flag,
        ["authorizationServer"] = Kind.Object,
        ["terms"] = Kind.Text,
        ["policy"] = Kind.Text,
    };

    private enum Kind
    {
        Text,
        TextOrList,
        Flag,
        FlagOrObject,
        List,
        Object,
    }

    public static IEnumerable<Diagnostic> Check(
        SpecificationDocument document,
        IEnumerable<OperationSource> operations
    ) =>
        Check(document.File, document.Root, "", OfDocument)
            .Concat(
                operations.SelectMany(operation =>
                    Check(document.File, operation.Operation, operation.Pointer, OfOperation)
                )
            );

    private static IEnumerable<Diagnostic> Check(
        string file,
        JsonObject holder,
        string pointer,
        Dictionary<string, Kind> known
    )
    {
        if (holder["x-mcp"] is not JsonObject extension)
        {
            if (holder.ContainsKey("x-mcp"))
            {
                yield return Finding("", "'x-mcp' is ignored: an object is expected.");
            }

            yield break;
        }

        foreach (var (name, value) in extension)
        {
            if (!known.TryGetValue(name, out var kind))
            {
                var nearest = NearestMember.Find(name, known.Keys) is { } meant ? $" Did you mean '{meant}'?" : "";
                yield return Finding(
                    "/" + name,
                    $"x-mcp has no member '{name}' here; it is ignored.{nearest} There are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."
                );
            }
            else if (!Fits(value, kind))
            {
                yield return Finding("/" + name, $"x-mcp.{name} is ignored or misread: {Words(kind)} is expected.");
            }
        }

        Diagnostic Finding(string member, string message) =>
            new(DiagnosticIds.OverlayMember, Severity.Warning, file, pointer + "/x-mcp" + member, message);
    }

    private static bool Fits(JsonNode? value, Kind kind) =>
        KindOf(value) is { } found
        && (
            found == kind
            || (kind == Kind.TextOrList && found is Kind.Text or Kind.List)
            || (kind == Kind.FlagOrObject && found is Kind.Flag or Kind.Object)
        );

    private static Kind? KindOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.String => Kind.Text,
            JsonValueKind.True or JsonValueKind.False => Kind.Flag,
            JsonValueKind.Array => Kind.List,
            JsonValueKind.Object => Kind.Object,
            _ => null,
        };

    private static string Words(Kind kind) =>
        kind switch
        {
            Kind.Text => "a text",
            Kind.TextOrList => "a text or a list",
            Kind.Flag => "true or false",
            Kind.FlagOrObject => "true or false, or an object",
            Kind.List => "a list",
            _ => "an object",
        };
}
