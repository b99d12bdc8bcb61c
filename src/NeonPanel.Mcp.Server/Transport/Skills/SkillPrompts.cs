using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Skills;

/// <summary>The skills as prompts without arguments, for hosts that offer prompts as commands and do not know the
/// skills extension.</summary>
/// <param name="skills">The skills that the caller gets.</param>
/// <param name="scope">Who may share the list.</param>
/// <param name="mayBeKept">How long a client may keep the list.</param>
internal sealed class SkillPrompts(List<ToolSkill> skills, CacheScope scope, TimeSpan mayBeKept)
{
    public void AddTo(McpServerOptions mcp)
    {
        mcp.Capabilities!.Prompts = new();
        mcp.Handlers.ListPromptsHandler = (context, _) => ValueTask.FromResult(List(context));
        mcp.Handlers.GetPromptHandler = (context, _) => ValueTask.FromResult(Get(context.Params?.Name ?? ""));
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
            Prompts = [.. skills.Select(skill => new Prompt { Name = skill.Name, Description = skill.Description })],
            TimeToLive = isPerRequest ? mayBeKept : null,
            CacheScope = isPerRequest ? scope : null,
        };
    }

    private GetPromptResult Get(string name)
    {
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
                    Content = new TextContentBlock { Text = skill.Body },
                },
            ],
        };
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
