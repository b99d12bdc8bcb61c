using System.Text.Json.Nodes;
using static NeonPanel.Mcp.Generator.Tests.Comparison.EditedPaths;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SpecificationEdit;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Edits that change nothing for callers.</summary>
internal static class HarmlessEdits
{
    public static readonly Edit[] All =
    [
        new("nothing", _ => { }),
        new("version changed", spec => spec.Root["info"]!["version"] = "9.9"),
        new("texts that no tool shows", spec =>
        {
            spec.Root["info"]!["description"] = "Other words.";
            spec.Operation(Vendors)["responses"]!["200"]!["description"] = "Other words.";
            spec.Member("VendorResource", "name")["description"] = "Other words.";
            spec.Root["tags"]![0]!["description"] = "Other words.";
        }),
        new("examples changed", spec => spec.Member("VendorResource", "name")["example"] = "Other words."),
        new("an answer to a failure added", spec =>
            spec.Operation(Companies)["responses"]!["418"] = Json("""{"description":"No."}""")
        ),
        new("unknown member added", spec => spec.Operation(Companies)["x-anything"] = true),
        new("reference written out", spec =>
        {
            var parameters = spec.Parameters(Vendors);
            parameters[0] = spec.Root["components"]!["parameters"]!["companyUuid"]!.DeepClone();
        }),
        new("parameter moved to the path", spec =>
        {
            var parameter = spec.Parameter(Companies, "page");
            spec.Parameters(Companies).Remove(parameter);
            spec.Item(Companies)["parameters"] = new JsonArray(parameter);
        }),
        new("schema put together with allOf", spec =>
        {
            var name = spec.Member("VendorResource", "name").DeepClone();
            spec.Members("VendorResource")["name"] = new JsonObject { ["allOf"] = new JsonArray(name) };
        }),
        new("members of every object in another order", spec => Shuffle(spec.Root)),
        new("parameters, required and allowed values in another order", spec => Reverse(spec.Root)),
    ];

    private static void Shuffle(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var members = map.ToList();
                map.Clear();
                foreach (var (name, value) in Enumerable.Reverse(members))
                {
                    Shuffle(value);
                    map[name] = value;
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Shuffle(item);
                }

                break;
        }
    }

    private static void Reverse(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    Reverse(value);
                    if (value is JsonArray list && name is "parameters" or "required" or "enum")
                    {
                        map[name] = new JsonArray([.. value!.AsArray().Reverse().Select(item => item?.DeepClone())]);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Reverse(item);
                }

                break;
        }
    }
}
