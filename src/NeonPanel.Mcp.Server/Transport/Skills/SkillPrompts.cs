using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Skills;

/// <summary>The skills as prompts, for hosts that offer prompts as commands and do not know the skills extension. Their
/// arguments are optional: the names of what the user asks about, such as a company.</summary>
/// <param name="skills">The skills that the caller gets.</param>
/// <param name="scope">Who may share the list.</param>
/// <param name="mayBeKept">How long a client may keep the list.</param>
internal sealed class SkillPrompts(List<ToolSkill> skills, CacheScope scope, TimeSpan mayBeKept)
{
    public void AddTo(McpServerOptions mcp)
    {
        mcp.Capabilities!.Prompts = new();
        mcp.Handlers.ListPromptsHandler = (context, _) => ValueTask.FromResult(List(context));
        mcp.Handlers.GetPromptHandler = (context, _) => ValueTask.FromResult(Get(context.Params));
    }

    private ListPromptsResult List(RequestContext<ListPromptsRequestParams> context)
    {
        if (context.Params?.Cursor is not null)
        {
            throw Invalid("The list of prompts has one page; ask for it without a cursor.");
        }

        var isPerRequest = Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
        return new()
        {
            Prompts = [.. skills.Select(Prompt)],
            TimeToLive = isPerRequest ? mayBeKept : null,
            CacheScope = isPerRequest ? scope : null,
        };
    }

    private static Prompt Prompt(ToolSkill skill) =>
        new()
        {
            Name = skill.Name,
            Description = skill.Description,
            Arguments = skill.Arguments.Count == 0 ? null : [.. skill.Arguments.Select(Argument)],
        };

    private static PromptArgument Argument(SkillArgument argument) =>
        new()
        {
            Name = argument.Name,
            Title = argument.Title,
            Description = $"{argument.Title}: {string.Join(", ", argument.Source.Match)}.",
            Required = false,
        };

    private GetPromptResult Get(GetPromptRequestParams? parameters)
    {
        var name = parameters?.Name ?? "";
        var skill = skills.Find(skill => skill.Name == name)
            ?? throw Invalid(
                $"There is no prompt '{(name.Length > 64 ? name[..64] : name)}' here; prompts/list names the available ones."
            );
        return new()
        {
            Description = skill.Description,
            Messages =
            [
                new()
                {
                    Role = Role.User,
                    Content = new TextContentBlock { Text = skill.Body + Chosen(skill, parameters?.Arguments) },
                },
            ],
        };
    }

    // What the user has chosen, below the text of the skill.
    private static string Chosen(ToolSkill skill, IDictionary<string, JsonElement>? arguments)
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            var argument = skill.Arguments.FirstOrDefault(known => known.Name == name)
                ?? throw Invalid(
                    $"The prompt '{skill.Name}' has no argument '{(name.Length > 64 ? name[..64] : name)}'"
                        + (
                            skill.Arguments.Count == 0
                                ? "."
                                : $"; it has {string.Join(", ", skill.Arguments.Select(known => known.Name))}."
                        )
                );
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "is no text");
            if (text.Trim().Length > 0)
            {
                lines.Append(CultureInfo.InvariantCulture, $"- {argument.Title}: {Line(name, text)}\n");
            }
        }

        return lines.Length == 0 ? "" : $"\nThe user has chosen\n\n{lines}";
    }

    private static string Line(string name, string text) =>
        NameText.FaultOf(text) is { } fault ? throw Wrong(name, fault) : NameText.Plain(text);

    private static McpProtocolException Wrong(string name, string fault) =>
        Invalid($"The argument '{name}' {fault}; a name of at most {NameText.Longest} characters is expected.");

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
