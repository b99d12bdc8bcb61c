using System.Collections.Concurrent;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The members that the rows of a tool's list may have.</summary>
internal sealed class RowMembers
{
    private const int MaxNamed = 12;

    private static readonly ConcurrentDictionary<ToolDescriptor, RowMembers> Known = new();

    private readonly List<RowMember> members = [];

    // Paths below which the specification names no members; the empty path stands for the row.
    private readonly List<string> open = [];
    private readonly string prefix;

    private RowMembers(ToolDescriptor tool)
    {
        prefix = tool.Rows!.Path + ".";
        var shape = tool.Answer;
        foreach (var step in tool.Rows.Path.Split('.'))
        {
            shape = shape.Members.GetValueOrDefault(step, AnswerShape.Anything);
        }

        Collect(shape.Items ?? AnswerShape.Anything, [], isInList: false);
    }

    /// <param name="tool">A tool with <see cref="ToolDescriptor.Rows"/>.</param>
    public static RowMembers Of(ToolDescriptor tool) => Known.GetOrAdd(tool, static tool => new(tool));

    /// <summary>Finds a member by its path in the row or in the answer, by the end of its path if only one fits, or in
    /// another spelling style: <c>dueDate</c> for <c>due_date</c>.</summary>
    public RowMember? Find(string name)
    {
        if (name.Length == 0 || name.Length > 200)
        {
            return null;
        }

        return FindExact(name)
            ?? Ending(name)
            ?? Single(members.Where(known => NearestName.Plain(known.Name) == NearestName.Plain(name)))
            ?? (IsOpen(name) ? new(name, name.Split('.'), AnswerShape.Anything, IsInList: false) : null);
    }

    /// <summary>Finds a member by its whole path in the row or in the answer.</summary>
    public RowMember? FindExact(string name) =>
        Exact(name) ?? (name.StartsWith(prefix, StringComparison.Ordinal) ? Exact(name[prefix.Length..]) : null);

    /// <summary>Says that the rows have no such member, and which they have.</summary>
    public string Unknown(string argument, string name)
    {
        var nearest = NearestName.Find(name, members.Select(known => known.Name))
            ?? (
                NearestName.Find(name[(name.LastIndexOf('.') + 1)..], members.Select(known => known.Steps[^1]))
                    is { } last
                    ? members.First(known => known.Steps[^1] == last).Name
                    : null
            );
        return $"Argument '{argument}' names '{ArgumentPath.Shown(name)}', which the rows do not have. "
            + (nearest is null ? $"They have {Some()}." : $"Did you mean '{nearest}'?");
    }

    /// <summary>Returns whether rows have a currency for a member: beside it, or in the objects around it.</summary>
    public bool HasCurrency(RowMember member) =>
        CurrencyNames.MayBeMoney(member.Steps[^1])
        && members.Exists(known =>
            known.Steps.Count <= member.Steps.Count
            && known.Steps.SkipLast(1).SequenceEqual(member.Steps.Take(known.Steps.Count - 1))
            && CurrencyNames.Rank(known.Steps[^1], member.Steps[^1]) < int.MaxValue
        );

    private RowMember? Exact(string name) => members.Find(known => known.Name == name);

    private RowMember? Ending(string name)
    {
        var end = "." + name;
        var ending = members.FindAll(known => known.Name.EndsWith(end, StringComparison.Ordinal));
        var depth = ending.Count == 0 ? 0 : ending.Min(known => known.Steps.Count);
        return Single(ending.Where(known => known.Steps.Count == depth));
    }

    private static RowMember? Single(IEnumerable<RowMember> found) =>
        found.Take(2).ToList() is [var only] ? only : null;

    private bool IsOpen(string name) =>
        open.Exists(parent => parent.Length == 0 || name.StartsWith(parent + ".", StringComparison.Ordinal));

    private string Some()
    {
        var named = members.Where(known => !known.IsInList && !known.IsNoScalar).Select(known => known.Name).ToList();
        return string.Join(", ", named.Take(MaxNamed)) + (named.Count > MaxNamed ? ", …" : "");
    }

    private void Collect(AnswerShape shape, IReadOnlyList<string> path, bool isInList)
    {
        while (shape.Items is { } items && path.Count > 0)
        {
            shape = items;
            isInList = true;
        }

        if (shape.Members.Count == 0)
        {
            if ((shape.Kinds & ValueKinds.Object) != 0 && !isInList)
            {
                open.Add(string.Join('.', path));
            }

            return;
        }

        foreach (var (name, inner) in shape.Members)
        {
            IReadOnlyList<string> steps = [.. path, name];
            members.Add(new(string.Join('.', steps), steps, inner, isInList));
            Collect(inner, steps, isInList);
        }
    }
}
