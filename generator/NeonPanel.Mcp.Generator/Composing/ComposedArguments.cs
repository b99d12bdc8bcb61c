using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>The arguments of a composed tool: those that it declares as JSON Schema, and those that are like the
/// argument of an operation (<c>like</c>), with its schema, text and lookup.</summary>
internal sealed class ComposedArguments
{
    private ComposedArguments(JsonArray parameters, IReadOnlyDictionary<string, JsonNode> defaults)
    {
        Parameters = parameters;
        Defaults = defaults;
        Names = [.. parameters.Select(parameter => parameter.Text("name")!)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the arguments as Parameter Objects (OpenAPI 3.1).</summary>
    public JsonArray Parameters { get; }

    /// <summary>Gets the values of arguments that a call leaves out.</summary>
    public IReadOnlyDictionary<string, JsonNode> Defaults { get; }

    /// <exception cref="FaultException">An argument is like one that does not exist.</exception>
    public static ComposedArguments Read(
        SpecificationDocument document,
        IReadOnlyList<OperationModel> tools,
        ComposedDeclaration declared
    )
    {
        var parameters = new JsonArray();
        var defaults = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, node) in declared.Node.Members("arguments"))
        {
            var place = JsonPointer.Append(declared.Place + "/arguments", name);
            if (node is not JsonObject given)
            {
                throw declared.Faults.At(
                    place,
                    "an argument is an object: a JSON Schema, or 'like' with a tool's argument"
                );
            }

            var parameter = given.Text("like") is { } model
                ? Like(document, tools, declared, model, place)
                : new JsonObject { ["schema"] = Schema(given) };
            parameter["name"] = name;
            parameter["in"] = "query";
            parameter["required"] = given.IsTrue("required");
            if (given.Text("description") is { } text)
            {
                parameter["description"] = text;
            }

            if (parameter["schema"].Get("default") is { } value)
            {
                defaults[name] = value;
            }

            parameters.Add((JsonNode)parameter);
        }

        return new(parameters, defaults);
    }

    private static JsonObject Schema(JsonObject given)
    {
        var schema = (JsonObject)given.DeepClone();
        schema.Remove("description");
        // In JSON Schema 'required' is a list; here it says whether a call needs the argument.
        schema.Remove("required");
        return schema;
    }

    private static JsonObject Like(
        SpecificationDocument document,
        IReadOnlyList<OperationModel> tools,
        ComposedDeclaration declared,
        string model,
        string place
    )
    {
        var at = model.IndexOf('.', StringComparison.Ordinal);
        var (toolName, argument) = at < 0 ? (model, "") : (model[..at], model[(at + 1)..]);
        if (tools.FirstOrDefault(tool => tool.ToolName == toolName) is not { } known)
        {
            throw declared.Faults.At(place, $"'like' names the tool '{toolName}', which does not exist");
        }

        foreach (var list in new[] { known.Source.Operation["parameters"], known.Source.PathItem["parameters"] })
        {
            foreach (var item in list as JsonArray ?? [])
            {
                if (document.Resolve(item, place).Node is JsonObject parameter && parameter.Text("name") == argument)
                {
                    return (JsonObject)parameter.DeepClone();
                }
            }
        }

        throw declared.Faults.At(
            place,
            $"'like' names the argument '{argument}', which '{toolName}' does not have"
                + NameHint.Of(argument, known.Parameters.Select(parameter => parameter.Name))
        );
    }
}
