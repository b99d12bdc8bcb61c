using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The results of <c>tools/list</c>. They are written once, so that every response has the same bytes (rule
/// A5). They are written from the descriptors, because the SDK's type has no <c>securitySchemes</c> at the top level
/// (rule B5).</summary>
internal sealed class ToolLists
{
    private const int PageSize = 500;

    private readonly FrozenDictionary<(string Profile, bool IsReadOnly), FrozenDictionary<string, ToolPage>> pages;

    // Members that only revisions with per-request metadata have: how long and for whom the list may be cached, and the
    // server's name (revision 2026-07-28).
    private readonly byte[] perRequestEnd;

    /// <param name="serverInfo">The server's name and version as JSON text.</param>
    /// <param name="auth">The settings that name the scopes which clients must request.</param>
    /// <param name="views">The views of the tools, or <see langword="null"/> if views are off.</param>
    public ToolLists(
        ToolCatalog catalog,
        bool outputSchemas,
        string serverInfo,
        AuthOptions auth,
        ToolViews? views = null
    )
    {
        perRequestEnd = Json(writer =>
        {
            writer.WriteNumber("ttlMs", (long)TimeSpan.FromHours(1).TotalMilliseconds);
            writer.WriteString("cacheScope", "public");
            writer.WriteString("resultType", "complete");
            writer.WriteStartObject("_meta");
            writer.WritePropertyName("io.modelcontextprotocol/serverInfo");
            writer.WriteRawValue(serverInfo);
            writer.WriteEndObject();
        });
        // A comma instead of the opening brace, because these members follow those of a page.
        perRequestEnd[0] = (byte)',';
        var written = catalog
            .Profiles.SelectMany(catalog.OfProfile)
            .Distinct()
            .ToDictionary(
                tool => tool,
                tool =>
                    Json(writer => Write(writer, tool, outputSchemas, auth.ScopesToAskFor(tool), views?.Address(tool)))
            );
        pages = catalog
            .Profiles.SelectMany(_ => (bool[])[false, true], (profile, isReadOnly) => (profile, isReadOnly))
            .ToFrozenDictionary(
                key => key,
                key =>
                    Pages(
                        [.. catalog.OfProfile(key.profile).Where(tool => !key.isReadOnly || tool.Hints.ReadOnly)],
                        written
                    )
            );
    }

    /// <summary>Writes the result of <c>tools/list</c>.</summary>
    /// <param name="cursor">The cursor of the previous page, or <see langword="null"/> for the first page.</param>
    /// <param name="isPerRequest">Whether the revision is 2026-07-28 or later.</param>
    /// <returns>Whether the cursor names a page. Otherwise nothing is written.</returns>
    public bool TryWrite(IBufferWriter<byte> output, MessageOrigin origin, string? cursor, bool isPerRequest)
    {
        if (!pages[(origin.Address.Profile, origin.IsReadOnly)].TryGetValue(cursor ?? "", out var page) || cursor == "")
        {
            return false;
        }

        output.Write(page.Bytes);
        output.Write(EndOf(isPerRequest));
        return true;
    }

    /// <summary>Writes a response to <c>tools/list</c> as gzip. The list contains no user data and no secret, so its
    /// compressed length reveals nothing (BREACH).</summary>
    /// <param name="before">The text before the result.</param>
    /// <param name="after">The text after the result.</param>
    public void WriteGzip(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> before,
        MessageOrigin origin,
        bool isPerRequest,
        ReadOnlySpan<byte> after
    ) =>
        pages[(origin.Address.Profile, origin.IsReadOnly)]
            [""]
            .Gzip.Write(output, before, [.. EndOf(isPerRequest), .. after]);

    private ReadOnlySpan<byte> EndOf(bool isPerRequest) => isPerRequest ? perRequestEnd : "}"u8;

    // Each page lacks its closing brace. A cursor is the name of the first tool of its page.
    private static FrozenDictionary<string, ToolPage> Pages(
        ToolDescriptor[] tools,
        Dictionary<ToolDescriptor, byte[]> written
    )
    {
        var pages = new Dictionary<string, ToolPage>(StringComparer.Ordinal);
        for (var start = 0; start == 0 || start < tools.Length; start += PageSize)
        {
            var end = Math.Min(start + PageSize, tools.Length);
            var page = Json(writer =>
            {
                writer.WriteStartArray("tools");
                foreach (var tool in tools[start..end])
                {
                    writer.WriteRawValue(written[tool]);
                }

                writer.WriteEndArray();
                if (end < tools.Length)
                {
                    writer.WriteString("nextCursor", tools[end].Name);
                }
            });
            pages.Add(start == 0 ? "" : tools[start].Name, new(page[..^1]));
        }

        return pages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Write(
        Utf8JsonWriter writer,
        ToolDescriptor tool,
        bool outputSchemas,
        IReadOnlyList<string> scopes,
        string? view
    )
    {
        var meta = Meta(tool, scopes);
        writer.WriteString("name", tool.Name);
        writer.WriteString("title", tool.Title);
        writer.WriteString("description", tool.Description);
        Raw("inputSchema", tool.InputSchema);
        if (outputSchemas)
        {
            Raw("outputSchema", tool.OutputSchema);
        }

        writer.WritePropertyName("annotations");
        tool.WriteAnnotations(writer);
        if (meta["securitySchemes"] is { } schemes)
        {
            writer.WritePropertyName("securitySchemes");
            schemes.WriteTo(writer);
        }

        if (view is not null)
        {
            AddView(meta, tool, view);
        }

        writer.WritePropertyName("_meta");
        meta.WriteTo(writer);

        void Raw(string name, string json)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }

    // Some clients request the scopes of the tool, others those of the challenge or of the metadata. All three must
    // agree.
    private static JsonObject Meta(ToolDescriptor tool, IReadOnlyList<string> scopes)
    {
        var meta = JsonNode.Parse(tool.Meta)!.AsObject();
        foreach (var scheme in meta["securitySchemes"]?.AsArray() ?? [])
        {
            if (scheme is JsonObject { } members && members.ContainsKey("scopes"))
            {
                members["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
            }
        }

        return meta;
    }

    // The keys of MCP Apps (2026-01-26), of its drafts, and of ChatGPT, all with the same value.
    private static void AddView(JsonObject meta, ToolDescriptor tool, string view)
    {
        meta["ui"] = new JsonObject { ["resourceUri"] = view };
        meta["ui/resourceUri"] = view;
        meta["openai/outputTemplate"] = view;
        if (ToolViews.PageArgument(tool) is not null)
        {
            meta["openai/widgetAccessible"] = true;
        }
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A page of a list, without its closing brace.</summary>
    private sealed class ToolPage(byte[] bytes)
    {
        // Compressed on first use, because most profiles have few clients.
        private readonly Lazy<CompressedPage> gzip = new(() => new(bytes));

        public byte[] Bytes => bytes;

        public CompressedPage Gzip => gzip.Value;
    }
}
