using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Counts the kinds of values at each described place of answers.</summary>
internal sealed class SeenKinds
{
    private static readonly (ValueKinds Kind, string Word)[] Names =
    [
        (ValueKinds.String, "string"),
        (ValueKinds.Integer, "integer"),
        (ValueKinds.Number, "number"),
        (ValueKinds.Boolean, "boolean"),
        (ValueKinds.Object, "object"),
        (ValueKinds.Array, "array"),
    ];

    private readonly SortedDictionary<(string Tool, string Pointer), SeenPlace> places = [];

    public IEnumerable<SeenPlace> Places => places.Values;

    public void Add(ToolDescriptor tool, JsonElement answer) => Add(tool.Name, tool.Answer, answer, "");

    /// <summary>Writes the counts in the form of <c>/healthz?deep=1</c>.</summary>
    public string Write() =>
        new JsonObject
        {
            ["compared"] = 0,
            ["tools"] = new JsonObject(
                places
                    .Values.GroupBy(place => place.Tool)
                    .Select(tool =>
                        KeyValuePair.Create(
                            tool.Key,
                            (JsonNode?)
                                new JsonObject(
                                    tool.Select(place => KeyValuePair.Create(place.Pointer, (JsonNode?)place.Write()))
                                )
                        )
                    )
            ),
        }.ToJsonString(new() { WriteIndented = true });

    private void Add(string tool, AnswerShape shape, JsonElement value, string pointer)
    {
        if (pointer.Length > 0)
        {
            if (!places.TryGetValue((tool, pointer), out var place))
            {
                string[] declared = [.. Names.Where(name => (shape.Kinds & name.Kind) != 0).Select(name => name.Word)];
                places[(tool, pointer)] = place = new(tool, pointer, shape.Kinds == ValueKinds.Any ? [] : declared);
            }

            place.Add(KindOf(value));
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject().Where(member => shape.Members.ContainsKey(member.Name)))
            {
                Add(tool, shape.Members[member.Name], member.Value, $"{pointer}/{member.Name}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && shape.Items is { } items)
        {
            foreach (var item in value.EnumerateArray())
            {
                Add(tool, items, item, pointer + "/*");
            }
        }
    }

    private static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.GetRawText().AsSpan().IndexOfAny(".eE") < 0 ? "integer" : "number",
            var kind => kind.ToString().ToLowerInvariant(),
        };
}

/// <summary>A place of a tool's answers, and the kinds of values there.</summary>
internal sealed class SeenPlace(string tool, string pointer, string[] declared)
{
    private readonly SortedDictionary<string, int> found = new(StringComparer.Ordinal);

    public string Tool => tool;

    public string Pointer => pointer;

    /// <summary>Gets the kinds that the specification declares; empty if it declares none.</summary>
    public string[] Declared => declared;

    public IReadOnlyCollection<string> Kinds => found.Keys;

    public int Count => found.Values.Sum();

    /// <summary>Gets whether a value has a kind that the specification does not declare.</summary>
    public bool IsOther =>
        found.Keys.Any(kind => !declared.Contains(kind) && !(kind == "integer" && declared.Contains("number")));

    public void Add(string kind) => found[kind] = found.GetValueOrDefault(kind) + 1;

    public JsonObject Write() =>
        new()
        {
            ["declared"] = declared.Length == 0 ? null : string.Join(" or ", declared),
            ["found"] = new JsonObject(found.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
}
