using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>An API with the same rows behind each kind of paging, and the catalog of its tools.</summary>
internal sealed class PagedApi : IAsyncDisposable
{
    public const int LargestPage = 60;

    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> requests = [];

    private PagedApi(WebApplication app, int port)
    {
        this.app = app;
        Address = $"http://127.0.0.1:{port}";
    }

    public string Address { get; }

    /// <summary>Gets or sets the rows as JSON texts.</summary>
    public IReadOnlyList<string> Rows { get; set; } = [];

    /// <summary>Gets or sets what is done before a page is answered: returns an answer of its own, or
    /// <see langword="null"/>.</summary>
    public Func<int, HttpContext, Task<IResult?>> Before { get; set; } = (_, _) => Task.FromResult<IResult?>(null);

    /// <summary>Gets the paths and queries that were requested.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public static async Task<PagedApi> StartAsync()
    {
        var port = LoopbackPorts.FreePair();
        var app = SandboxHost.CreateBuilder(port, []).Build();
        var api = new PagedApi(app, port);
        Map("/brief", http => api.PageAsync(http, "pages"));
        Map("/pages", http => api.PageAsync(http, "pages"));
        Map("/zero", http => api.PageAsync(http, "zero"));
        Map("/open", http => api.PageAsync(http, "open"));
        Map("/clamped", http => api.PageAsync(http, "clamped"));
        Map("/offsets", http => api.OffsetAsync(http, isTold: true));
        Map("/skips", http => api.OffsetAsync(http, isTold: false));
        Map("/cursors", http => api.CursorAsync(http));
        Map("/ids", http => api.IdAsync(http));
        Map("/links", http => api.LinkAsync(http, inHeader: false));
        Map("/headers", http => api.LinkAsync(http, inHeader: true));
        await app.StartAsync();
        return api;

        void Map(string path, Func<HttpContext, Task<IResult>> answer) =>
            app.MapGet(path, async (HttpContext http) => await (await answer(http)).ExecuteAsync(http));
    }

    /// <summary>Gets the names of the tools, one for each kind of paging.</summary>
    public static string[] Kinds { get; } =
    ["pages", "zero", "open", "offsets", "skips", "cursors", "ids", "links", "headers"];

    public static ToolCatalog Catalog() =>
        new([
            Tool("brief", "page", "per_page", brief: ["data.id", "data.vendor.name"]),
            Tool("clamped", "page", "per_page"),
            Tool("cursors", "cursor", "limit"),
            Tool("headers", null, "per_page", isList: true),
            Tool("ids", "starting_after", "limit"),
            Tool("links", null, "per_page"),
            Tool("offsets", "offset", "limit"),
            Tool("open", "page", "per_page", isList: true),
            Tool("pages", "page", "per_page"),
            Tool("skips", "offset", "limit"),
            Tool("zero", "page", "per_page", isZero: true),
        ])
        {
            SpecificationTitle = "Paged API",
            SpecificationVersion = "1",
            Hash = "0000000000000000",
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all"],
            IsOneResource = true,
        };

    public void Forget() => requests.Clear();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> PageAsync(HttpContext http, string kind)
    {
        var first = kind == "zero" ? 0 : 1;
        var page = Number(http, "page") ?? first;
        if (await EnterAsync(http, page - first + 1) is { } own)
        {
            return own;
        }

        var size = Size(http, "per_page");
        var pages = (Rows.Count + size - 1) / size;
        if (kind == "clamped")
        {
            page = Math.Min(page, Math.Max(1, pages));
        }

        var rows = Part((page - first) * size, size);
        return kind switch
        {
            "pages" => Json(
                $$"""{"current_page":{{page}},"per_page":{{size}},"last_page":{{pages}},"data":[{{rows}}]}"""
            ),
            "zero" => Json($$"""{"page":{{page}},"totalPages":{{pages}},"data":[{{rows}}]}"""),
            "open" => Json($"[{rows}]"),
            _ => Json($$"""{"data":[{{rows}}]}"""),
        };
    }

    private async Task<IResult> OffsetAsync(HttpContext http, bool isTold)
    {
        var size = Size(http, "limit");
        var offset = Number(http, "offset") ?? 0;
        if (await EnterAsync(http, (offset / size) + 1) is { } own)
        {
            return own;
        }

        return Json(
            isTold
                ? $$"""{"total":{{Rows.Count}},"offset":{{offset}},"data":[{{Part(offset, size)}}]}"""
                : $$"""{"data":[{{Part(offset, size)}}]}"""
        );
    }

    private async Task<IResult> CursorAsync(HttpContext http)
    {
        var size = Size(http, "limit");
        var start = int.Parse(
            http.Request.Query["cursor"].ToString().TrimStart('c').PadLeft(1, '0'),
            CultureInfo.InvariantCulture
        );
        if (await EnterAsync(http, (start / size) + 1) is { } own)
        {
            return own;
        }

        var next = start + size < Rows.Count ? $"\"c{start + size}\"" : "null";
        return Json($$"""{"meta":{"next_cursor":{{next}} },"data":[{{Part(start, size)}}]}""");
    }

