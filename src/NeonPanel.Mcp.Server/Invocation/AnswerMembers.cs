using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The paths of all members that an answer may have. A list adds no step to a path.</summary>
internal sealed class AnswerMembers
{
    private const int MaxNamed = 12;

    private readonly List<string> paths = [];
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public static AnswerMembers Of(AnswerShape answer)
    {
        var members = new AnswerMembers();
        members.Collect(answer, "");
        return members;
    }

    /// <summary>Finds the exact path, or the one path that ends with it: <c>data.name</c> for <c>name</c>.</summary>
    public string? Find(string path)
    {
        if (
            paths.Contains(path, StringComparer.Ordinal)
            || open.Any(parent => parent.Length == 0 || path.StartsWith(parent + ".", StringComparison.Ordinal))
        )
        {
            return path;
        }

        var end = "." + path;
        var ending = paths.Where(known => known.EndsWith(end, StringComparison.Ordinal)).ToList();
        // Of several paths, the one nearest to the root, if only one is nearest: data.id, not data.vendor.id.
        var depth = ending.Count == 0 ? 0 : ending.Min(Depth);
        return ending.Where(known => Depth(known) == depth).ToList() is [var only] ? only : null;
    }

    public string? Nearest(string path) =>
        NearestName.Find(path, paths)
        ?? (
            NearestName.Find(path[(path.LastIndexOf('.') + 1)..], paths.Select(Last).Distinct()) is { } last
                ? paths.First(known => Last(known) == last)
                : null
        );

    /// <summary>Lists the first members as text for a message.</summary>
    public string Some() => string.Join(", ", paths.Take(MaxNamed)) + (paths.Count > MaxNamed ? ", …" : "");

    private static int Depth(string path) => path.Count(character => character == '.');

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

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
            var name = path.Length == 0 ? member : path + "." + member;
            paths.Add(name);
            Collect(inner, name);
        }
    }
}
