namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>Something people have names for.</summary>
/// <param name="Value">What the API takes.</param>
/// <param name="Names">What people call it, the first as they are told.</param>
internal sealed record NamedThing(string Value, IReadOnlyList<string> Names);

/// <summary>All that a caller may name.</summary>
/// <param name="Things">In the order of the API.</param>
/// <param name="IsWhole">Whether these are all there are.</param>
/// <param name="Failure">Why there is no list, or <see langword="null"/>.</param>
internal sealed record NamedList(IReadOnlyList<NamedThing> Things, bool IsWhole = true, ToolResult? Failure = null)
{
    // What the objects of a thing, of a name and of their entries in the index take beside their text, in characters.
    private const int Overhead = 64;

    private readonly NameIndex index = new(Things);

    /// <summary>Gets the size in memory, in characters.</summary>
    public int Size => Overhead + Things.Sum(SizeOf);

    /// <summary>Gets what was looked through.</summary>
    public string Extent => IsWhole ? "them" : $"the first {Things.Count}";

    private const int MostTold = 5;

    /// <summary>Finds what a name may mean: by its very letters, else by those in any case.</summary>
    public IReadOnlyList<NamedThing> Find(string name)
    {
        var plain = NameText.Plain(name);
        var exact = Named(plain, StringComparison.Ordinal);
        return exact.Count > 0 ? exact : Named(plain, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Asks whether one of those was meant whose name is near, or holds what was sent; names all where they
    /// are few. A sentence and a space, or nothing.</summary>
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

    /// <summary>Some things by name and value.</summary>
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
