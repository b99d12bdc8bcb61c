using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Which tools stand where, and how they are listed.</summary>
internal sealed record TransportOptions(string DefaultProfile, bool OutputSchemas)
{
    public static TransportOptions Read(SettingsReader settings, ToolCatalog catalog)
    {
        var profile = settings.Text("Mcp:DefaultProfile") ?? "all";
        if (!catalog.Profiles.Contains(profile, StringComparer.Ordinal))
        {
            settings.Fault("Mcp:DefaultProfile", "must be one of " + string.Join(", ", catalog.Profiles), profile);
        }

        return new(profile, settings.Flag("Mcp:OutputSchemas", true));
    }
}

/// <summary>MCP in and out: the SDK's stateless Streamable HTTP over a table that is made once. Tools registered with the
/// SDK one by one would be built anew for every request.</summary>
internal static class McpTransport
{
    private static readonly TimeSpan ListLifetime = TimeSpan.FromHours(1);

    public static IServiceCollection AddMcpTransport(
        this IServiceCollection services, ToolCatalog catalog, TransportOptions options, ServerOptions server, string version)
    {
        var lists = catalog.Profiles.ToDictionary(
            profile => profile,
            profile => new ListToolsResult
            {
                Tools = [.. catalog.OfProfile(profile).Select(tool => Describe(tool, options))],
                TimeToLive = ListLifetime,
                CacheScope = CacheScope.Public,
            },
            StringComparer.Ordinal);
        services.AddSingleton(options).AddHttpContextAccessor();
        services.AddMcpServer(mcp =>
            {
                // After the API, so that a server built for another one does not call itself NeonPanel.
                var title = catalog.ApiName;
                mcp.ServerInfo = new() { Name = Slug(title), Title = title, Version = version, WebsiteUrl = server.PublicUrl };
                mcp.ServerInstructions = catalog.Instructions.Length > 0 ? catalog.Instructions : null;
            })
            .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless)
            .WithListToolsHandler((context, _) => ValueTask.FromResult(lists[Origin(context, options).Profile]))
            .WithCallToolHandler((context, cancellationToken) =>
                CallAsync(context, catalog, options, server, cancellationToken));
        return services;
    }

    public static IEndpointRouteBuilder MapMcpTransport(this IEndpointRouteBuilder endpoints, ToolCatalog catalog)
    {
        endpoints.MapMcp("/");
        endpoints.MapMcp("/mcp");
        foreach (var profile in catalog.Profiles)
        {
            endpoints.MapMcp("/mcp/" + profile).Add(endpoint => endpoint.Metadata.Add(new ProfileMetadata(profile)));
        }

        return endpoints;
    }

    private static async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> context,
        ToolCatalog catalog,
        TransportOptions options,
        ServerOptions server,
        CancellationToken cancellationToken)
    {
        var origin = Origin(context, options);
        var name = context.Params?.Name ?? "";
        if (!catalog.TryGet(name, out var tool) || !tool.Profiles.Contains(origin.Profile))
        {
            var nearest = NearestName.Find(name, catalog.Tools.Select(known => known.Name));
            throw new McpProtocolException(
                $"There is no tool '{(name.Length > 64 ? name[..64] : name)}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
                McpErrorCode.InvalidParams);
        }

        var token = origin.Token
            ?? throw new McpProtocolException("A tool call needs an access token.", McpErrorCode.InvalidRequest);
        var invoker = context.Services!.GetRequiredService<ToolInvoker>();
        var result = await invoker.InvokeAsync(tool, Arguments(context.Params?.Arguments), token, origin.CorrelationId, cancellationToken);
        return new()
        {
            Content = [.. Blocks(tool, result)],
            StructuredContent = result.Structured.IsEmpty ? null : Element(result.Structured),
            IsError = result.IsError,
            // ChatGPT signs the user in again on this (rule B5).
            Meta = result.IsUnauthorized
                ? new() { ["mcp/www_authenticate"] = new JsonArray(AuthenticationGate.Challenge(
                    server, origin.Suffix, "invalid_token", "The API refused the access token.", tool.Scopes)) }
                : null,
        };
    }

    private static JsonElement Arguments(IDictionary<string, JsonElement>? arguments)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static Tool Describe(ToolDescriptor tool, TransportOptions options) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = Element(tool.InputSchema),
        OutputSchema = options.OutputSchemas ? Element(tool.OutputSchema) : null,
        Annotations = new()
        {
            Title = tool.Title,
            ReadOnlyHint = tool.Hints.ReadOnly,
            DestructiveHint = tool.Hints.Destructive,
            IdempotentHint = tool.Hints.Idempotent,
            OpenWorldHint = tool.Hints.OpenWorld,
        },
        Meta = (JsonObject)JsonNode.Parse(tool.Meta)!,
    };

    private static IEnumerable<ContentBlock> Blocks(ToolDescriptor tool, ToolResult result)
    {
        yield return new TextContentBlock { Text = result.Text };
        if (result.Notes.Count > 0)
        {
            yield return new TextContentBlock { Text = string.Join('\n', result.Notes) };
        }

        if (result.Attachment is { } attachment)
        {
            yield return attachment.IsImage
                ? ImageContentBlock.FromBytes(attachment.Bytes, attachment.MediaType)
                : new EmbeddedResourceBlock { Resource = BlobResourceContents.FromBytes(attachment.Bytes, $"answer://{tool.Name}", attachment.MediaType) };
        }
    }

    private static JsonElement Element(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static MessageOrigin Origin(MessageContext context, TransportOptions options)
    {
        if (MessageOrigin.In(context) is { } origin)
        {
            return origin;
        }

        var http = context.Services!.GetRequiredService<IHttpContextAccessor>().HttpContext
            ?? throw new InvalidOperationException("The call did not come over HTTP.");
        return new(
            http.Features.Get<AccessToken>(),
            http.Request.Path.Value!.TrimEnd('/'),
            http.GetEndpoint()?.Metadata.GetMetadata<ProfileMetadata>()?.Name ?? options.DefaultProfile,
            http.TraceIdentifier);
    }

    private sealed record ProfileMetadata(string Name);

    private static string Slug(string title) =>
        string.Concat(title.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-')).Trim('-') is { Length: > 0 } slug
            ? slug : "api";
}
