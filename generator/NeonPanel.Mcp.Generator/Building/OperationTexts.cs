using System.Text;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Title and description of a tool.</summary>
/// <param name="HasOwn">Whether the document has a text about the operation. Otherwise the texts are made from its
/// method and path.</param>
internal sealed record OperationTexts(string Title, string Description, bool HasOwn)
{
    private const int MaxDescription = 1024;

    /// <summary>Returns the texts of the operation, otherwise those of its path (OpenAPI 3.1, "Path Item Object"),
    /// otherwise made ones.</summary>
    public static OperationTexts Of(OperationSource source, Func<string?, string> rewrite)
    {
        var (title, description) = (
            rewrite(source.Operation.Text("summary")),
            rewrite(source.Operation.Text("description"))
        );
        if (title.Length == 0 && description.Length == 0)
        {
            title = rewrite(source.PathItem.Text("summary"));
            description = rewrite(source.PathItem.Text("description"));
        }

        var hasOwn = title.Length > 0 || description.Length > 0;
        var own = OwnName(source.OperationId);
        var made = own.Length > 0 ? (Title: own, Description: own) : Made(source);
        title = title.Length > 0 ? title : made.Title;
        if (description.Length == 0)
        {
            description = hasOwn ? title : made.Description;
        }

        return new(
            title,
            PlainText.Cut(
                source.Operation.IsTrue("deprecated") ? PlainText.Deprecated(description) : description,
                MaxDescription
            ),
            hasOwn
        );
    }

    // Makes "Read carts by project key and id" and "Reads carts by project key and id (GET /{projectKey}/carts/{id})."
    private static (string Title, string Description) Made(OperationSource source)
    {
        var path = source.Path.Split('#', '?')[0];
        var places = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !part.Contains('{', StringComparison.Ordinal))
            .Select(Words)
            .Where(words => words.Length > 0)
            .TakeLast(2)
            .Reverse()
            .ToList();
        var values = path.Split('{')
            .Skip(1)
            .Select(part => Words(part.Split('}')[0]))
            .Where(words => words.Length > 0)
            .ToList();
        var what =
            (places.Count == 0 ? "the root of the API" : string.Join(" of ", places))
            + (values.Count == 0 ? "" : " by " + string.Join(" and ", values));
        var verb = source.Method switch
        {
            "GET" => "Read",
            "QUERY" => "Search",
            "HEAD" => "Check",
            "POST" => "Post to",
            "PUT" => "Replace",
            "PATCH" => "Change",
            "DELETE" => "Delete",
            _ => "Call " + source.Method + " of",
        };
        const int maxTitle = 100;
        var title = PlainText.Cut(PlainText.Line($"{verb} {what}"), maxTitle);
        var (first, rest) = (verb.Split(' ')[0], verb[verb.Split(' ')[0].Length..]);
        var third = first + (first.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s") + rest;
        return (title, PlainText.Line($"{third} {what} ({source.Method} {path})."));
    }

    // 'projectKey', 'project_key' and 'ProjectKey' become "project key"; 'SKU' stays the same.
    private static string Words(string name)
    {
        var words = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            var character = name[at];
            if (!char.IsLetterOrDigit(character))
            {
                words.Append(' ');
                continue;
            }

            var isStart =
                char.IsUpper(character)
                && at > 0
                && (
                    char.IsLower(name[at - 1])
                    || (at + 1 < name.Length && char.IsUpper(name[at - 1]) && char.IsLower(name[at + 1]))
                );
            var isAcronym =
                char.IsUpper(character)
                && (
                    (at + 1 < name.Length && char.IsUpper(name[at + 1]))
                    || (at > 0 && char.IsUpper(name[at - 1]) && !isStart)
                );
            words.Append(isStart ? " " : "").Append(isAcronym ? character : char.ToLowerInvariant(character));
        }

        return PlainText.Line(words.ToString());
    }

    // An id with letters that are not allowed in a tool's name still explains to people and models what the tool does.
    private static string OwnName(string? id) =>
        id is not null && id.Any(character => char.IsLetterOrDigit(character) && !char.IsAscii(character))
            ? PlainText.Line(id)
            : "";
}
