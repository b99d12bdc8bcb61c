using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Skills;

/// <summary>Checks every tool, argument and profile that a skill names against the catalogue.</summary>
internal sealed class SkillCheck
{
    // Members that the server adds to answers: of lists (total, all_pages), and while work goes on (wait_seconds).
    private static readonly string[] OfTheServer = ["complete", "retry_after_seconds"];

    private readonly CatalogModel catalog;
    private readonly Dictionary<string, OperationModel> tools;
    private readonly Dictionary<string, string> earlier = new(StringComparer.Ordinal);

    private SkillCheck(CatalogModel catalog)
    {
        this.catalog = catalog;
        tools = catalog
            .Tools.DistinctBy(tool => tool.ToolName)
            .ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
        foreach (var tool in catalog.Tools)
        {
            foreach (var alias in tool.Aliases)
            {
                earlier[alias] = $"'{alias}' is an earlier name of '{tool.ToolName}': write that name.";
            }
        }

        foreach (var retired in catalog.Retired)
        {
            earlier[retired.Name] = $"The tool '{retired.Name}' is retired. {retired.Sentence}";
        }
    }

    /// <summary>Returns the catalogue with its skills, in ordinal order of name, and the faults in them.</summary>
    public static CatalogModel Add(CatalogModel catalog, IEnumerable<InputFile> files)
    {
        var faults = new List<Diagnostic>();
        var check = new SkillCheck(catalog);
        var skills = new List<SkillModel>();
        foreach (var file in files)
        {
            if (SkillReader.Read(file, faults) is { } skill)
            {
                faults.AddRange(check.FaultsOf(skill));
                var names = check.ToolsOf(skill);
                var arguments = SkillArguments.Of(skill, [.. names.Select(name => check.tools[name])], faults);
                skills.Add(skill with { Tools = names, Arguments = arguments });
            }
        }

        return catalog with
        {
            Skills = [.. skills.OrderBy(skill => skill.Name, StringComparer.Ordinal)],
            Diagnostics = [.. catalog.Diagnostics, .. faults],
        };
    }

    private string[] ToolsOf(SkillModel skill) =>
        [
            .. skill
                .PossibleTools.Concat(ToolMentions.In(skill.Text, tools.Keys))
                .Where(tools.ContainsKey)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private IEnumerable<Diagnostic> FaultsOf(SkillModel skill)
    {
        var named = ToolsOf(skill);
        var members = new HashSet<string>(OfTheServer, StringComparer.Ordinal);
        foreach (var tool in named.Select(name => tools[name]))
        {
            AddNames(tool.InputSchema, members);
            AddNames(tool.OutputSchema, members);
            AddNames(tool.AnswerShape, members);
        }

        foreach (var mention in skill.Names)
        {
            foreach (var message in FaultsOf(mention, named, members))
            {
                yield return SkillReader.Fault(skill.File, mention.Line, message);
            }
        }

        // Outside backticks, too.
        var calls = skill.PossibleTools;
        foreach (var name in ToolMentions.In(skill.Text, earlier.Keys).Where(name => !calls.Contains(name)))
        {
            var line = skill.Text.AsSpan(0, skill.Text.IndexOf(name, StringComparison.Ordinal)).Count('\n') + 1;
            yield return SkillReader.Fault(skill.File, line, earlier[name]);
        }

        if (named.Length == 0 && !skill.Names.Any(mention => mention.Kind == SkillMentionKind.Call))
        {
            yield return SkillReader.Fault(
                skill.File,
                1,
                "The skill names no tool; a call in backticks is expected, such as `listCompanies()`."
            );
        }
    }

    private IEnumerable<string> FaultsOf(SkillMention mention, string[] named, HashSet<string> members)
    {
        switch (mention.Kind)
        {
            case SkillMentionKind.Call:
                return FaultsOfCall(mention);
            case SkillMentionKind.Profile:
                return FaultsOfProfile(mention.Text, named);
            case SkillMentionKind.Unknown:
                return
                [
                    $"`{OneLine(mention.Text)}` cannot be checked. Backticks hold a call such as `tool(argument, other=\"value\")`, one name, "
                        + "names as in fields (`data.id,data.name`), or an address (`/mcp/core`); write anything else without them.",
                ];
            default:
                return FaultsOfNames(mention.Text, members);
        }
    }

    private IEnumerable<string> FaultsOfNames(string text, HashSet<string> members)
    {
        foreach (var name in text.Split('.', ',').Where(name => !tools.ContainsKey(name) && !members.Contains(name)))
        {
            yield return earlier.GetValueOrDefault(name)
                ?? $"'{name}' is neither a tool, nor an argument or a member of an answer of the tools that the skill names.";
        }
    }

    private IEnumerable<string> FaultsOfProfile(string profile, string[] named)
    {
        if (!catalog.Profiles.Contains(profile))
        {
            yield return $"There is no profile '{profile}'; the profiles are {string.Join(", ", catalog.Profiles)}.";
            yield break;
        }

        var missing = named.Where(name => !tools[name].Profiles.Contains(profile)).ToList();
        if (missing.Count > 0)
        {
            yield return $"The profile '{profile}' lacks {string.Join(", ", missing)}, which the skill names.";
        }
    }

    private IEnumerable<string> FaultsOfCall(SkillMention call)
    {
        if (!tools.TryGetValue(call.Text, out var tool))
        {
            yield return earlier.GetValueOrDefault(call.Text)
                ?? $"There is no tool '{call.Text}' in the catalogue. If it was renamed, write its new name.";
            yield break;
        }

        var known = tool.InputSchema["properties"] as JsonObject ?? [];
        foreach (var (name, value) in call.Arguments)
        {
            if (known[name] is not JsonObject schema)
            {
                yield return tool.ArgumentAliases.TryGetValue(name, out var current)
                    ? $"'{name}' is an earlier name of the argument '{current}' of '{call.Text}': write that name."
                    : $"The tool '{call.Text}' has no argument '{name}'; it has {string.Join(", ", known.Select(pair => pair.Key))}.";
            }
            else if (
                value is not null
                && schema["enum"] is JsonArray values
                && !values.Any(allowed => allowed?.ToString() == value.Trim('"'))
            )
            {
                yield return $"The argument '{name}' of '{call.Text}' cannot be {value}; it takes "
                    + $"{string.Join(", ", values.Select(allowed => allowed?.ToJsonString()))}.";
            }
        }

        // A call without arguments only names the tool.
        var missing = (tool.InputSchema["required"] as JsonArray ?? [])
            .Select(name => (string)name!)
            .Except(call.Arguments.Select(argument => argument.Name))
            .ToList();
        if (call.Arguments.Count > 0 && missing.Count > 0)
        {
            yield return $"The call of '{call.Text}' lacks {string.Join(", ", missing)}, which the tool requires.";
        }
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length > 60 ? line[..60] + "…" : line;
    }

    private static void AddNames(JsonNode? schema, HashSet<string> names)
    {
        switch (schema)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    if (key == "properties" && value is JsonObject properties)
                    {
                        names.UnionWith(properties.Select(pair => pair.Key));
                    }

                    AddNames(value, names);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    AddNames(item, names);
                }

                break;
        }
    }

    private static void AddNames(SchemaModel schema, HashSet<string> names)
    {
        foreach (var property in schema.Properties)
        {
            names.Add(property.Name);
            AddNames(property.Schema, names);
        }

        foreach (
            var part in schema
                .Alternatives.Append(schema.Items)
                .Append(schema.AdditionalProperties)
                .OfType<SchemaModel>()
        )
        {
            AddNames(part, names);
        }
    }
}
