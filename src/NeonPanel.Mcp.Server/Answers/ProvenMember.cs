using System.Collections.Concurrent;
using System.Text;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>A place of an answer. The tree ends where no type is proven any more, so that a scan skips the
/// rest.</summary>
internal sealed class ProvenMember
{
    private static readonly ConcurrentDictionary<ToolDescriptor, ProvenMember> Known = new();

    private readonly ProvenMember? parent;
    private readonly string? name;

    // The name as it is usually written, with its quotation marks.
    private readonly byte[] written;
    private readonly ProvenMember[] members;

    private ProvenMember(ProvenMember? parent, string? name, AnswerShape shape)
    {
        this.parent = parent;
        this.name = name;
        written = Encoding.UTF8.GetBytes($"\"{name}\"");
        Kind = shape.IsProven ? shape.Kinds : ValueKinds.None;
        Pointer = parent is null ? "" : $"{parent.Pointer}/{name ?? "*"}";
        Items =
            shape.Items is { } items && new ProvenMember(this, null, items) is { HasTypes: true } item ? item : null;
        members = [.. shape.Members.Select(pair => new ProvenMember(this, pair.Key, pair.Value))];
        members = Array.Exists(members, member => member.HasTypes) ? members : [];
        foreach (var member in members)
        {
            // A prefix that makes no other described member of the object.
            while (shape.Members.ContainsKey(member.Prefix + member.name))
            {
                member.Prefix += "_";
            }
        }
    }

    /// <summary>Gets the proven kind, or <see cref="ValueKinds.None"/>.</summary>
    public ValueKinds Kind { get; }

    /// <summary>Gets the text to put before the name of a member with another kind of value.</summary>
    public string Prefix { get; private set; } = "_";

    /// <summary>Gets the items of a list, or <see langword="null"/> if none of their values has a type.</summary>
    public ProvenMember? Items { get; }

    /// <summary>Gets the place as JSON Pointer, with <c>*</c> for the items of a list.</summary>
    public string Pointer { get; }

    /// <summary>Gets whether a member of the object, or a value inside it, has a type.</summary>
    public bool HasMembers => members.Length > 0;

    private bool HasTypes => Kind != ValueKinds.None || Items is not null || HasMembers;

    /// <summary>Returns the tree of a tool.</summary>
    public static ProvenMember Of(ToolDescriptor tool) =>
        Known.GetOrAdd(tool, static tool => new(null, null, tool.Answer));

    /// <summary>Finds the member whose name begins a text. Most answers have their members in the order of the
    /// specification, so that the first comparison fits.</summary>
    /// <param name="text">The rest of an object from the quotation mark of a name on. Escapes of ordinary characters
    /// were removed before.</param>
    /// <param name="expected">The index of the member that usually comes next; returns the one after it.</param>
    /// <param name="length">Returns the length of the name with its quotation marks.</param>
    public ProvenMember? Find(ReadOnlySpan<byte> text, ref int expected, out int length)
    {
        for (var tried = 0; tried < members.Length; tried++)
        {
            var index = expected + tried;
            index -= index >= members.Length ? members.Length : 0;
            if (text.StartsWith(members[index].written))
            {
                expected = index + 1 == members.Length ? 0 : index + 1;
                length = members[index].written.Length;
                return members[index];
            }
        }

        length = JsonText.EndOfString(text, 0);
        return null;
    }

    /// <summary>Writes the path of a value, such as <c>data[3].amount</c>.</summary>
    /// <param name="indexes">The positions in the lists around the value, outermost first.</param>
    public string PathOf(ReadOnlySpan<int> indexes)
    {
        if (parent is null)
        {
            return "";
        }

        var around = parent.PathOf(name is null ? indexes[..^1] : indexes);
        if (name is null)
        {
            return FormattableString.Invariant($"{around}[{indexes[^1]}]");
        }

        return around.Length == 0 ? name : $"{around}.{name}";
    }
}
