using System.Text;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>A member of an answer to keep: all of it, or some of its own members. A list adds no level: its items are
/// treated like the member itself.</summary>
internal sealed class SelectedMember
{
    private readonly List<SelectedMember> members = [];
    private readonly byte[] utf8;

    private SelectedMember(string name)
    {
        Name = name;
        utf8 = Encoding.UTF8.GetBytes(name);
    }

    public string Name { get; }

    public bool IsWhole { get; private set; }

    /// <summary>Creates the root of a selection.</summary>
    public static SelectedMember Root() => new("");

    public void Add(ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            IsWhole = true;
            return;
        }

        var member = Find(path[0]);
        if (member is null)
        {
            member = new(path[0]);
            members.Add(member);
        }

        member.Add(path[1..]);
    }

    public SelectedMember? Find(string name) => members.Find(member => member.Name == name);

    /// <summary>Finds a member by its name in JSON text.</summary>
    /// <param name="written">The name as written, with its quotation marks.</param>
    public SelectedMember? Find(ReadOnlySpan<byte> json, Place written)
    {
        var name = json[(written.Start + 1)..(written.End - 1)];
        foreach (var member in members)
        {
            if (name.SequenceEqual(member.utf8))
            {
                return member;
            }
        }

        // A name may contain escapes, which are rare: only then the library's reader compares it.
        return name.Contains((byte)'\\') ? FindEscaped(json, written) : null;
    }

    private SelectedMember? FindEscaped(ReadOnlySpan<byte> json, Place written)
    {
        foreach (var member in members)
        {
            if (AnswerParts.NameEquals(json, written, member.Name))
            {
                return member;
            }
        }

        return null;
    }
}
