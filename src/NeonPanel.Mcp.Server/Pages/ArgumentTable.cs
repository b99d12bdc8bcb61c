using System.Text.Json;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>Lists the arguments of a tool as table rows. Members of nested objects have their path as name.</summary>
internal static class ArgumentTable
{
    private const int DeepestRow = 4;

    public static Html Write(JsonElement schema)
    {
        var rows = Html.Join(Rows(schema, "", 0));
        return rows.Markup.Length == 0
            ? Html.Of($"<p>None.</p>")
            : Html.Of(
                $"""
                <div class="wide" tabindex="0" role="region" aria-label="Arguments"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>
                {rows}</tbody></table></div>
                """
            );
    }

    /// <summary>Returns the names of the arguments, for the search.</summary>
    public static IEnumerable<string> Names(JsonElement schema) =>
        SpecificationExamples.Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject().Select(property => property.Name)
            : [];

    private static IEnumerable<Html> Rows(JsonElement schema, string prefix, int depth)
    {
        if (
            depth > DeepestRow
            || SpecificationExamples.Member(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties
        )
        {
            yield break;
        }

        var required = SpecificationExamples.Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet()
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            var name = prefix + property.Name;
            var isRequired = required.Contains(property.Name);
            yield return Html.Of(
                $"<tr><th scope=\"row\"><code>{name}</code>{(isRequired ? Html.Of($"<br><span class=\"meta\">required</span>") : Html.Empty)}</th><td>{Type(property.Value)}</td><td class=\"text\">{Meaning(property.Value)}</td></tr>\n"
            );
            foreach (var row in Rows(property.Value, name + ".", depth + 1))
            {
                yield return row;
            }

            if (SpecificationExamples.Member(property.Value, "items") is { } items)
            {
                foreach (var row in Rows(items, name + "[].", depth + 1))
                {
                    yield return row;
                }
            }
        }
    }

    private static string Type(JsonElement schema)
    {
        var type = SpecificationExamples.Member(schema, "type")?.ToString() ?? "any";
        var format = SpecificationExamples.Member(schema, "format")?.ToString();
        if (type == "array" && SpecificationExamples.Member(schema, "items") is { } items)
        {
            return $"list of {Type(items)}";
        }

        if (format is null)
        {
            return type;
        }

        return $"{type} ({format})";
    }

    private static string Meaning(JsonElement schema)
    {
        List<string> parts = [];
        Add("", "description");
        if (SpecificationExamples.Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values)
        {
            parts.Add("One of: " + string.Join(", ", values.EnumerateArray().Select(value => value.ToString())) + ".");
        }

        Add("At least ", "minimum");
        Add("At most ", "maximum");
        Add("Shortest length ", "minLength");
        Add("Longest length ", "maxLength");
        Add("Pattern ", "pattern");
        Add("Default ", "default");
        return string.Join(' ', parts);

        void Add(string lead, string keyword)
        {
            if (SpecificationExamples.Member(schema, keyword) is { } value)
            {
                parts.Add(lead.Length == 0 ? value.ToString() : $"{lead}{value}.");
            }
        }
    }
}
