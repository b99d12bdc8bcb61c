namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>A thing that people call by name.</summary>
/// <param name="Value">The value that the API accepts for it.</param>
/// <param name="Names">The names that people use. Messages use the first one.</param>
internal sealed record NamedThing(string Value, IReadOnlyList<string> Names);

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

    private const int MostTold = 5;

    /// <summary>Finds the things with a name: by exact match, otherwise regardless of case.</summary>
    public IReadOnlyList<NamedThing> Find(string name)
    {
        var plain = NameText.Plain(name);
        var exact = Named(plain, StringComparison.Ordinal);
        return exact.Count > 0 ? exact : Named(plain, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Suggests things whose name is similar to or contains the given name, or lists all things if there are
    /// few.</summary>
    /// <returns>A sentence followed by a space, or the empty string.</returns>
    public string Nearest(string name)
    {
        var plain = NameText.Plain(name);
        var near = Things
            .Where(thing => thing.Names.Any(known => known.Contains(plain, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (near.Count == 0 && NearestName.Find(plain, Things.SelectMany(thing => thing.Names)) is { } nearest)
        {
            near = [.. Find(nearest)];
        }

        if (near.Count > 0)
        {
            return $"Did you mean {Told(near)}? ";
        }

        if (Things.Count is > 0 and <= MostTold)
        {
            return $"There are {Told(Things)}. ";
        }

        return "";
    }

    public static int SizeOf(NamedThing thing) =>
        Overhead + thing.Value.Length + thing.Names.Sum(name => Overhead + name.Length);

    /// <summary>Lists the first things by name and value.</summary>
    public static string Told(IReadOnlyList<NamedThing> things) =>
        string.Join(
            ", ",
            things
                .Take(MostTold)
                .Select(thing => $"'{ArgumentPath.Shown(thing.Names[0])}' ({ArgumentPath.Shown(thing.Value)})")
        ) + (things.Count > MostTold ? $", … ({things.Count} in all)" : "");

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