    private async Task<IResult> IdAsync(HttpContext http)
    {
        var size = Size(http, "limit");
        var start = Number(http, "starting_after") ?? 0;
        if (await EnterAsync(http, (start / size) + 1) is { } own)
        {
            return own;
        }

        var more = start + size < Rows.Count ? "true" : "false";
        return Json($$"""{"data":[{{Part(start, size)}}],"has_more":{{more}}}""");
    }

    private async Task<IResult> LinkAsync(HttpContext http, bool inHeader)
    {
        var size = Size(http, "per_page");
        var start = Number(http, "hidden") ?? 0;
        if (await EnterAsync(http, (start / size) + 1) is { } own)
        {
            return own;
        }

        var next = start + size < Rows.Count ? $"{http.Request.Path}?per_page={size}&hidden={start + size}" : null;
        if (!inHeader)
        {
            var link = next is null ? "null" : $"\"{next}\"";
            return Json($$"""{"links":{"next":{{link}} },"data":[{{Part(start, size)}}]}""");
        }

        http.Response.Headers.Link = next is null ? "</headers>; rel=\"prev\"" : $"<{Address}{next}>; rel=\"next\"";
        return Json($"[{Part(start, size)}]");
    }

    private async Task<IResult?> EnterAsync(HttpContext http, int page)
    {
        requests.Enqueue(http.Request.Path + http.Request.QueryString);
        return await Before(page, http);
    }

    private string Part(int start, int count) => string.Join(',', Rows.Skip(Math.Max(0, start)).Take(count));

    private static int Size(HttpContext http, string name) => Math.Min(Number(http, name) ?? 10, LargestPage);

    private static int? Number(HttpContext http, string name) =>
        int.TryParse(http.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Json(string text) => Results.Text(text, "application/json");

    private static ToolDescriptor Tool(
        string name,
        string? place,
        string size,
        bool isList = false,
        bool isZero = false,
        IReadOnlyList<string>? brief = null
    )
    {
        var arguments = new Dictionary<string, ValueShape>
        {
            [size] = new()
            {
                Kinds = ValueKinds.Integer,
                Minimum = "1",
                Maximum = LargestPage.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (place is not null)
        {
            arguments[place] = place is "cursor" or "starting_after"
                ? new() { Kinds = ValueKinds.String }
                : new() { Kinds = ValueKinds.Integer, Minimum = isZero ? "0" : null };
        }

        var sent = arguments.Keys.Append("vendor").ToList();
        arguments["vendor"] = arguments["fields"] = new() { Kinds = ValueKinds.String };
        arguments["total"] = arguments["where"] = new() { Kinds = ValueKinds.String };
        arguments["all_pages"] = new() { Kinds = ValueKinds.Boolean };
        var template = new RequestTemplate(
            "GET",
            "/" + name,
            [
                .. sent.Select(argument => new RequestParameter(
                    argument,
                    ParameterLocation.Query,
                    argument,
                    ParameterStyle.Form,
                    Explode: true
                )),
            ]
        );
        return new()
        {
            Name = name,
            Title = name,
            Description = name,
            OperationId = name,
            Method = "GET",
            Path = "/" + name,
            InputSchema = """{"type":"object","properties":{},"additionalProperties":false}""",
            OutputSchema = """{"type":"object"}""",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            TakesFields = true,
            Brief = brief ?? [],
            Rows = new(isList ? "items" : "data"),
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = arguments,
                AdditionalProperties = null,
            },
            MakeAnswer = () => Answer(isList ? "items" : "data"),
            Call = (http, values, configure, cancellationToken) =>
                RawCall.SendAsync(http, template, values, configure, cancellationToken),
        };
    }

    private static AnswerShape Answer(string list)
    {
        var row = new AnswerShape
        {
            Kinds = ValueKinds.Object,
            Members = new Dictionary<string, AnswerShape>
            {
                ["id"] = new() { Kinds = ValueKinds.Integer },
                ["name"] = new() { Kinds = ValueKinds.String },
                ["status"] = new() { Kinds = ValueKinds.String, IsText = true },
                ["amount"] = new() { Kinds = ValueKinds.Number },
                ["currency"] = new() { Kinds = ValueKinds.String },
                ["due_date"] = new() { Kinds = ValueKinds.String, IsText = true },
                ["vendor"] = new()
                {
                    Kinds = ValueKinds.Object,
                    Members = new Dictionary<string, AnswerShape>
                    {
                        ["id"] = new() { Kinds = ValueKinds.Integer },
                        ["name"] = new() { Kinds = ValueKinds.String },
                    },
                },
                ["lines"] = new()
                {
                    Kinds = ValueKinds.Array,
                    Items = new()
                    {
                        Kinds = ValueKinds.Object,
                        Members = new Dictionary<string, AnswerShape>
                        {
                            ["quantity"] = new() { Kinds = ValueKinds.Integer },
                        },
                    },
                },
                ["more"] = new() { Kinds = ValueKinds.Object },
            },
        };
        return new()
        {
            Kinds = ValueKinds.Object,
            Members = new Dictionary<string, AnswerShape>
            {
                [list] = new() { Kinds = ValueKinds.Array, Items = row },
            },
        };
    }
}
