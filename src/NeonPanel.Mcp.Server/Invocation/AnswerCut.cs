using System.Text;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Chooses the items and members of an answer to leave out: the last items of the largest list first, then
/// large values inside the first item, then large members. It never leaves out a part of a text or number.</summary>
/// <param name="json">Text that is known to be JSON.</param>
/// <param name="isWhole">Whether only whole members of the root are left out. Then any size can be reached: what is cut
/// inside keeps the names around it, which may be long.</param>
internal sealed class AnswerCut(ReadOnlyMemory<byte> json, bool isWhole = false)
{
    /// <summary>A member below this is left out only when nothing else is left to take.</summary>
    private const int Small = 200;

    /// <summary>An object with more members is a table by some key, and is cut as a list is.</summary>
    private const int MaxMembers = 1000;

    /// <summary>A longer path is shown by its ends. The API chooses the names, and each value below carries the
    /// path.</summary>
    private const int LongestPath = 160;

    /// <summary>How many times the length of the answer is read. Answers that hold lists in lists in lists would
    /// otherwise be read once for each of 64 levels; what lies below is then left out whole.</summary>
    private const int MostReadings = 16;

    private readonly List<Place> removed = [];
    private readonly List<(string Path, Place Name)> members = [];

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Gets how many bytes were read to find the items and members; those that were read again count
    /// again.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Gets the lists that lost items, the outermost first.</summary>
    public List<(string Path, int Shown, int Total, bool IsTop)> Lists { get; } = [];

    /// <summary>Gets how many members are left out whole.</summary>
    public int MemberCount => members.Count;

    /// <summary>Gets the paths of the members that are left out whole, written as the API writes them.</summary>
    public IEnumerable<string> Members => members.Select(member => Below(member.Path, member.Name));

    /// <summary>Takes at least so many characters out of the answer, or as many as can be.</summary>
    /// <returns>How many it took.</returns>
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

    /// <summary>Gets what remains.</summary>
    public byte[] Remainder()
    {
        var kept = new List<Place>();
        var position = 0;
        foreach (var (start, end) in removed.OrderBy(place => place.Start).ThenBy(place => place.End))
        {
            // What was taken out of something that was then left out whole lies inside it.
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
        // The first items that go into so many characters, at least one, and where the last of them ends.
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
        var (lists, gone) = (Lists.Count, members.Count);
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
            // Not even one item fits, so what was cut inside of the first is not reported.
            Lists.RemoveRange(lists, Lists.Count - lists);
            members.RemoveRange(gone, members.Count - gone);
            Lists.Add((path, 0, total, false));
            removed.Add(contents);
            return Chars(contents);
        }

        return taken;
    }

    // What stands between the brackets, without the space around it.
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

    // With each run of members that go, one comma goes: the one before it, or after it where nothing stands before.
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

            // The comma before the members goes with them; of the first members, the comma behind them.
            var start = first > 0 ? all[first - 1].Value.End : all[0].Name.Start;
            var end = first == 0 && last + 1 < isGone.Length ? all[last + 1].Name.Start : all[last].Value.End;
            removed.Add(new(start, end));
            first = last;
        }
    }

    private string Below(string path, Place name)
    {
        // A character has at most four bytes; one that is cut in two becomes U+FFFD, behind what is shown.
        var written = json.Span[(name.Start + 1)..(name.End - 1)];
        var shown = ArgumentPath.Shown(Encoding.UTF8.GetString(written[..Math.Min(written.Length, 4 * LongestPath)]));
        return Bounded(path.Length == 0 ? shown : path + "." + shown);
    }

    private static string Bounded(string path) =>
        path.Length > LongestPath ? path[..(LongestPath / 2)] + "…" + path[^(LongestPath / 2)..] : path;

    private int Chars(Place place) => Chars(place.Start, place.End);

    private int Chars(int start, int end) => Encoding.UTF8.GetCharCount(json.Span[start..end]);
}
