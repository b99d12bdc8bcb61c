using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>The rules by which clients reject a tool's schemas or name. Each rule is listed once, with the clients that
/// enforce it and the source of that knowledge. Rules C1 to C3 are all here.</summary>
internal static class ClientRules
{
    private const int MaxDescription = 1024;

    private static readonly string[] Combinations = ["oneOf", "anyOf", "allOf", "not", "if"];
    private static readonly string[] References =
    [
        "$ref",
        "$defs",
        "definitions",
        "$schema",
        "$dynamicRef",
        "$recursiveRef",
    ];

    /// <summary>All rules. After an error, a client drops the tool or answers every request with an error; a warning
    /// has milder effects.</summary>
    public static readonly IReadOnlyList<ClientRule> All =
    [
        new(
            "name",
            "C5",
            Severity.Error,
            "a tool name is [A-Za-z0-9_-]{1,64}",
            [
                new("ChatGPT", "cline/cline#11885"),
                new("Claude", "mims-harvard/ToolUniverse#3"),
                new("VS Code", "microsoft/vscode#243602"),
            ]
        ),
        new(
            "name-start",
            "C5",
            Severity.Warning,
            "a tool name begins with a letter or '_'",
            [new("Gemini", "BerriAI/litellm#12543")]
        ),
        new(
            "name-length",
            "C5",
            Severity.Warning,
            "server and tool name together have at most 60 characters, so a tool name at most 50",
            [new("Cursor", "ComposioHQ/composio#2788")]
        ),
        new(
            "description-length",
            "C5",
            Severity.Error,
            "a description has at most 1,024 characters",
            [new("ChatGPT", "rule C5")]
        ),
        new(
            "root-object",
            "C1",
            Severity.Error,
            "the root of an input schema is a closed object with 'properties'",
            [new("all", "rule C1")]
        ),
        new(
            "root-combination",
            "C1",
            Severity.Error,
            "the root has no oneOf, anyOf, allOf, not or enum",
            [
                new("Claude", "anthropics/claude-code#657"),
                new("Claude Code", "anthropics/claude-code#95504"),
                new("Gemini", "DeusData/codebase-memory-mcp#1524"),
            ]
        ),
        new(
            "combination",
            "C1",
            Severity.Error,
            "oneOf, anyOf, allOf and not occur nowhere",
            [new("Gemini", "sbroenne/mcp-server-excel#672")]
        ),
        new(
            "reference",
            "C1",
            Severity.Error,
            "no $ref, $defs or $schema occurs anywhere",
            [new("Gemini", "google-gemini/gemini-cli#13326"), new("Gemini CLI", "google-gemini/gemini-cli#13326")]
        ),
        new("type-list", "C2", Severity.Error, "'type' is one word", [new("Gemini", "sbroenne/mcp-server-excel#674")]),
        new(
            "items",
            "C2",
            Severity.Error,
            "an array has 'items', and they are one schema",
            [new("VS Code", "microsoft/vscode-copilot-release#7891"), new("Gemini", "anomalyco/opencode#48073")]
        ),
        new(
            "bound",
            "C2",
            Severity.Error,
            "exclusiveMinimum and exclusiveMaximum are numbers",
            [new("all", "JSON Schema 2020-12, validation §6.2")]
        ),
        new(
            "exclusive",
            "C2",
            Severity.Warning,
            "exclusiveMinimum, exclusiveMaximum and multipleOf are unknown",
            [new("Gemini", "ahmadrosid/nakama#292")]
        ),
        new(
            "enum-twice",
            "C2",
            Severity.Error,
            "no value occurs twice in 'enum' or 'required'",
            [new("VS Code", "microsoft/vscode#292474"), new("Claude", "ComposioHQ/composio#2933")]
        ),
        new(
            "enum-value",
            "C2",
            Severity.Warning,
            "the values of an 'enum' are texts, and none is empty",
            [new("Gemini", "anomalyco/opencode#46676"), new("Gemini CLI", "microsoft/azure-devops-mcp#139")]
        ),
        new(
            "object-words",
            "C2",
            Severity.Error,
            "only objects have 'properties' and 'required', and 'required' names their members",
            [new("Gemini", "anomalyco/opencode#11889"), new("Gemini CLI", "probelabs/probe#569")]
        ),
        new(
            "property-name",
            "C2",
            Severity.Error,
            "a member is called [A-Za-z0-9_.-]{1,64}",
            [new("Claude", "anthropics/claude-code#79418"), new("Claude Code", "anthropics/claude-code#79418")]
        ),
        new("size", "C2", Severity.Error, "an input schema has at most 16 KB", [new("ChatGPT", "rule C2")]),
        new(
            "output-object",
            "C3",
            Severity.Error,
            "the root of an output schema is an object",
            [new("TypeScript SDK", "opentokenz/mcpx#28"), new("Claude Code", "opentokenz/mcpx#28")]
        ),
        new(
            "tool-count",
            "C5",
            Severity.Warning,
            "a request holds at most 128 tools",
            [new("VS Code", "microsoft/vscode-copilot-release#11653")]
        ),
    ];

