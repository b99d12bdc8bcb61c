using System.Text;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Selects items and members of an answer to leave out: first the last items of the largest list, then large
/// values inside the first item, then large members. It never shortens a string or a number.</summary>
/// <param name="json">Text that is known to be valid JSON.</param>
/// <param name="isWhole">Whether to leave out only whole members of the root. Only this mode can reach any size,
/// because a value that is shortened inside keeps the names around it, which may be long.</param>
internal sealed class AnswerCut(ReadOnlyMemory<byte> json, bool isWhole = false)
{
    /// <summary>Size in characters below which a member is left out only if no larger one remains.</summary>
    private const int Small = 200;

    /// <summary>An object with more members is treated as a list, because its names are probably keys of
    /// records.</summary>
    private const int MaxMembers = 1000;

    /// <summary>Longest path to show, in characters. Only the ends of a longer path are shown, because the API chooses
    /// the names, and each value below a name repeats it.</summary>
    private const int LongestPath = 160;

    /// <summary>Limit for the total number of bytes read, as a multiple of the answer's length. Without it, nested
    /// lists would be read once for each of 64 levels. Values below the limit are left out as a whole.</summary>
    private const int MostReadings = 16;

    private readonly List<Place> removed = [];
    private readonly List<(string Path, Place Name)> members = [];

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Gets how many bytes were read to find items and members. Bytes that were read twice count
    /// twice.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Gets the lists that lost items, outermost first.</summary>
    public List<(string Path, int Shown, int Total, bool IsTop)> Lists { get; } = [];

    /// <summary>Gets the number of members that are left out as a whole.</summary>
    public int MemberCount => members.Count;

    /// <summary>Gets the paths of the members that are left out as a whole, in the API's spelling.</summary>
    public IEnumerable<string> Members => members.Select(member => Below(member.Path, member.Name));

    /// <summary>Leaves out at least the given number of characters, or as many as possible.</summary>
    /// <returns>The number of characters left out.</returns>
    public int Take(int excess) => TakeFrom(new(0, json.Length), "", 0, excess);

    private int TakeFrom(Place value, string path, int depth, int excess)
    {
        if (BytesRead + value.Length > (long)MostReadings * json.Length)
        {
            return 0;
        }

        BytesRead += value.Length;
        var parts = new AnswerParts(json.Span, value.Start);
        if (parts.IsList)
        {
            return TakeFromList(parts, value, path, depth, excess);
        }

        if (parts.IsObject)
        {
            return TakeFromObject(parts, value, path, depth, excess);
        }

        return 0;
    }

    /// <summary>Returns the remaining JSON text.</summary>
    public byte[] Remainder()
    {
        var kept = new List<Place>();
        var position = 0;
        foreach (var (start, end) in removed.OrderBy(place => place.Start).ThenBy(place => place.End))
        {
            // A removed part may lie inside a value that was removed as a whole later.
            if (end > position)
            {
                kept.Add(new(position, Math.Max(position, start)));
                position = end;
            }
        }

        kept.Add(new(position, json.Length));
        var result = new byte[kept.Sum(place => place.Length)];
        position = 0;
        foreach (var place in kept)
        {
            json.Span[place.Start..place.End].CopyTo(result.AsSpan(position));
            position += place.Length;
        }

        return result;
    }

