using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Compares the members that a write sends with the present record.</summary>
internal sealed class RecordComparison
{
    /// <summary>Longest lists that are compared item by item.</summary>
    private const int MaxItems = 500;

    private readonly List<RecordChange> changes = [];
    private readonly List<string> same = [];

    /// <summary>Gets the members that would change, in the order of the arguments.</summary>
    public IReadOnlyList<RecordChange> Changes => changes;

    /// <summary>Gets the members that the write sends as they already are.</summary>
    public IReadOnlyList<string> Same => same;

    /// <param name="sent">The members of the body that the call has.</param>
    /// <param name="members">Their places in the record.</param>
    public static RecordComparison Of(
        IEnumerable<KeyValuePair<string, JsonElement>> sent,
        JsonElement record,
        IReadOnlyList<RecordMember> members
    )
    {
        var comparison = new RecordComparison();
        foreach (var (name, value) in sent)
        {
            comparison.Compare(name, value, record, Find(members, name));
        }

        return comparison;
    }

    /// <summary>Finds a value in a record.</summary>
    public static JsonElement? At(JsonElement record, IReadOnlyList<string> path)
    {
        var value = record;
        foreach (var step in path)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return value;
            }

            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return null;
            }
        }

        return value;
    }

    private void Compare(string name, JsonElement value, JsonElement record, RecordMember? member)
    {
        var old = member is null ? null : At(record, member.Path);
        if (old is not { } present)
        {
            changes.Add(new(name, value));
        }
        else if (
            member!.Members.Count > 0
            && value.ValueKind == JsonValueKind.Object
            && present.ValueKind == JsonValueKind.Object
        )
        {
            foreach (var inner in value.EnumerateObject())
            {
                Compare($"{name}.{inner.Name}", inner.Value, present, Find(member.Members, inner.Name));
            }
        }
        else if (
            member.Members.Count > 0
            && value.ValueKind == JsonValueKind.Array
            && present.ValueKind == JsonValueKind.Array
        )
        {
            if (Math.Max(value.GetArrayLength(), present.GetArrayLength()) > MaxItems)
            {
                changes.Add(new(name, value));
                return;
            }

            var items = Items(value, present, member.Members);
            Add(new(name, value) { Items = items }, items is { Old.Count: 0, New.Count: 0 });
        }
        else
        {
            Add(new(name, value) { Old = present, OldName = Label(record, member) }, IsSame(value, present));
        }
    }

    private void Add(RecordChange change, bool isSame)
    {
        if (isSame)
        {
            same.Add(change.Member);
        }
        else
        {
            changes.Add(change);
        }
    }

    // An item has no identity: each sent item takes the first equal one of the present items.
    private static ItemChanges Items(JsonElement sent, JsonElement present, IReadOnlyList<RecordMember> members)
    {
        var left = present.EnumerateArray().ToList();
        var added = new List<JsonElement>();
        foreach (var item in sent.EnumerateArray())
        {
            var at = left.FindIndex(old => IsSameItem(item, old, members));
            if (at < 0)
            {
                added.Add(item);
            }
            else
            {
                left.RemoveAt(at);
            }
        }

        return new([.. left.Select(old => Read(old, members))], added, sent.GetArrayLength() - added.Count);
    }

    // A member that the present item does not show may differ.
    private static bool IsSameItem(JsonElement sent, JsonElement old, IReadOnlyList<RecordMember> members) =>
        sent.ValueKind == JsonValueKind.Object
        && sent.EnumerateObject()
            .All(member =>
                Find(members, member.Name) is { } known
                && At(old, known.Path) is { } value
                && IsSame(member.Value, value)
            );

    private static OldItem Read(JsonElement item, IReadOnlyList<RecordMember> members) =>
        new([
            .. members
                .Select(member => (Member: member, Value: At(item, member.Path)))
                .Where(pair => pair.Value is not null)
                .Select(pair => new OldValue(pair.Member.Name, pair.Value!.Value, Label(item, pair.Member))),
        ]);

    private static string? Label(JsonElement record, RecordMember member) =>
        member.Label is { } path && At(record, path) is { ValueKind: JsonValueKind.String } label
            ? label.GetString()
            : null;

    private static RecordMember? Find(IReadOnlyList<RecordMember> members, string name) =>
        members.FirstOrDefault(member => member.Name == name);

    // 19.50 is 19.5, also if one of the two is a text; a day is its own midnight. Two texts are never numbers: "007" is
    // not "7".
    private static bool IsSame(JsonElement sent, JsonElement old)
    {
        if (sent.ValueKind == JsonValueKind.String && old.ValueKind == JsonValueKind.String)
        {
            return IsSameText(sent.GetString()!, old.GetString()!);
        }

        return Number(sent) is { } left && Number(old) is { } right
            ? left.CompareTo(right) == 0
            : JsonElement.DeepEquals(sent, old);
    }

    private static bool IsSameText(string sent, string old) =>
        sent == old
        || (
            DateOnly.TryParseExact(sent, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && old.StartsWith(sent + "T00:00:00", StringComparison.Ordinal)
        );

    private static ExactDecimal? Number(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value).Trim((byte)'"');
        return
            value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && ExactDecimal.TryParse(raw, out var number)
            ? number
            : null;
    }
}
