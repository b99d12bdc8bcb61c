namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Indexes things by every text that may name them, so that a lookup does not search all things.</summary>
internal sealed class NameIndex
{
    private const int None = -1;

    private readonly IReadOnlyList<NamedThing> things;

    // The first entry of each text, regardless of case. An entry contains its thing and the next entry of the same
    // text.
    private readonly Dictionary<string, int> first;
    private readonly List<(int Thing, int Next)> entries;

    public NameIndex(IReadOnlyList<NamedThing> things)
    {
        this.things = things;
        var count = things.Sum(thing => thing.Names.Count + 1);
        first = new(count, StringComparer.OrdinalIgnoreCase);
        entries = new(count);
        // Added in reverse order, so that the entries of a text are in the order of the API.
        for (var index = things.Count - 1; index >= 0; index--)
        {
            var thing = things[index];
            Add(thing.Value, index);
            foreach (var name in thing.Names)
            {
                Add(name, index);
            }
        }
    }

    /// <summary>Returns the things with this value or name, regardless of case, in the order of the API. A thing may
    /// occur several times.</summary>
    public IEnumerable<NamedThing> Candidates(string text)
    {
        for (var entry = first.GetValueOrDefault(text, None); entry != None; entry = entries[entry].Next)
        {
            yield return things[entries[entry].Thing];
        }
    }

    private void Add(string text, int thing)
    {
        entries.Add((thing, first.GetValueOrDefault(text, None)));
        first[text] = entries.Count - 1;
    }
}
