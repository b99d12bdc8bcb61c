using System.Buffers.Text;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Finds values of another kind than the proven one in an answer, and reads each byte once.</summary>
/// <param name="json">An object: text that is known to be valid JSON.</param>
/// <param name="indexes">Room for the positions in nested lists.</param>
internal ref struct ProvenScan(ReadOnlySpan<byte> json, Span<int> indexes)
{
    /// <summary>Most values that are described.</summary>
    private const int MostNamed = 3;

    /// <summary>A number with fewer characters, and without an exponent, is finite in every client.</summary>
    private const int SafeDigits = 300;

    private readonly ReadOnlySpan<byte> json = json;
    private readonly Span<int> indexes = indexes;
    private int depth;
    private string? description;
    private (ProvenMember Place, ValueKinds Kind) last;

    /// <summary>Gets the members to rename, or <see langword="null"/> if all values are as usual.</summary>
    public List<Surprise>? Found { get; private set; }

    public void Read(ProvenMember root)
    {
        var start = JsonText.SkipSpace(json, 0);
        if (json[start] == '{')
        {
            Members(root, start);
        }
    }

    /// <returns>The end of the object.</returns>
    private int Members(ProvenMember place, int start)
    {
        var expected = 0;
        for (var at = JsonText.SkipSpace(json, start + 1); ; at = JsonText.SkipSpace(json, at))
        {
            if (json[at] == '}')
            {
                return at + 1;
            }

            at = json[at] == ',' ? JsonText.SkipSpace(json, at + 1) : at;
            var name = at + 1;
            var member = place.Find(json[at..], ref expected, out var length);
            // The position after the colon.
            at = JsonText.SkipSpace(json, JsonText.SkipSpace(json, at + length) + 1);
            if (member is null)
            {
                at = JsonText.EndOfValue(json, at);
                continue;
            }

            var before = Found?.Count ?? 0;
            if (!Fits(member, ref at))
            {
                // The whole member moves, so nothing inside it is described any more.
                Found ??= [];
                Found.RemoveRange(before, Found.Count - before);
                Found.Add(new(name, member.Prefix, last.Place, last.Kind, description));
            }
        }
    }

    /// <param name="at">The position of the value; returns its end.</param>
    private bool Fits(ProvenMember place, ref int at)
    {
        var start = at;
        var kind = KindOf(json[at]);
        if (kind == ValueKinds.Number)
        {
            kind = Number(ref at);
        }

        // An integer is a number; the reverse is not true.
        if (
            place.Kind != ValueKinds.None
            && place.Kind != kind
            && !(place.Kind == ValueKinds.Number && kind == ValueKinds.Integer)
        )
        {
            at = JsonText.EndOfValue(json, start);
            Describe(place, kind, json[start..at]);
            return false;
        }

        if (kind == ValueKinds.Object && place.HasMembers)
        {
            at = Members(place, at);
            return true;
        }

        if (kind == ValueKinds.Array && place.Items is { } item)
        {
            return ItemsFit(item, ref at);
        }

        at = at == start ? JsonText.EndOfValue(json, at) : at;
        return true;
    }

    private bool ItemsFit(ProvenMember item, ref int at)
    {
        var fit = true;
        var level = depth++;
        indexes[level] = 0;
        for (at = JsonText.SkipSpace(json, at + 1); json[at] != ']'; at = JsonText.SkipSpace(json, at))
        {
            if (json[at] == ',')
            {
                indexes[level]++;
                at = JsonText.SkipSpace(json, at + 1);
            }

            if (fit)
            {
                fit = Fits(item, ref at);
            }
            else
            {
                at = JsonText.EndOfValue(json, at);
            }
        }

        at++;
        depth--;
        return fit;
    }

    private void Describe(ProvenMember place, ValueKinds kind, ReadOnlySpan<byte> value)
    {
        last = (place, kind);
        description =
            (Found?.Count ?? 0) < MostNamed ? SurpriseText.Of(place.PathOf(indexes[..depth]), value, place.Kind) : null;
    }

    private static ValueKinds KindOf(byte first) =>
        first switch
        {
            (byte)'"' => ValueKinds.String,
            (byte)'{' => ValueKinds.Object,
            (byte)'[' => ValueKinds.Array,
            (byte)'t' or (byte)'f' => ValueKinds.Boolean,
            (byte)'n' => ValueKinds.Null,
            _ => ValueKinds.Number,
        };

    // Most numbers are shorter than a vector. Some validators take 1.0 for no integer, and a number that no double can
    // hold for no number.
    private ValueKinds Number(ref int at)
    {
        var start = at;
        var kind = ValueKinds.Integer;
        var hasExponent = false;
        while (
            (uint)at < (uint)json.Length
            && json[at] is >= (byte)'+' and not (byte)',' and not (byte)']' and not (byte)'}'
        )
        {
            if (json[at] is (byte)'.' or (byte)'e' or (byte)'E')
            {
                kind = ValueKinds.Number;
                hasExponent |= json[at] != '.';
            }

            at++;
        }

        return
            (hasExponent || at - start > SafeDigits)
            && !(Utf8Parser.TryParse(json[start..at], out double value, out _) && double.IsFinite(value))
            ? ValueKinds.None
            : kind;
    }
}

/// <summary>A member whose value, or an item of whose list, has another kind than the proven one.</summary>
/// <param name="Name">The position of the first character of the member's name.</param>
/// <param name="Prefix">The text to put there.</param>
/// <param name="Place">The place of the value.</param>
/// <param name="Kind">The kind found, or <see cref="ValueKinds.None"/> for a number that is too large.</param>
/// <param name="Description">What was found where, or <see langword="null"/> if it is only counted.</param>
internal readonly record struct Surprise(
    int Name,
    string Prefix,
    ProvenMember Place,
    ValueKinds Kind,
    string? Description
);
