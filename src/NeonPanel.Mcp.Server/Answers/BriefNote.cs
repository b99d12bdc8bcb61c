using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The sentence that names the members which a brief answer leaves out.</summary>
internal sealed class BriefNote
{
    /// <summary>Most names in the sentence. It is part of every brief answer, and each name costs tokens.</summary>
    private const int MaxNamed = 12;

    private readonly ToolDescriptor tool;
    private readonly AnswerMembers members;

    // Members that are left out as a whole, and members that are left out in part.
    private readonly List<string> names = [];
    private readonly List<string> parts = [];

    private BriefNote(ToolDescriptor tool, AnswerMembers members)
    {
        this.tool = tool;
        this.members = members;
    }

    /// <param name="members">The members of the tool's answer.</param>
    /// <param name="selected">The members that a brief answer has.</param>
    public static string Of(ToolDescriptor tool, AnswerMembers members, SelectedMember selected)
    {
        var note = new BriefNote(tool, members);
        note.Collect(tool.Answer, selected, "");
        var named = string.Join(", ", note.names.Take(MaxNamed)) + (note.names.Count > MaxNamed ? ", …" : "");
        var more = note.parts.Count == 0 ? "" : "more in " + string.Join(", ", note.parts);
        return $"Also there: {named}{(named.Length > 0 && more.Length > 0 ? "; " : "")}{more} "
            + $"({FieldSelection.Argument}={FieldSelection.Everything} for all).";
    }

    // Members of the root and of listed things are named. Of an object inside them, only the object is named, because
    // its members have names that say little alone, such as id.
    private void Collect(AnswerShape shape, SelectedMember kept, string path)
    {
        foreach (var (name, inner) in Inner(shape).Members)
        {
            var place = path.Length == 0 ? name : path + "." + name;
            var member = kept.Find(name);
            if (member is null)
            {
                if (path.Length > 0 || !IsSilent(name))
                {
                    names.Add(Short(place));
                }
            }
            else if (path.Length == 0 && inner.Items is not null && !member.IsWhole)
            {
                Collect(inner, member, place);
            }
            else if (IsReduced(inner, member))
            {
                parts.Add(Short(place));
            }
        }
    }

    private static bool IsReduced(AnswerShape shape, SelectedMember kept) =>
        !kept.IsWhole
        && Inner(shape).Members.Any(pair => kept.Find(pair.Key) is not { } member || IsReduced(pair.Value, member));

    private static AnswerShape Inner(AnswerShape shape)
    {
        while (shape.Items is { } items)
        {
            shape = items;
        }

        return shape;
    }

    private bool IsSilent(string name) =>
        name is Paging.CurrentPage or Paging.LastPage or Paging.PerPage || tool.EchoMembers.Contains(name);

    // The shortest end of the path that the argument accepts for it: link for data.link.
    private string Short(string path)
    {
        for (var at = path.LastIndexOf('.'); at >= 0; at = at == 0 ? -1 : path.LastIndexOf('.', at - 1))
        {
            if (members.Find(path[(at + 1)..]) == path)
            {
                return path[(at + 1)..];
            }
        }

        return path;
    }
}
