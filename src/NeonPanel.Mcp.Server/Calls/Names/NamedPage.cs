using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Collects the things of a list, page by page.</summary>
internal sealed class NamedPage(NameSource source)
{
    // A list inside a list contains the same thing many times.
    private readonly HashSet<string>? known = source.Items.Contains('.', StringComparison.Ordinal)
        ? new(StringComparer.Ordinal)
        : null;
    private readonly List<NamedThing> things = [];
    private int size;

    public IReadOnlyList<NamedThing> Things => things;

    /// <summary>Gets whether things were left out because they are too many.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds the things of a page.</summary>
    /// <returns>The number of objects of the page.</returns>
    public int Add(JsonElement answer, int mostSize)
    {
        var count = 0;
        foreach (var item in JsonPlaces.At(answer, source.Items))
        {
            count++;
            if (Read(item) is not { } thing || known?.Add(thing.Value) == false)
            {
                continue;
            }

            size += NamedList.SizeOf(thing);
            if (size > mostSize)
            {
                IsFull = true;
                return count;
            }

            things.Add(thing);
        }

        return count;
    }

    private NamedThing? Read(JsonElement item)
    {
        // A longer text cannot be sent as a name.
        var names = source
            .Match.Select(name => JsonPlaces.Text(item, name))
            .OfType<string>()
            .Where(name => name.Length <= NameText.Longest)
            .Select(NameText.Plain)
            .Where(name => name.Length is > 0 and <= NameText.Longest)
            .ToList();
        var shown = source
            .Distinguish.Select(name => JsonPlaces.Text(item, name))
            .OfType<string>()
            .Where(text => text.Length is > 0 and <= NameText.Longest)
            .ToList();
        // A value that is not valid Unicode would be changed when it is sent.
        return
            JsonPlaces.Text(item, source.Value) is { Length: > 0 and <= NameText.Longest } value
            && !value.Contains('\uFFFD', StringComparison.Ordinal)
            && names.Count > 0
            ? new(value, names) { Shown = shown }
            : null;
    }
}