    private int TakeFromList(AnswerParts items, Place list, string path, int depth, int excess)
    {
        var contents = ContentsOf(list);
        var most = Chars(contents) - excess;
        // The number of first items that fit, at least one, and the end of the last of them.
        var kept = 0;
        var held = 0;
        var end = contents.Start;
        var isFull = false;
        var total = 0;
        var first = default(Place);
        while (items.MoveNext())
        {
            first = total++ == 0 ? items.Value : first;
            held += isFull ? 0 : Chars(end, items.Value.End);
            isFull |= held > most && kept > 0;
            if (!isFull)
            {
                end = items.Value.End;
                kept++;
            }
        }

        if (total == 0)
        {
            return 0;
        }

        var taken = Chars(end, contents.End);
        var lists = Lists.Count;
        var gone = members.Count;
        if (kept < total)
        {
            removed.Add(new(end, contents.End));
            Lists.Add((path, kept, total, items.IsList && depth == 1));
        }

        if (taken < excess)
        {
            taken += TakeFrom(first, Bounded(path + "[0]"), depth + 1, excess - taken);
        }

        if (taken < excess)
        {
            // Not even one item fits, so the lists that were shortened inside the first item are not reported.
            Lists.RemoveRange(lists, Lists.Count - lists);
            members.RemoveRange(gone, members.Count - gone);
            Lists.Add((path, 0, total, false));
            removed.Add(contents);
            return Chars(contents);
        }

        return taken;
    }

    // The text between the brackets, without surrounding whitespace.
    private Place ContentsOf(Place list)
    {
        var start = JsonText.SkipSpace(json.Span, JsonText.SkipSpace(json.Span, list.Start) + 1);
        var text = json.Span[start..list.End].TrimEnd(Space);
        return new(start, start + text[..^1].TrimEnd(Space).Length);
    }

    private int TakeFromObject(AnswerParts parts, Place value, string path, int depth, int excess)
    {
        var all = new List<(Place Name, Place Value)>();
        while (parts.MoveNext())
        {
            if (all.Count == MaxMembers)
            {
                BytesRead += value.Length;
                return TakeFromList(new(json.Span, value.Start), value, path, depth, excess);
            }

            all.Add((parts.Name, parts.Value));
        }

        return TakeFromMembers(all, path, depth, excess);
    }

    private int TakeFromMembers(List<(Place Name, Place Value)> all, string path, int depth, int excess)
    {
        var isGone = new bool[all.Count];
        var taken = 0;
        foreach (var index in Enumerable.Range(0, all.Count).OrderByDescending(index => Chars(all[index].Value)))
        {
            if (taken >= excess)
            {
                break;
            }

            var (name, value) = all[index];
            var part =
                !isWhole && Chars(value) > Small ? TakeFrom(value, Below(path, name), depth + 1, excess - taken) : 0;
            if (part == 0)
            {
                members.Add((path, name));
                isGone[index] = true;
                part = Chars(name.Start, value.End);
            }

            taken += part;
        }

        Remove(all, isGone);
        return taken;
    }

    // Each run of removed members takes one comma with it: the one before it, or the one after it at the beginning.
    private void Remove(List<(Place Name, Place Value)> all, bool[] isGone)
    {
        for (var first = 0; first < isGone.Length; first++)
        {
            if (!isGone[first])
            {
                continue;
            }

            var last = first;
            while (last + 1 < isGone.Length && isGone[last + 1])
            {
                last++;
            }

            // The comma before the members is removed; for the first members, the comma after them.
            var start = first > 0 ? all[first - 1].Value.End : all[0].Name.Start;
            var end = first == 0 && last + 1 < isGone.Length ? all[last + 1].Name.Start : all[last].Value.End;
            removed.Add(new(start, end));
            first = last;
        }
    }

    private string Below(string path, Place name)
    {
        // A character has at most four bytes. If one is cut in two, it becomes U+FFFD after the part that is shown.
        var written = json.Span[(name.Start + 1)..(name.End - 1)];
        var shown = ArgumentPath.Shown(Encoding.UTF8.GetString(written[..Math.Min(written.Length, 4 * LongestPath)]));
        return Bounded(path.Length == 0 ? shown : path + "." + shown);
    }

    private static string Bounded(string path) =>
        path.Length > LongestPath ? path[..(LongestPath / 2)] + "…" + path[^(LongestPath / 2)..] : path;

    private int Chars(Place place) => Chars(place.Start, place.End);

    private int Chars(int start, int end) => Encoding.UTF8.GetCharCount(json.Span[start..end]);
}