    private static readonly Dictionary<string, ClientRule> ByKey = All.ToDictionary(
        rule => rule.Key,
        StringComparer.Ordinal
    );

    /// <summary>Reports which parts of the catalogue clients would reject: one finding for each tool and
    /// rule.</summary>
    public static IEnumerable<Diagnostic> Check(CatalogModel catalog)
    {
        const int maxTools = 128;
        if (catalog.Tools.Count > maxTools)
        {
            yield return Finding(
                "tool-count",
                "",
                $"The catalogue has {catalog.Tools.Count} tools; a profile can offer fewer."
            );
        }

        foreach (var tool in catalog.Tools)
        {
            foreach (var group in Violations(tool).GroupBy(violation => violation.Rule, StringComparer.Ordinal))
            {
                var (_, what) = group.First();
                var more = group.Count() - 1;
                yield return Finding(
                    group.Key,
                    tool.Pointer,
                    $"'{tool.ToolName}': {what}{(more > 0 ? $", and {more} more" : "")}."
                );
            }
        }
    }

    /// <summary>Reports the faults of an input schema (rules C1, C2).</summary>
    public static IEnumerable<(string Rule, string What)> OfInput(JsonObject schema)
    {
        if (
            schema["type"]?.ToString() != "object"
            || schema["properties"] is not JsonObject
            || schema["additionalProperties"]?.ToJsonString() != "false"
        )
        {
            yield return ("root-object", "the input schema is not a closed object with properties");
        }

        var bytes = schema.ToJsonString().Length;
        if (bytes > ClientSchema.MaxBytes)
        {
            yield return ("size", $"the input schema has {bytes} bytes");
        }

        foreach (var violation in OfSchema(schema, "input", isRoot: true).Concat(ValueRules(schema, "input")))
        {
            yield return violation;
        }
    }

