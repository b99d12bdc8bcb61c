using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Makes tools of the overlay's <c>x-mcp.composed</c>: each reads several operations and returns one answer.
/// A composed tool is built like an operation, so that lists, locks and comparisons need no rules of their
/// own.</summary>
internal static class ComposedTools
{
    /// <summary>The method of a composed tool in locks and lists. HTTP has no such method.</summary>
    public const string Method = "COMPOSED";

    private static readonly string[] Members =
    [
        "title",
        "description",
        "profiles",
        "core",
        "invoking",
        "invoked",
        "view",
        "arguments",
        "steps",
        "result",
    ];

    /// <param name="build">Builds the tool of an operation.</param>
    /// <exception cref="FaultException">A declaration names something that does not exist, or cannot work.</exception>
    public static IEnumerable<OperationModel> Build(
        SpecificationDocument document,
        IReadOnlyList<OperationModel> tools,
        Func<OperationSource, string, OperationModel> build
    )
    {
        foreach (var (name, node) in document.Root["x-mcp"].Members("composed"))
        {
            var place = JsonPointer.Append("/x-mcp/composed", name);
            var faults = new ComposedFaults(document.File, name);
            if (node is not JsonObject declaration)
            {
                throw faults.At(place, "an object is expected");
            }

            faults.CheckMembers(declaration, Members, place);
            if (!ToolNames.IsLegal(name))
            {
                throw faults.At(place, "the name is not of the form [A-Za-z0-9_-]{1,64}");
            }

            if (tools.Any(tool => tool.ToolName == name || tool.Aliases.Contains(name)))
            {
                throw faults.At(place, "an operation's tool has this name; choose another");
            }

            yield return Build(document, tools, build, new(faults, name, place, declaration));
        }
    }

    private static OperationModel Build(
        SpecificationDocument document,
        IReadOnlyList<OperationModel> tools,
        Func<OperationSource, string, OperationModel> build,
        ComposedDeclaration declared
    )
    {
        var arguments = ComposedArguments.Read(document, tools, declared);
        var steps = ComposedSteps.Read(tools, declared, arguments);
        var result = new ComposedResult(declared, arguments, steps, [.. tools.Select(tool => tool.ToolName)]).Read();
        var operation = Operation(declared, arguments, steps, result);
        var source = new OperationSource(Method, declared.Name, operation, [], declared.Place, declared.Place);
        return build(source, declared.Name) with
        {
            HasFixedName = true,
            Composition = new(
                [.. steps.Values.Select(step => step.Tool.ToolName).Distinct().Order(StringComparer.Ordinal)],
                Plan(declared, arguments)
            ),
        };
    }

    private static JsonObject Operation(
        ComposedDeclaration declared,
        ComposedArguments arguments,
        IReadOnlyDictionary<string, ComposedStep> steps,
        JsonObject answer
    )
    {
        var extension = new JsonObject { ["name"] = declared.Name, ["readOnly"] = true };
        foreach (var name in new[] { "profiles", "core", "invoking", "invoked", "view" })
        {
            if (declared.Node[name] is { } value)
            {
                extension[name] = value.DeepClone();
            }
        }

        var operation = new JsonObject
        {
            ["summary"] = declared.Node.Text("title"),
            ["description"] = declared.Node.Text("description"),
            ["x-mcp"] = extension,
            ["parameters"] = arguments.Parameters,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "",
                    ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = answer } },
                },
            },
        };
        if (Security(steps.Values) is { } security)
        {
            operation["security"] = security;
        }

        return operation;
    }

    // A call needs what all its steps need together.
    private static JsonArray? Security(IEnumerable<ComposedStep> steps)
    {
        var needed = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var step in steps.Select(step => step.Tool))
        {
            if (step.Security is not [var schemes, ..])
            {
                continue;
            }

            foreach (var scheme in schemes)
            {
                needed.TryAdd(scheme, new(StringComparer.Ordinal));
                needed[scheme].UnionWith(step.Scopes);
            }
        }

        return needed.Count == 0
            ? []
            :
            [
                new JsonObject(
                    needed.Select(pair =>
                        KeyValuePair.Create(
                            pair.Key,
                            (JsonNode?)new JsonArray([.. pair.Value.Select(scope => (JsonNode)scope)])
                        )
                    )
                ),
            ];
    }

    private static JsonObject Plan(ComposedDeclaration declared, ComposedArguments arguments)
    {
        var plan = new JsonObject
        {
            ["steps"] = declared.Node["steps"]!.DeepClone(),
            ["result"] = declared.Node["result"]!.DeepClone(),
        };
        if (arguments.Defaults.Count > 0)
        {
            plan["defaults"] = new JsonObject(
                arguments.Defaults.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone()))
            );
        }

        return plan;
    }
}
