using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Completes the beginning of a name to the names that the caller may use. It reads the same lists as the
/// lookups of calls, with the caller's own rights, and shares their cache.</summary>
internal sealed class NameCompletion(NamedThings things, ToolCatalog catalog)
{
    /// <summary>Most values of an answer (MCP 2025-11-25, Completion, Completion Results).</summary>
    public const int Most = 100;

    /// <summary>Most things, such as companies, whose lists are read if the user has not chosen one.</summary>
    private const int MostScopes = 5;

    /// <summary>Most pages of a list that is read before the user has typed anything. A search finds the
    /// rest.</summary>
    private const int FirstPages = 2;

    /// <param name="source">Where the names are.</param>
    /// <param name="typed">What the user has typed so far.</param>
    /// <param name="chosen">Returns what the user has chosen of another kind, such as the company, or
    /// <see langword="null"/>.</param>
    /// <param name="call">The caller.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<CompletedNames> FindAsync(
        NameSource source,
        string typed,
        Func<NameSource, string?> chosen,
        CallContext call,
        CancellationToken cancellationToken
    )
    {
        var text = NameText.Plain(typed);
        if (text.Length > NameText.Longest)
        {
            return CompletedNames.None;
        }

        var (scopes, isWhole, failure) = await ScopesAsync(source, chosen, call, cancellationToken);
        if (failure is not null)
        {
            return CompletedNames.Failed(failure);
        }

        var lists = await Task.WhenAll(
            scopes.Select(scope => things.ListAsync(Query(source, scope, text), call, cancellationToken))
        );
        return lists.FirstOrDefault(list => list.Failure is not null) is { Failure: { } reason }
            ? CompletedNames.Failed(reason)
            : Complete(text, lists, isWhole && lists.All(list => list.IsWhole));
    }

    private static NameQuery Query(NameSource source, NameScope scope, string text)
    {
        var query = new NameQuery(source, scope);
        if (source.Search is null)
        {
            return query;
        }

        return text.Length == 0 ? query with { MaxPages = FirstPages } : query with { Text = text };
    }

    // The parts of the API's data to look in: the chosen one, or the first ones that the caller sees.
    private async Task<(IReadOnlyList<NameScope> Scopes, bool IsWhole, ToolResult? Failure)> ScopesAsync(
        NameSource source,
        Func<NameSource, string?> chosen,
        CallContext call,
        CancellationToken cancellationToken
    )
    {
        if (source.Scope.Count == 0)
        {
            return ([NameScope.Everything], true, null);
        }

        var filled = source.Scope[0].List;
        if (
            !catalog.TryGet(source.List, out var tool)
            || tool.Lookups.FirstOrDefault(lookup => lookup.Path == filled)?.Source is not { Scope.Count: 0 } outer
        )
        {
            return ([], true, null);
        }

        var name = chosen(outer);
        if (name is not null && outer.Format is { } format && TextFormat.Fits(format, name))
        {
            return ([Scope(source, name)], true, null);
        }

        var list = await things.ListAsync(new(outer, NameScope.Everything), call, cancellationToken);
        if (list.Failure is not null)
        {
            return ([], false, list.Failure);
        }

        if (name is not null)
        {
            // A name that fits several things, or none, has no completions, as a call with it would be refused.
            return (list.Find(name) is [var only] ? [Scope(source, only.Value)] : [], true, null);
        }

        return (
            [.. list.Things.Take(MostScopes).Select(thing => Scope(source, thing.Value))],
            list.IsWhole && list.Things.Count <= MostScopes,
            null
        );
    }

    private static NameScope Scope(NameSource source, string value) =>
        NameScope.Of(source, _ => JsonElement.Parse($"\"{JsonEncodedText.Encode(value)}\""))!;

    // Names that begin with the text come first, then those that contain it, each in alphabetical order.
    private static CompletedNames Complete(string text, IEnumerable<NamedList> lists, bool isWhole)
    {
        var beginning = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var containing = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var thing in lists.SelectMany(list => list.Things))
        {
            if (
                thing.Names.FirstOrDefault(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase)) is
                { } first
            )
            {
                beginning.Add(first);
            }
            else if (
                thing.Names.FirstOrDefault(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)) is { } part
            )
            {
                containing.Add(part);
            }
        }

        containing.ExceptWith(beginning);
        var all = beginning.Concat(containing).ToList();
        return new([.. all.Take(Most)], isWhole ? all.Count : null, !isWhole || all.Count > Most);
    }
}

/// <summary>The names that a text can be completed to.</summary>
/// <param name="Values">At most <see cref="NameCompletion.Most"/> names.</param>
/// <param name="Total">The number of all names, or <see langword="null"/> if it is not known.</param>
/// <param name="HasMore">Whether there are, or may be, more names.</param>
/// <param name="Failure">The reason why there are no names, or <see langword="null"/>.</param>
internal sealed record CompletedNames(
    IReadOnlyList<string> Values,
    int? Total,
    bool HasMore,
    ToolResult? Failure = null
)
{
    public static CompletedNames None { get; } = new([], 0, false);

    public static CompletedNames Failed(ToolResult failure) => new([], null, false, failure);
}
