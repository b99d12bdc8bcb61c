using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The results of <c>tools/list</c>. They are written once, so that every response has the same bytes (rule
/// A5). They are written from the descriptors, because the SDK's type has no <c>securitySchemes</c> at the top level
/// (rule B5).</summary>
internal sealed class ToolLists
{
    private const int PageSize = 500;

    private readonly ViewOffer offer;
    private readonly HostOffer hosts;
    private readonly ToolDescriptor? profileTool;
    private readonly ListForm plainForm;
    private readonly Variant plain;

    // Written on first use, because some servers have no client that gets another list.
    private readonly ConcurrentDictionary<ListForm, Variant> others = new();
    private readonly Func<ListForm, Variant> write;

    // Members that only revisions with per-request metadata have: how long and for whom the list may be cached, and the
    // server's name (revision 2026-07-28).
    private readonly byte[] perRequestEnd;

    // The same for lists that depend on the client: on headers of the request, or on what it announces.
    private readonly byte[] ownEnd;

    private readonly ToolCatalog catalog;

    /// <param name="serverInfo">The server's name and version as JSON text.</param>
    /// <param name="auth">The settings that name the scopes which clients must request.</param>
    /// <param name="views">Which clients see views; <see langword="null"/> for none.</param>
    /// <param name="hosts">Which hosts get the tool for accounts; <see langword="null"/> for none.</param>
    /// <param name="profileTool">That tool, or <see langword="null"/>.</param>
    /// <param name="icons">The icons of tools, or <see langword="null"/>.</param>
    public ToolLists(
        ToolCatalog catalog,
        bool outputSchemas,
        string serverInfo,
        AuthOptions auth,
        ViewOffer? views = null,
        HostOffer? hosts = null,
        ToolDescriptor? profileTool = null,
        ToolIcons? icons = null
    )
    {
        perRequestEnd = EndOfPage(serverInfo, "public");
        ownEnd = EndOfPage(serverInfo, "private");
        this.catalog = catalog;
        offer = views ?? ViewOffer.None;
        this.hosts = hosts ?? HostOffer.None;
        this.profileTool = profileTool;
        plainForm = new(offer.IsToAll, profileTool is not null && this.hosts.HasProfileForAll, HasIcons: false);
        write = form => new(catalog, form.HasProfile ? profileTool : null, tool => Json(writer =>
                {
                    var view = form.HasViews ? offer.Views.Address(tool) : null;
                    ToolLists.Write(writer, tool, outputSchemas, auth.ScopesToAskFor(tool), view);
                    if (form.HasIcons)
                    {
                        icons?.Write(writer, tool);
                    }
                }));
        plain = write(plainForm);
    }

    /// <summary>Writes the result of <c>tools/list</c>.</summary>
    /// <param name="cursor">The cursor of the previous page, or <see langword="null"/> for the first page.</param>
    /// <param name="isPerRequest">Whether the revision is 2026-07-28 or later.</param>
    /// <returns>Whether the cursor names a page. Otherwise nothing is written.</returns>
    public bool TryWrite(IBufferWriter<byte> output, MessageOrigin origin, string? cursor, bool isPerRequest)
    {
        if (origin.Selection is not null)
        {
            return TryWriteSelected(output, origin, cursor, isPerRequest);
        }

        var pages = For(origin).PagesOf(origin.Address.Profile, origin.IsReadOnly);
        if (!pages.TryGetValue(cursor ?? "", out var page) || cursor == "")
        {
            return false;
        }

        output.Write(page.Bytes);
        output.Write(EndOf(isPerRequest, IsOwn(origin)));
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
        For(origin)
            .PagesOf(origin.Address.Profile, origin.IsReadOnly)[""]
            .Gzip.Write(output, before, [.. EndOf(isPerRequest, IsOwn(origin)), .. after]);

    private Variant For(MessageOrigin origin)
    {
        var form = FormFor(origin);
        return form == plainForm ? plain : others.GetOrAdd(form, write);
    }

    private ListForm FormFor(MessageOrigin origin) =>
        new(
            offer.IsMadeTo(origin),
            profileTool is not null && hosts.HasProfileFor(origin),
            HostOffer.HasIconsFor(origin)
        );

    // The plain list stays the one for everybody: a cache that gives it to a host with views only costs the views. The
    // other lists must not reach a host without them, and a list that only reads must not reach a host that writes.
    private bool IsOwn(MessageOrigin origin) => origin.IsReadOnly || FormFor(origin) != plainForm;

    // Written anew for each request: few clients select tools, and the selections differ.
    private bool TryWriteSelected(IBufferWriter<byte> output, MessageOrigin origin, string? cursor, bool isPerRequest)
    {
        var selected = For(origin).Pages([.. catalog.OfProfile(origin.Address.Profile).Where(origin.Sees)]);
        if (cursor == "" || !selected.TryGetValue(cursor ?? "", out var page))
        {
            return false;
        }

        output.Write(page.Bytes);
        output.Write(EndOf(isPerRequest, isOwn: true));
        return true;
    }

    private static byte[] EndOfPage(string serverInfo, string cacheScope)
    {
        var end = Json(writer =>
        {
            writer.WriteNumber("ttlMs", (long)TimeSpan.FromHours(1).TotalMilliseconds);
            writer.WriteString("cacheScope", cacheScope);
            writer.WriteString("resultType", "complete");
            writer.WriteStartObject("_meta");
            writer.WritePropertyName("io.modelcontextprotocol/serverInfo");
            writer.WriteRawValue(serverInfo);
            writer.WriteEndObject();
        });
        // A comma instead of the opening brace, because these members follow those of a page.
        end[0] = (byte)',';
        return end;
    }

    private ReadOnlySpan<byte> EndOf(bool isPerRequest, bool isOwn)
    {
        if (!isPerRequest)
        {
            return "}"u8;
        }

        return isOwn ? ownEnd : perRequestEnd;
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
        // Clients reject a result without structured content from a tool with an output schema.
        if (outputSchemas && !tool.AnswersBytes)
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

    /// <summary>What a list has beside the tools of the API.</summary>
    private readonly record struct ListForm(bool HasViews, bool HasProfile, bool HasIcons);

    /// <summary>The lists of all profiles in one form.</summary>
    private sealed class Variant
    {
        private readonly Dictionary<ToolDescriptor, byte[]> written;
        private readonly FrozenDictionary<(string Profile, bool IsReadOnly), FrozenDictionary<string, ToolPage>> pages;

        /// <param name="catalog">The tools.</param>
        /// <param name="further">A tool that all profiles have beside them, or <see langword="null"/>.</param>
        /// <param name="write">Returns the entry of a tool.</param>
        public Variant(ToolCatalog catalog, ToolDescriptor? further, Func<ToolDescriptor, byte[]> write)
        {
            written = catalog
                .Profiles.SelectMany(catalog.OfProfile)
                .Concat(further is null ? [] : [further])
                .Distinct()
                .ToDictionary(tool => tool, write);
            pages = catalog
                .Profiles.SelectMany(_ => (bool[])[false, true], (profile, isReadOnly) => (profile, isReadOnly))
                .ToFrozenDictionary(
                    key => key,
                    key =>
                        Pages(
                            InOrder(
                                catalog.OfProfile(key.profile).Where(tool => !key.isReadOnly || tool.Hints.ReadOnly),
                                key.profile == catalog.Research?.Profile ? null : further
                            )
                        )
                );
        }

        // Research has exactly the two tools that its hosts expect.
        private static ToolDescriptor[] InOrder(IEnumerable<ToolDescriptor> tools, ToolDescriptor? further) =>
            further is null
                ? [.. tools]
                : [.. tools.Append(further).OrderBy(tool => tool.Name, StringComparer.Ordinal)];

        public FrozenDictionary<string, ToolPage> PagesOf(string profile, bool isReadOnly) =>
            pages[(profile, isReadOnly)];

        /// <summary>Returns the pages of some tools by their cursor. A cursor is the name of the first tool of its
        /// page. Each page lacks its closing brace.</summary>
        public FrozenDictionary<string, ToolPage> Pages(ToolDescriptor[] tools)
        {
            var result = new Dictionary<string, ToolPage>(StringComparer.Ordinal);
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
                result.Add(start == 0 ? "" : tools[start].Name, new(page[..^1]));
            }

            return result.ToFrozenDictionary(StringComparer.Ordinal);
        }
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