    // Clients do not pass output schemas to the model's provider, so these rules apply to input schemas only.
    private static IEnumerable<(string Rule, string What)> ValueRules(JsonNode? node, string place)
    {
        if (node is not JsonObject schema)
        {
            yield break;
        }

        var values = schema["enum"] as JsonArray ?? [];
        foreach (var twice in new[] { values, schema["required"] as JsonArray ?? [] }.SelectMany(Repeated))
        {
            yield return ("enum-twice", $"{place} lists {twice} twice");
        }

        if (
            values.FirstOrDefault(value =>
                value?.GetValueKind() != JsonValueKind.String || value.ToString().Length == 0
            ) is
            { } odd
        )
        {
            yield return ("enum-value", $"{place} allows {PlainText.Cut(JsonText.Compact(odd), 40)}");
        }

        var properties = schema["properties"] as JsonObject;
        if (
            schema["type"] is { } type
            && type.ToString() != "object"
            && (properties is not null || schema.ContainsKey("required"))
        )
        {
            yield return ("object-words", $"{place} has members and is of the type {type}");
        }

        foreach (
            var name in (schema["required"] as JsonArray ?? []).Where(name =>
                properties?.ContainsKey(name?.ToString() ?? "") != true
            )
        )
        {
            yield return ("object-words", $"{place} requires {name?.ToJsonString()}, which is not a member");
        }

        foreach (
            var (name, value) in (properties ?? [])
                .Append(new("items", schema["items"]))
                .Append(new("additionalProperties", schema["additionalProperties"]))
        )
        {
            foreach (var violation in ValueRules(value, place + "/" + name))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<string> Repeated(JsonArray list) =>
        list.Select(item => item?.ToJsonString() ?? "null")
            .GroupBy(text => text, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

    /// <summary>Reports the faults of an output schema (rule C3).</summary>
    public static IEnumerable<(string Rule, string What)> OfOutput(JsonObject schema)
    {
        if (schema["type"]?.ToString() != "object")
        {
            yield return ("output-object", "the output schema is not an object");
        }

        foreach (var violation in OfSchema(schema, "output", isRoot: true))
        {
            yield return violation;
        }
    }

    private static IEnumerable<(string Rule, string What)> Violations(OperationModel tool)
    {
        const int maxName = 50;
        if (!ToolNames.IsLegal(tool.ToolName))
        {
            yield return ("name", $"the name has other characters, or {tool.ToolName.Length} of them");
        }
        else
        {
            if (!char.IsAsciiLetter(tool.ToolName[0]) && tool.ToolName[0] != '_')
            {
                yield return ("name-start", $"the name begins with '{tool.ToolName[0]}'");
            }

            if (tool.ToolName.Length > maxName)
            {
                yield return ("name-length", $"the name has {tool.ToolName.Length} characters");
            }
        }

        if (tool.Description.Length > MaxDescription)
        {
            yield return ("description-length", $"the description has {tool.Description.Length} characters");
        }

        foreach (var violation in OfInput(tool.InputSchema).Concat(OfOutput(tool.OutputSchema)))
        {
            yield return violation;
        }
    }

    private static IEnumerable<(string Rule, string What)> OfSchema(JsonNode? node, string place, bool isRoot = false)
    {
        if (node is not JsonObject schema)
        {
            yield break;
        }

        foreach (var violation in OfKeywords(schema, place, isRoot))
        {
            yield return violation;
        }

        foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
        {
            if (!PropertyName.IsAccepted(name))
            {
                yield return ("property-name", $"{place} has a member '{name}'");
            }

            foreach (var violation in OfSchema(value, place + "/" + name))
            {
                yield return violation;
            }
        }

        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            foreach (var violation in OfSchema(schema[keyword], place + "/" + keyword))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<(string Rule, string What)> OfKeywords(JsonObject schema, string place, bool isRoot)
    {
        foreach (var keyword in References.Where(schema.ContainsKey))
        {
            yield return ("reference", $"{place} holds '{keyword}'");
        }

        foreach (var keyword in Combinations.Where(schema.ContainsKey))
        {
            yield return (isRoot ? "root-combination" : "combination", $"{place} holds '{keyword}'");
        }

        if (isRoot && schema.ContainsKey("enum"))
        {
            yield return ("root-combination", $"{place} holds 'enum'");
        }

        if (schema["type"] is JsonArray)
        {
            yield return ("type-list", $"{place} has a list of types");
        }

        if (
            schema["items"] is JsonArray
            || schema.ContainsKey("prefixItems")
            || (schema["type"]?.ToString() == "array" && !schema.ContainsKey("items"))
        )
        {
            yield return ("items", $"{place} is an array without one schema of its items");
        }

        foreach (var keyword in (string[])["exclusiveMinimum", "exclusiveMaximum", "multipleOf"])
        {
            if (schema[keyword] is { } bound)
            {
                yield return bound.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                    ? ("bound", $"{place} has a boolean '{keyword}'")
                    : ("exclusive", $"{place} has '{keyword}'");
            }
        }
    }

    private static Diagnostic Finding(string key, string pointer, string message)
    {
        var rule = ByKey[key];
        return new(
            DiagnosticIds.Refused,
            rule.Severity,
            "catalog",
            pointer,
            $"{message} For {string.Join(", ", rule.Clients.Select(client => $"{client.Name} ({client.Source})"))} {rule.Says}."
        )
        {
            Rule = $"{rule.Id} {rule.Key}",
            Clients = [.. rule.Clients.Select(client => client.Name)],
        };
    }
}

/// <summary>A rule that clients enforce.</summary>
/// <param name="Key">Short name of the rule.</param>
/// <param name="Id">Id of the rule in the requirements.</param>
/// <param name="Says">What clients accept.</param>
/// <param name="Clients">The clients that enforce the rule.</param>
internal sealed record ClientRule(
    string Key,
    string Id,
    Severity Severity,
    string Says,
    IReadOnlyList<ClientSource> Clients
);

/// <summary>A client, and the source of its rule: a GitHub thread, a specification, or a rule of the
/// requirements.</summary>
internal sealed record ClientSource(string Name, string Source);
