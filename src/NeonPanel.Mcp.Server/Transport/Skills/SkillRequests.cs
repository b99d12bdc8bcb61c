using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Skills;

/// <summary>Answers <c>skills/list</c> and <c>skills/get</c> of the skills extension (SEP-2640), serves the files as
/// resources, and offers the same texts as prompts. A caller gets the skills of which it sees every tool (rule C11).
/// Only completions send requests to the API.</summary>
internal sealed class SkillRequests(ToolCatalog catalog, ServerIdentity identity, SkillCompletions completions)
{
    private const string Extension = "io.modelcontextprotocol/skills";
    private const string List = "skills/list";
    private const string Get = "skills/get";

    private static readonly TimeSpan MayBeKept = TimeSpan.FromHours(1);

    /// <summary>Announces the skills in the options of one message's server, and adds their methods, if the caller gets
    /// any. Otherwise, the options do not change.</summary>
    public void AddTo(McpServerOptions mcp, MessageOrigin origin)
    {
        if (catalog.Skills.Count == 0)
        {
            return;
        }

        var skills = catalog.Skills.Where(skill => IsOpen(skill, origin)).ToList();
        if (skills.Count == 0)
        {
            return;
        }

        var capabilities = mcp.Capabilities ??= new();
        // The dictionary is created for each message, because other rooms may share theirs.
        capabilities.Extensions = new Dictionary<string, object>(
            capabilities.Extensions ?? new Dictionary<string, object>()
        )
        {
            [Extension] = new JsonObject(),
        };
        capabilities.Resources ??= new();
        var scope = origin is { Selection: null, IsReadOnly: false } ? CacheScope.Public : CacheScope.Private;
        new SkillResources(skills, scope, MayBeKept).AddTo(mcp);
        new SkillPrompts(skills, scope, MayBeKept).AddTo(mcp);
        completions.AddTo(mcp, skills, origin);
#pragma warning disable MCPEXP002 // Handlers of methods that the SDK does not know.
        mcp.RequestHandlers =
        [
            .. mcp.RequestHandlers ?? [],
            Handler(List, request => ListOf(request, skills)),
            Handler(Get, request => EntryOf(request, skills)),
        ];

        McpServerRequestHandler Handler(string method, Func<JsonRpcRequest, JsonObject> answer) =>
            new()
            {
                Method = method,
                Handler = (context, _) =>
                    ValueTask.FromResult<JsonNode?>(
                        Finish(
                            answer((JsonRpcRequest)context.JsonRpcMessage),
                            (JsonRpcRequest)context.JsonRpcMessage,
                            scope
                        )
                    ),
            };
#pragma warning restore MCPEXP002
    }

    private bool IsOpen(ToolSkill skill, MessageOrigin origin) =>
        skill.Tools.All(name => catalog.TryGet(name, out var tool) && origin.Sees(tool));

    private static JsonObject ListOf(JsonRpcRequest request, List<ToolSkill> skills) =>
        ToolRequests.Text(request, "cursor") is null
            ? new() { ["skills"] = new JsonArray([.. skills.Select(Entry)]) }
            : throw Invalid("The list of skills has one page; ask for it without a cursor.");

    private static JsonObject EntryOf(JsonRpcRequest request, List<ToolSkill> skills)
    {
        var uri = ToolRequests.Text(request, "uri")
            ?? throw Invalid($"{Get} needs the address of a SKILL.md in 'params.uri'.");
        return skills.Find(skill => skill.Uri == uri) is { } found
            ? new() { ["skill"] = Entry(found) }
            : throw Invalid(Unknown(uri));
    }

    // SEP-2640, "Skill Entries". The digest was computed from the bytes that resources/read sends.
    private static JsonObject Entry(ToolSkill skill) =>
        new()
        {
            ["uri"] = skill.Uri,
            ["frontmatter"] = JsonNode.Parse(skill.Frontmatter),
            ["resources"] = new JsonArray(
                new JsonObject
                {
                    ["uri"] = skill.Uri,
                    ["digest"] = skill.Digest,
                    ["size"] = skill.Size,
                }
            ),
        };

    // The members that each result has in revision 2026-07-28.
    private JsonObject Finish(JsonObject result, JsonRpcRequest request, CacheScope scope)
    {
        if (Revisions.IsPerRequest(request.Context?.ProtocolVersion))
        {
            result["ttlMs"] = (long)MayBeKept.TotalMilliseconds;
            result["cacheScope"] = scope == CacheScope.Public ? "public" : "private";
            result["resultType"] = "complete";
            result["_meta"] = new JsonObject { ["io.modelcontextprotocol/serverInfo"] = JsonNode.Parse(identity.Json) };
        }

        return result;
    }

    /// <summary>Returns the message about an address at which no skill is served.</summary>
    public static string Unknown(string uri) =>
        $"No skill is served at '{(uri.Length > 200 ? uri[..200] : uri)}' here; {List} names the available ones.";

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
