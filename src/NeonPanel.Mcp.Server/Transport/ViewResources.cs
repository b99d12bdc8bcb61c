using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Offers views as MCP resources: those of the tools that the caller sees. It sends no requests to the
/// API.</summary>
internal sealed class ViewResources(ToolCatalog catalog, ViewOffer offer, ToolRequests requests)
{
    private const string MediaType = ViewAnnouncement.MediaType;

    // The metadata depends on the host, so what is kept must not be shared.
    private static readonly TimeSpan MayBeKept = TimeSpan.FromHours(1);

    /// <summary>Adds the resources to the options of one message's server, if the sender sees views.</summary>
    public void AddTo(McpServerOptions mcp, MessageOrigin origin)
    {
        if (!offer.IsMadeTo(origin))
        {
            return;
        }

        mcp.Capabilities!.Resources = new();
        mcp.Capabilities.Extensions ??= new Dictionary<string, object>();
        mcp.Capabilities.Extensions[ViewAnnouncement.Extension] = new JsonObject();
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

        var origin = requests.OriginOf(context);
        var isPerRequest = Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
        return new()
        {
            // All of these tools only read (NPG011), so X-MCP-Readonly hides none of them.
            Resources =
            [
                .. catalog
                    .OfProfile(origin.Address.Profile)
                    .Where(tool => offer.Views.Address(tool) is not null)
                    .Select(tool => new Resource
                    {
                        Uri = offer.Views.Address(tool)!,
                        Name = tool.Name,
                        Title = tool.Title,
                        Description = $"Shows the answer of {tool.Name}.",
                        MimeType = MediaType,
                        Meta = Meta(origin),
                    }),
            ],
            TimeToLive = isPerRequest ? MayBeKept : null,
            CacheScope = isPerRequest ? CacheScope.Private : null,
        };
    }

    private ReadResourceResult Read(RequestContext<ReadResourceRequestParams> context)
    {
        var isPerRequest = Revisions.IsPerRequest(context.JsonRpcMessage.Context?.ProtocolVersion);
        var uri = context.Params?.Uri ?? "";
        var origin = requests.OriginOf(context);
        if (offer.Views.Find(uri) is not { } tool || !origin.Sees(tool))
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
                    Meta = Meta(origin),
                },
            ],
            TimeToLive = isPerRequest ? MayBeKept : null,
            CacheScope = isPerRequest ? CacheScope.Private : null,
        };
    }

    // Every list of origins is empty, so a host allows the view to load nothing.
    private JsonObject Meta(MessageOrigin origin)
    {
        var ui = new JsonObject
        {
            ["csp"] = new JsonObject
            {
                ["connectDomains"] = new JsonArray(),
                ["resourceDomains"] = new JsonArray(),
                ["frameDomains"] = new JsonArray(),
                ["baseUriDomains"] = new JsonArray(),
            },
            ["prefersBorder"] = true,
        };
        if (offer.DomainFor(origin) is { } domain)
        {
            ui["domain"] = domain;
        }

        var meta = new JsonObject { ["ui"] = ui };
        if (offer.Domain is { } own)
        {
            // ChatGPT's own key of the same meaning, which other hosts do not read.
            meta["openai/widgetDomain"] = own;
        }

        return meta;
    }
}
