using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Skills;

/// <summary>Answers <c>completion/complete</c> for the arguments of the prompts (MCP 2025-11-25 and 2026-07-28, Server
/// Utilities: Completion): names of companies, items, vendors and warehouses that the caller sees. The server has no
/// resource templates, so a reference to one is refused.</summary>
internal sealed class SkillCompletions(
    NameCompletion names,
    ToolCatalog catalog,
    ToolRequests requests,
    Challenges challenges,
    SigningKeys keys,
    ServerMetrics metrics
)
{
    /// <summary>Announces completions if a prompt of the caller has arguments. Otherwise, the options do not
    /// change.</summary>
    /// <param name="skills">The skills that the caller gets.</param>
    public void AddTo(McpServerOptions mcp, IReadOnlyList<ToolSkill> skills, MessageOrigin origin)
    {
        if (skills.All(skill => skill.Arguments.Count == 0))
        {
            return;
        }

        mcp.Capabilities!.Completions = new();
        mcp.Handlers.CompleteHandler = async (context, cancellationToken) =>
            await CompleteAsync(context.Params, skills, origin, cancellationToken);
    }

    private async Task<CompleteResult> CompleteAsync(
        CompleteRequestParams? parameters,
        IReadOnlyList<ToolSkill> skills,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var skill = Find(parameters?.Ref, skills);
        var typed = parameters!.Argument;
        var argument = skill.Arguments.FirstOrDefault(known => known.Name == typed.Name)
            ?? throw Invalid(
                $"The prompt '{skill.Name}' has no argument '{Shown(typed.Name)}'"
                    + (
                        skill.Arguments.Count == 0
                            ? "."
                            : $"; it has {string.Join(", ", skill.Arguments.Select(known => known.Name))}."
                    )
            );
        if (origin.Token is not { } token || !catalog.TryGet(argument.Source.List, out var list))
        {
            throw Invalid("Completions are names that the user may see, so they need an access token. Sign in first.");
        }

        var found = await names.FindAsync(
            argument.Source,
            typed.Value,
            source => Chosen(skill, source, parameters.Context?.Arguments),
            new CallContext(list, token, origin.CorrelationId) { Profile = origin.Address.Profile },
            cancellationToken
        );
        if (found.Failure is not null)
        {
            throw await FaultAsync(found.Failure, origin, cancellationToken);
        }

        return new()
        {
            Completion = new()
            {
                Values = [.. found.Values],
                Total = found.Total,
                HasMore = found.HasMore,
            },
        };
    }

    // Where the API rejects the token, the client must sign in again, as after a call (rule B5).
    private async Task<McpProtocolException> FaultAsync(
        ToolResult failure,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var sentence = failure.Text ?? "The names could not be read.";
        if (failure.IsUnauthorized)
        {
            metrics.AuthFailed(AuthFailure.Upstream);
            await keys.RecheckAsync(cancellationToken);
            if (!origin.Address.IsLegacySse)
            {
                requests.Refuse(
                    new(challenges.InvalidToken(origin.Address, "The API refused the access token."), sentence)
                );
            }
        }

        return new(sentence, McpErrorCode.InternalError);
    }

    private static ToolSkill Find(Reference? reference, IReadOnlyList<ToolSkill> skills) =>
        reference switch
        {
            PromptReference prompt => skills.FirstOrDefault(skill => skill.Name == prompt.Name)
                ?? throw Invalid(
                    $"There is no prompt '{Shown(prompt.Name)}' here; prompts/list names the available ones."
                ),
            ResourceTemplateReference template => throw Invalid(
                $"There is no resource template '{Shown(template.Uri ?? "")}' here; the server has none."
            ),
            _ => throw Invalid("'params.ref' must name a prompt: {\"type\":\"ref/prompt\",\"name\":\"…\"}."),
        };

    // What the user has already chosen for another argument, such as the company.
    private static string? Chosen(ToolSkill skill, NameSource source, IDictionary<string, string>? values)
    {
        var other = skill.Arguments.FirstOrDefault(known =>
            known.Source.List == source.List && known.Source.Value == source.Value
        );
        return other is not null && values?.TryGetValue(other.Name, out var value) == true && value.Trim().Length > 0
            ? value.Trim()
            : null;
    }

    private static string Shown(string text) => text.Length > 64 ? text[..64] : text;

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
