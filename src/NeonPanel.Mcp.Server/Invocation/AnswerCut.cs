using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Decides which items and members of an answer to leave out: of the largest list its last items first, then what
/// is large inside the first item, then large members; never a part of a value.</summary>
internal sealed class AnswerCut(ReadOnlyMemory<byte> json)
{
    /// <summary>A member below this is left out only when nothing else is left to take.</summary>
    private const int Small = 200;

    private readonly List<(int Start, int End)> removed = [];

    /// <summary>Gets the lists that lost items, the outermost first.</summary>
    public List<(string Path, int Shown, int Total, bool IsTop)> Lists { get; } = [];

    /// <summary>Gets the paths of the members that are left out whole.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Takes at least so many characters out of a value, or as many as can be.</summary>
    /// <returns>How many it took.</returns>
    public int TakeFrom(JsonElement value, string path, int excess) => value.ValueKind switch
    {
        JsonValueKind.Array => TakeFromList(value, path, excess),
        JsonValueKind.Object => TakeFromObject(value, path, excess),
        _ => 0,
    };

    /// <summary>Gets what remains.</summary>
    public byte[] Remainder()
    {
        using var buffer = new MemoryStream(json.Length);
        var position = 0;
        foreach (var (start, end) in removed.Order())
        {
            // What was taken out of something that was then left out whole lies inside it.
            if (end > position)
            {
                buffer.Write(json.Span[position..Math.Max(position, start)]);
                position = end;
            }
        }

        buffer.Write(json.Span[position..]);
        return buffer.ToArray();
    }

    private int TakeFromList(JsonElement list, string path, int excess)
    {
        var ends = new List<int>();
        foreach (var item in list.EnumerateArray())
        {
            ends.Add(Place(item).End);
        }

        if (ends.Count == 0)
        {
            return 0;
        }

        var kept = ends.Count;
        var taken = 0;
        while (kept > 1 && taken < excess)
        {
            kept--;
            taken += Chars(ends[kept - 1], ends[kept]);
        }

        var first = list[0];
        var entry = Lists.Count;
        if (kept < ends.Count)
        {
            removed.Add((ends[kept - 1], ends[^1]));
            Lists.Add((path, kept, ends.Count, !path.Contains('.', StringComparison.Ordinal) && !path.Contains('[', StringComparison.Ordinal)));
        }

        if (taken < excess)
        {
            taken += TakeFrom(first, path + "[0]", excess - taken);
        }

        if (taken < excess)
        {
            // Not even one item fits.
            Lists.RemoveRange(entry, Lists.Count - entry);
            Lists.Add((path, 0, ends.Count, false));
            removed.Add((Place(first).Start, ends[^1]));
            return Chars(Place(first).Start, ends[^1]);
        }

        return taken;
    }

    private int TakeFromObject(JsonElement value, string path, int excess)
    {
        var members = value.EnumerateObject().Select(member => (Property: member, Place: Place(member.Value))).ToList();
        var isGone = new bool[members.Count];
        var taken = 0;
        foreach (var index in Enumerable.Range(0, members.Count).OrderByDescending(index => Chars(members[index].Place)))
        {
            var (member, place) = members[index];
            if (taken >= excess)
            {
                break;
            }

            // As it is written: a name with half a surrogate pair has no other form.
            var written = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
            var name = path.Length == 0 ? written : path + "." + written;
            var (lists, gone) = (Lists.Count, Members.Count);
            var part = Chars(place) > Small ? TakeFrom(member.Value, name, excess - taken) : 0;
            if (part == 0)
            {
                Lists.RemoveRange(lists, Lists.Count - lists);
                Members.RemoveRange(gone, Members.Count - gone);
                Members.Add(name);
                isGone[index] = true;
                part = Chars(place);
            }

            taken += part;
        }

        Remove(members.ConvertAll(member => (NameStart(member.Property), member.Place.End)), isGone);
        return taken;
    }

    // With each run of members that go, one comma goes: the one before it, or after it where nothing stands before.
    private void Remove(List<(int Start, int End)> members, bool[] isGone)
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

            removed.Add(first > 0 ? (members[first - 1].End, members[last].End)
                : last + 1 < isGone.Length ? (members[0].Start, members[last + 1].Start)
                : (members[0].Start, members[last].End));
            first = last;
        }
    }

    private (int Start, int End) Place(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        json.Span.Overlaps(raw, out var start);
        return (start, start + raw.Length);
    }

    private int NameStart(JsonProperty member)
    {
        json.Span.Overlaps(JsonMarshal.GetRawUtf8PropertyName(member), out var start);
        return start - 1; // the quote
    }

    private int Chars((int Start, int End) place) => Chars(place.Start, place.End);

    private int Chars(int start, int end) => Encoding.UTF8.GetCharCount(json.Span[start..end]);
}
