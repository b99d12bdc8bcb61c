using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The paths of all members that a tool's answer may have. A list adds no step to a path.</summary>
internal sealed class AnswerMembers
{
    private const int MaxNamed = 20;

    private readonly List<string> paths = [];
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    // Members of the root that list records, and those that repeat arguments.
    private readonly IReadOnlyList<string> lists;
    private readonly IReadOnlyList<string> echoes;

    public AnswerMembers(ToolDescriptor tool)
    {
        echoes = tool.EchoMembers;
        Collect(tool.Answer, "");
        // A record with lines is no list.
        lists =
            tool.Answer.Members.ContainsKey("id") || tool.Answer.Members.ContainsKey("uuid")
                ? []
                :
                [
                    .. tool
                        .Answer.Members.Where(pair => pair.Value.Items is { Members.Count: > 0 })
                        .Select(pair => pair.Key),
                ];
    }

    /// <summary>Finds the exact path, or the one path that ends with it: <c>data.name</c> for <c>name</c>. Brackets of
    /// a list are ignored: <c>data[].name</c>.</summary>
    public string? Find(string path)
    {
        if (Has(path))
        {
            return path;
        }

        var plain = path.Replace("[]", "", StringComparison.Ordinal);
        if (Has(plain))
        {
            return plain;
        }

        return Ending(plain) is [var only] ? only : null;
    }

    /// <summary>Explains why <see cref="Find"/> found nothing, and names the members that may be meant.</summary>
    public string Fault(string path)
    {
        var ending = Ending(path);
        if (ending.Count > 1)
        {
            return $"which {string.Join(" and ", ending)} may be. Name one of them.";
        }

        return $"which the answer does not have. {Neighbours(path)}";
    }

    private bool Has(string path) =>
        paths.Contains(path, StringComparer.Ordinal)
        || open.Any(parent => parent.Length == 0 || path.StartsWith(parent + ".", StringComparison.Ordinal));

    // The known paths that end with the given one. Members of the listed things come before others, because callers
    // ask for those, and then the members nearest to the root: data.id, not company.id or data.vendor.id. Members that
    // repeat arguments are never meant.
    private List<string> Ending(string path)
    {
        var end = "." + path;
        var found = paths
            .Where(known => known.EndsWith(end, StringComparison.Ordinal) && !IsBelow(known, echoes))
            .ToList();
        if (found.Exists(known => IsBelow(known, lists)))
        {
            found.RemoveAll(known => !IsBelow(known, lists));
        }

        var depth = found.Count == 0 ? 0 : found.Min(Depth);
        found.RemoveAll(known => Depth(known) > depth);
        return found;
    }

    // Suggests the nearest name among the members of the longest known part of the path, then among all; otherwise
    // lists the members there.
    private string Neighbours(string path)
    {
        var parent = Parent(path);
        while (parent.Length > 0 && !paths.Exists(known => IsBelow(known, [parent])))
        {
            parent = Parent(parent);
        }

        if (parent.Length == 0 && lists.Count == 1)
        {
            parent = lists[0];
        }

        var siblings = paths.Where(known => Parent(known) == parent).Select(Last).ToList();
        if ((NearestName.Find(Last(path), siblings) ?? WithTheSameLetters(Last(path), siblings)) is { } near)
        {
            return $"Did you mean '{Join(parent, near)}'?";
        }

        var others = paths.Where(known => !IsBelow(known, echoes)).ToList();
        if (NearestName.Find(Last(path), others.Select(Last).Distinct()) is { } last)
        {
            return $"Did you mean '{others.Find(known => Last(known) == last)}'?";
        }

        return (parent.Length == 0 ? "It" : parent)
            + $" has {string.Join(", ", siblings.Take(MaxNamed))}{(siblings.Count > MaxNamed ? ", …" : "")}.";
    }

    // Two letters in the wrong order are two edits, which is too many for a short name.
    private static string? WithTheSameLetters(string name, List<string> known) =>
        known.Find(candidate => candidate.Length == name.Length && candidate.Order().SequenceEqual(name.Order()));

    private static bool IsBelow(string path, IReadOnlyList<string> parents) =>
        parents.Any(parent =>
            path.Length > parent.Length
            && path[parent.Length] == '.'
            && path.StartsWith(parent, StringComparison.Ordinal)
        );

    private static int Depth(string path) => path.Count(character => character == '.');

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('.'))];

    private static string Join(string parent, string name) => parent.Length == 0 ? name : parent + "." + name;

    private void Collect(AnswerShape shape, string path)
    {
        while (shape.Items is { } items)
        {
            shape = items;
        }

        if (shape.Members.Count == 0)
        {
            // The shape describes no members here. Only a scalar certainly has none.
            if ((shape.Kinds & (ValueKinds.Object | ValueKinds.Array)) != 0)
            {
                open.Add(path);
            }

            return;
        }

        foreach (var (member, inner) in shape.Members)
        {
            var name = Join(path, member);
            paths.Add(name);
            Collect(inner, name);
        }
    }
}
