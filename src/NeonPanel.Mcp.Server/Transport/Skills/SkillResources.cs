using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Skills;

/// <summary>The files of the skills as resources, beside those that other handlers serve.</summary>
/// <param name="skills">The skills that the caller gets.</param>
/// <param name="scope">Who may share the answers.</param>
/// <param name="mayBeKept">How long a client may keep the answers.</param>
internal sealed class SkillResources(List<ToolSkill> skills, CacheScope scope, TimeSpan mayBeKept)
{
    private const string Scheme = "skill://";
    private const string MediaType = "text/markdown";

    public void AddTo(McpServerOptions mcp)
    {
        var list = mcp.Handlers.ListResourcesHandler;
        var read = mcp.Handlers.ReadResourceHandler;
        mcp.Handlers.ListResourcesHandler = async (context, cancellationToken) =>
        {
            if (context.Params?.Cursor is not null)
            {
                throw new McpProtocolException(
                    "The list of resources has one page; ask for it without a cursor.",
                    McpErrorCode.InvalidParams
                );
            }

            var result = list is null ? NewList(IsPerRequest(context)) : await list(context, cancellationToken);
            result.Resources = [.. result.Resources, .. skills.Select(Resource)];
            return result;
        };
        mcp.Handlers.ReadResourceHandler = (context, cancellationToken) =>
            read is null || context.Params?.Uri.StartsWith(Scheme, StringComparison.Ordinal) == true
                ? ValueTask.FromResult(Read(context.Params?.Uri ?? "", IsPerRequest(context)))
                : read(context, cancellationToken);
    }

    private ListResourcesResult NewList(bool isPerRequest) =>
        new()
        {
            Resources = [],
            TimeToLive = isPerRequest ? mayBeKept : null,
            CacheScope = isPerRequest ? scope : null,
        };

    // SEP-2640, "Resource Metadata".
    private static Resource Resource(ToolSkill skill) =>
        new()
        {
            Uri = skill.Uri,
            Name = skill.Name,
            Description = skill.Description,
            MimeType = MediaType,
            Size = skill.Size,
        };

    private ReadResourceResult Read(string uri, bool isPerRequest)
    {
        var skill = skills.Find(skill => skill.Uri == uri)
            // SEP-2164: the code is -32602 since 2026-07-28; earlier revisions had a code of their own.
            ?? throw new McpProtocolException(
                SkillRequests.Unknown(uri),
                isPerRequest ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound
            );
        return new()
        {
            Contents =
            [
                new TextResourceContents
                {
                    Uri = uri,
                    MimeType = MediaType,
                    Text = skill.Text,
                },
            ],
            TimeToLive = isPerRequest ? mayBeKept : null,
            CacheScope = isPerRequest ? scope : null,
        };
    }

    private static bool IsPerRequest(MessageContext context) =>
        Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
}
