using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Offers views as MCP resources: those of the tools that the caller sees. It sends no requests to the
/// API.</summary>
internal sealed class ViewResources(ToolCatalog catalog, ToolViews views, ToolRequests requests)
{
    private const string Extension = "io.modelcontextprotocol/ui";
    private const string MediaType = "text/html;profile=mcp-app";

    private static readonly TimeSpan MayBeKept = TimeSpan.FromHours(1);

    public void AddTo(McpServerOptions mcp)
    {
        mcp.Capabilities!.Resources = new();
        mcp.Capabilities.Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() };
        mcp.Handlers.ListResourcesHandler = (context, _) => ValueTask.FromResult(List(context));
        mcp.Handlers.ReadResourceHandler = (context, _) => ValueTask.FromResult(Read(context));
    }

    private ListResourcesResult List(RequestContext<ListResourcesRequestParams> context)
    {
        if (context.Params?.Cursor is not null)
        {
            throw new McpProtocolException(
                "The list of resources has one page; ask for it without a cursor.",
                McpErrorCode.InvalidParams
            );
        }

        var profile = requests.OriginOf(context).Address.Profile;
        var isPerRequest = Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
        return new()
        {
            // All of these tools only read (NPG011), so X-MCP-Readonly hides none of them.
            Resources =
            [
                .. catalog
                    .OfProfile(profile)
                    .Where(tool => views.Address(tool) is not null)
                    .Select(tool => new Resource
                    {
                        Uri = views.Address(tool)!,
                        Name = tool.Name,
                        Title = tool.Title,
                        Description = $"Shows the answer of {tool.Name}.",
                        MimeType = MediaType,
                        Meta = Meta(),
                    }),
            ],
            TimeToLive = isPerRequest ? MayBeKept : null,
            CacheScope = isPerRequest ? CacheScope.Public : null,
        };
    }

    private ReadResourceResult Read(RequestContext<ReadResourceRequestParams> context)
    {
        var isPerRequest = Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
        var uri = context.Params?.Uri ?? "";
        if (views.Find(uri) is not { } tool || !requests.OriginOf(context).Sees(tool))
        {
            // SEP-2164: the code is -32602 since 2026-07-28; earlier revisions had a code of their own.
            throw new McpProtocolException(
                $"There is no resource '{(uri.Length > 200 ? uri[..200] : uri)}' here; resources/list names the available ones.",
                isPerRequest ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound
            );
        }

        return new()
        {
            Contents =
            [
                new TextResourceContents
                {
                    Uri = uri,
                    MimeType = MediaType,
                    Text = ToolViews.Document(tool),
                    Meta = Meta(),
                },
            ],
            TimeToLive = isPerRequest ? MayBeKept : null,
            CacheScope = isPerRequest ? CacheScope.Public : null,
        };
    }

    // Every list of origins is empty, so a host allows the view to load nothing.
    private static JsonObject Meta() =>
        new()
        {
            ["ui"] = new JsonObject
            {
                ["csp"] = new JsonObject
                {
                    ["connectDomains"] = new JsonArray(),
                    ["resourceDomains"] = new JsonArray(),
                    ["frameDomains"] = new JsonArray(),
                    ["baseUriDomains"] = new JsonArray(),
                },
                ["prefersBorder"] = true,
            },
        };
}
