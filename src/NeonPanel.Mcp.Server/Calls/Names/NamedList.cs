using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>A thing that people call by name.</summary>
/// <param name="Value">The value that the API accepts for it.</param>
/// <param name="Names">The names that people use. Messages use the first one.</param>
internal sealed record NamedThing(string Value, IReadOnlyList<string> Names)
{
    /// <summary>Gets further members that tell things with one name apart.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];
}

/// <summary>All things that a caller may name.</summary>
/// <param name="Things">The things in the order of the API.</param>
/// <param name="IsWhole">Whether the list is complete.</param>
/// <param name="Failure">The reason why there is no list, or <see langword="null"/>.</param>
internal sealed record NamedList(IReadOnlyList<NamedThing> Things, bool IsWhole = true, ToolResult? Failure = null)
{
    // Memory of a thing, a name and their index entries in addition to their text, in characters.
    private const int Overhead = 64;

    private readonly NameIndex index = new(Things);

    /// <summary>Gets the size in memory, in characters.</summary>
    public int Size => Overhead + Things.Sum(SizeOf);

    /// <summary>Gets the part of a message that says what was searched.</summary>
    public string Extent => IsWhole ? "them" : $"the first {Things.Count}";

    /// <summary>Finds the things with a name: by exact match, otherwise regardless of case.</summary>
    public IReadOnlyList<NamedThing> Find(string name)
    {
        var plain = NameText.Plain(name);
        var exact = Named(plain, StringComparison.Ordinal);
        return exact.Count > 0 ? exact : Named(plain, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Finds the things with a name that begins with a text, regardless of case. A number has no
    /// beginning.</summary>
    public IReadOnlyList<NamedThing> Beginning(string text)
    {
        var plain = NameText.Plain(text);
        return
        [
            .. Things
                .Where(thing =>
                    thing.Names.Any(known =>
                        known.StartsWith(plain, StringComparison.OrdinalIgnoreCase) && !known.All(char.IsAsciiDigit)
                    )
                )
                .DistinctBy(thing => thing.Value),
        ];
    }

    /// <summary>Suggests things whose name is similar to or contains the given name, or lists all things if there are
    /// few.</summary>
    /// <returns>A sentence followed by a space, or the empty string.</returns>
    public string Nearest(string name)
    {
        var plain = NameText.Plain(name);
        var near = Containing(plain);
        if (near.Count == 0)
        {
            near = Containing(NameText.LongestWord(plain));
        }

        if (near.Count == 0 && NearestName.Find(plain, Things.SelectMany(thing => thing.Names)) is { } nearest)
        {
            near = [.. Find(nearest)];
        }

        if (near.Count > 0)
        {
            return $"Did you mean {NameTexts.Told(near)}? ";
        }

        return Things.Count is > 0 and <= NameTexts.Most ? $"There are {NameTexts.Told(Things)}. " : "";
    }

    public static int SizeOf(NamedThing thing) =>
        Overhead
        + thing.Value.Length
        + thing.Names.Sum(name => Overhead + name.Length)
        + thing.Shown.Sum(shown => Overhead + shown.Length);

    private List<NamedThing> Containing(string text) =>
        [
            .. Things
                .Where(thing =>
                    text.Length > 0
                    && thing.Names.Any(known => known.Contains(text, StringComparison.OrdinalIgnoreCase))
                )
                .DistinctBy(thing => thing.Value),
        ];

    private List<NamedThing> Named(string plain, StringComparison comparison) =>
        [
            .. index
                .Candidates(plain)
                .Where(thing =>
                    thing.Value == plain || thing.Names.Any(known => string.Equals(known, plain, comparison))
                )
                .DistinctBy(thing => thing.Value),
        ];
}
