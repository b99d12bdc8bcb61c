using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The paths of all members that an answer may have, by its output schema; lists are passed through.</summary>
internal sealed class AnswerMembers
{
    private const int MaxNamed = 12;

    private readonly List<string> paths = [];
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public static AnswerMembers Of(string outputSchema)
    {
        var members = new AnswerMembers();
        using var document = JsonDocument.Parse(outputSchema);
        members.Collect(document.RootElement, "");
        return members;
    }

    /// <summary>Finds a path as it stands, or the one path that ends so: <c>name</c> for <c>data.name</c>.</summary>
    public string? Find(string path)
    {
        if (paths.Contains(path, StringComparer.Ordinal) || open.Any(parent => parent.Length == 0 || path.StartsWith(parent + ".", StringComparison.Ordinal)))
        {
            return path;
        }

        var end = "." + path;
        var ending = paths.Where(known => known.EndsWith(end, StringComparison.Ordinal)).ToList();
        // Of several the one nearest to the root, where there is one: data.id, not data.vendor.id.
        var depth = ending.Count == 0 ? 0 : ending.Min(Depth);
        return ending.Where(known => Depth(known) == depth).ToList() is [var only] ? only : null;
    }

    public string? Nearest(string path) => NearestName.Find(path, paths)
        ?? (NearestName.Find(path[(path.LastIndexOf('.') + 1)..], paths.Select(Last).Distinct()) is { } last ? paths.First(known => Last(known) == last) : null);

    /// <summary>Names some of the members.</summary>
    public string Some() => string.Join(", ", paths.Take(MaxNamed)) + (paths.Count > MaxNamed ? ", …" : "");

    private static int Depth(string path) => path.Count(character => character == '.');

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private void Collect(JsonElement schema, string path)
    {
        while (schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object)
        {
            schema = items;
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            // Nothing is said of what lies below; only what is known to be a single value has nothing there.
            if (!schema.TryGetProperty("description", out var kind) || kind.GetString() is "any value" or "object" or "array")
            {
                open.Add(path);
            }

            return;
        }

        foreach (var member in properties.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : path + "." + member.Name;
            paths.Add(name);
            Collect(member.Value, name);
        }
    }
}
