using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Sentences about names and the things that they mean.</summary>
internal static class NameTexts
{
    /// <summary>Most things in one sentence.</summary>
    public const int Most = 5;

    /// <summary>Returns the word for the value that the API accepts, such as <c>id</c>.</summary>
    public static string Value(NameSource source) => source.Learn?.Value ?? source.Value;

    public static string Expected(NameSource source) =>
        source.Learn is null
            ? $"{Article(source.Value)} {source.Value} from {source.List}, or {Article(source.Match[0])} {string.Join(" or ", source.Match)} from there"
            : $"a numeric {source.Learn.Value}, or a {string.Join(" or ", source.Match.Prepend(source.Value))} from {source.List}";

    /// <summary>Returns the note about a name that was replaced: <c>Item: HP-LANT-01 (Trail Lantern), id 7404.</c> A
    /// value that is no number means nothing to a reader and is left out.</summary>
    public static string Note(ArgumentLookup lookup, NamedThing thing)
    {
        var noun = lookup.Source.Noun ?? lookup.Path;
        var name = ArgumentPath.Shown(thing.Names[0]);
        if (!lookup.IsNumber)
        {
            return $"{noun}: {Ended(name)}";
        }

        var detail = Details(thing).FirstOrDefault() is { } first ? $" ({first})" : "";
        return $"{noun}: {name}{detail}, {Value(lookup.Source)} {ArgumentPath.Shown(thing.Value)}.";
    }

    /// <summary>Lists the first things with the members that tell them apart.</summary>
    /// <param name="withValues">Whether the list contains the values.</param>
    public static string Told(IReadOnlyList<NamedThing> things, bool withValues = true, int most = Most) =>
        string.Join(", ", things.Take(most).Select(thing => Told(thing, withValues)))
        + (things.Count > most ? $", … ({things.Count} in all)" : "");

    private static string Told(NamedThing thing, bool withValue, string quote = "'")
    {
        var details = Details(thing).Concat(withValue ? [ArgumentPath.Shown(thing.Value)] : Array.Empty<string>());
        var text = string.Join(", ", details);
        return $"{quote}{ArgumentPath.Shown(thing.Names[0])}{quote}" + (text.Length == 0 ? "" : $" ({text})");
    }

    /// <summary>Returns things as the titles of options: <c>Trail Lantern (HP-LANT-01, 7404)</c>. A value that is no
    /// number means nothing to a person; it is shown only if two titles are the same without it.</summary>
    public static IReadOnlyList<string> Options(ArgumentLookup lookup, IReadOnlyList<NamedThing> things)
    {
        var titles = things.Select(thing => Option(thing, lookup.IsNumber)).ToList();
        return titles.Distinct(StringComparer.Ordinal).Count() == titles.Count
            ? titles
            : [.. things.Select(thing => Option(thing, withValue: true))];
    }

    private static string Option(NamedThing thing, bool withValue) => HiddenText.Of(Told(thing, withValue, quote: ""));

    private static IEnumerable<string> Details(NamedThing thing) =>
        thing.Shown.Where(detail => detail != thing.Names[0]).Select(ArgumentPath.Shown);

    // A word of an API that begins with 'u' is most often 'uuid', 'uid' or 'user'.
    private static string Article(string word) => word[0] is 'a' or 'e' or 'i' or 'o' ? "an" : "a";

    private static string Ended(string name) => name.EndsWith('.') ? name : name + ".";
}
