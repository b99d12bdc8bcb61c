using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Composing;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Converts the document into the model. Every operation becomes a tool, or is excluded with a reason (rule
/// E3).</summary>
internal sealed partial class CatalogBuilder
{
    private readonly SpecificationDocument document;
    private readonly PublishedNames published;
    private readonly List<Diagnostic> diagnostics;
    private readonly List<ExcludedOperation> excluded = [];
    private readonly JsonObject? extension;
    private readonly SeenAnswers? seen;

    private CatalogBuilder(
        SpecificationDocument document,
        PublishedNames published,
        List<Diagnostic> diagnostics,
        SeenAnswers? seen
    )
    {
        this.document = document;
        this.published = published;
        this.seen = seen;
        this.diagnostics = diagnostics;
        extension = document.Root["x-mcp"] as JsonObject;
    }

    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="published">Published names. They have priority over every naming rule.</param>
    /// <param name="diagnostics">The findings so far. They become part of the model, together with those made
    /// here.</param>
    /// <param name="seen">The kinds of values that answers had, or <see langword="null"/>.</param>
    public static CatalogModel Build(
        SpecificationDocument document,
        PublishedNames published,
        List<Diagnostic> diagnostics,
        SeenAnswers? seen = null
    ) => new CatalogBuilder(document, published, diagnostics, seen).Build();

    private CatalogModel Build()
    {
        var operations = OperationList.Read(document, diagnostics).ToList();
        diagnostics.AddRange(OverlayMembers.Check(document, operations));
        diagnostics.AddRange(OperationList.OtherServers(document, operations));
        var candidates = Candidates(operations);
        var given = ToolNaming.Fixed(candidates, published);
        var names = new ToolNaming(document, diagnostics).Assign(
            candidates,
            given,
            published.Retired.Select(retired => retired.Name)
        );
        var rewrite = new OperationReferences(
            candidates
                .Where(operation => operation.OperationId is not null)
                .Select(operation => (operation.OperationId!, names[operation.Key]))
        );
        var builder = new OperationBuilder(document, rewrite.Rewrite, diagnostics);
        var built = Tools(builder, candidates, names, given.ContainsKey);
        AddSchemaFindings(builder);
        if (built.Count == 0)
        {
            AddNoTools(operations.Count);
        }

        var tools = Completed(built);
        tools = InOrder(
            tools.Concat(
                ComposedTools
                    .Build(document, tools, builder.Build)
                    .Select(tool => tool with { View = ViewReader.Read(document, tool) })
            )
        );
        tools = OutputSchemas.Finish(tools, seen);
        return Model(tools, rewrite);
    }

    private List<OperationSource> Candidates(List<OperationSource> operations)
    {
        var authorization = AuthorizationServerPaths.Of(document.Root);
        var candidates = new List<OperationSource>();
        foreach (var operation in operations)
        {
            if (ReasonAgainst(operation, authorization.Contains) is { } reason)
            {
                excluded.Add(new(operation.Method, operation.Path, reason));
            }
            else
            {
                candidates.Add(operation);
            }
        }

        return candidates;
    }

    private static string? ReasonAgainst(OperationSource operation, Predicate<string> isAuthorization)
    {
        if (operation.Extension.Text("exclude") is { } reason)
        {
            return reason;
        }

        if (isAuthorization(operation.Path))
        {
            return "Belongs to the document's own authorization server.";
        }

        if (PathRules.ReasonAgainst(operation.Path) is { } fault)
        {
            return fault;
        }

        return MethodToken().IsMatch(operation.Method)
            ? null
            : "The method is not a token of HTTP (RFC 9110 §5.6.2), or opens a tunnel.";
    }

    private List<OperationModel> Tools(
        OperationBuilder builder,
        List<OperationSource> candidates,
        Dictionary<string, string> names,
        Predicate<string> isFixed
    )
    {
        var tools = new List<OperationModel>();
        foreach (var operation in candidates)
        {
            try
            {
                var tool = builder.Build(operation, names[operation.Key]);
                tools.Add(tool with { HasFixedName = isFixed(operation.Key) });
            }
            catch (FaultException fault)
            {
                diagnostics.Add(fault.Diagnostic);
                excluded.Add(new(operation.Method, operation.Path, PlainText.Line(fault.Diagnostic.Message)));
            }
        }

        return tools;
    }

    private void AddSchemaFindings(OperationBuilder builder)
    {
        foreach (var (pointer, message) in builder.Findings)
        {
            AddLoosened(pointer, message);
        }

        var version = document.Root["openapi"]?.ToString();
        if (
            builder.Nullable is { Count: > 0 } nullable
            && version?.StartsWith("3.0", StringComparison.Ordinal) == false
        )
        {
            AddLoosened(
                nullable.Min(StringComparer.Ordinal)!,
                $"'nullable' is not a keyword of OpenAPI {version}; it is read as in 3.0, here and at {nullable.Count - 1} other places. "
                    + "Write the type as a list with 'null'."
            );
        }
    }

    private void AddLoosened(string pointer, string message) =>
        diagnostics.Add(new(DiagnosticIds.Loosened, Severity.Warning, document.File, pointer, message));

    private void AddNoTools(int operations)
    {
        // The first file of a description in several files. None of its operations can be served.
        var scattered = diagnostics.Find(item => item.Id == DiagnosticIds.ExternalReference)?.Message;
        diagnostics.Add(
            new(
                DiagnosticIds.NoTools,
                scattered is null ? Severity.Warning : Severity.Error,
                document.File,
                "/paths",
                $"There is no tool: the document has {operations} operations, and {excluded.Count} are left out. A server of it would offer nothing."
                    + (scattered is null ? "" : " " + scattered)
            )
        );
    }

    // Adds to each tool what depends on all tools, and what the overlay says about the finished tool.
    private List<OperationModel> Completed(List<OperationModel> tools)
    {
        var clients = ClientNaming.Assign(
            tools.Select(tool => new NamedOperation(tool.Method, tool.Path, tool.OperationId, tool.Tag))
        );
        var sources = new ValueSources(tools);
        return InOrder(
            tools
                .Select(tool =>
                    tool with
                    {
                        Arguments = sources.Add(tool),
                        ClientName = clients[(tool.Method, tool.Path)].ClientName,
                        MethodName = clients[(tool.Method, tool.Path)].MethodName,
                        View = ViewReader.Read(document, tool),
                        Echo = EchoReader.Read(document, tool),
                    }
                )
                .Select(tool =>
                    tool with
                    {
                        Brief = BriefReader.Read(document, tool),
                        Once = OnceReader.Read(document, tool, tools),
                        Preview = PreviewReader.Read(document, tool, tools),
                        Work = WorkReader.Read(document, tool, tools),
                        Record = WrittenRecordReader.Read(document, tool),
                    }
                )
        );
    }

    private static List<OperationModel> InOrder(IEnumerable<OperationModel> tools) =>
        [.. tools.OrderBy(tool => tool.ToolName, StringComparer.Ordinal)];

    private CatalogModel Model(List<OperationModel> tools, OperationReferences rewrite)
    {
        var research = new ResearchReader(document, tools).Read();
        LookupRules.Check(document, tools);
        var retired = AliasReader.Retired(extension, published, tools);
        AddToolFindings(tools, retired);
        var profiles = Profiles(tools, research);
        var server = ServerLocation.Read(document.Root);
        return new(
            PlainText.Clean(document.Root.Get("info").Text("title")),
            PlainText.Clean(document.Root.Get("info").Text("version")),
            InstructionReader.Read(document, rewrite.Rewrite, [.. tools.Select(tool => tool.ToolName)], profiles),
            FailureHints(extension, rewrite),
            server.Address,
            [.. tools.SelectMany(tool => tool.Scopes).Distinct().Order(StringComparer.Ordinal)],
            profiles,
            tools,
            retired,
            [
                .. excluded
                    .OrderBy(item => item.Path, StringComparer.Ordinal)
                    .ThenBy(item => item.Method, StringComparer.Ordinal),
            ],
            [
                .. diagnostics
                    .OrderBy(item => item.Pointer, StringComparer.Ordinal)
                    .ThenBy(item => item.Id, StringComparer.Ordinal),
            ]
        )
        {
            Summary = PlainText.Line(document.Root.Get("info").Text("summary")),
            Research = research,
            ServerPath = server.Path,
            IsOneResource = extension.IsTrue("oneResource"),
            AuthorizationServer = (extension?["authorizationServer"] as JsonObject)?.ToJsonString(),
            TermsAddress = Page(extension.Text("terms") ?? document.Root.Get("info").Text("termsOfService")),
            PolicyAddress = Page(extension.Text("policy")),
            SecuritySchemes = SecurityReader.Schemes(document.Root),
        };
    }

    // Clients show the address as a link, so only that of a page on the web is kept.
    private static string? Page(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url is { Scheme: "https", UserInfo.Length: 0 }
            ? url.AbsoluteUri
            : null;

    private void AddToolFindings(List<OperationModel> tools, IReadOnlyList<RetiredTool> retired)
    {
        diagnostics.AddRange(AliasReader.Check(document.File, tools, retired));
        diagnostics.AddRange(PagingReader.Check(document.File, tools));
        diagnostics.AddRange(EchoReader.Check(document, tools));
        diagnostics.AddRange(SpanReader.Check(document.File, tools));
        diagnostics.AddRange(RowsReader.Check(document.File, tools));
    }

    private static List<string> Profiles(List<OperationModel> tools, ResearchModel? research)
    {
        const string all = "all";
        return
        [
            all,
            .. tools
                .SelectMany(tool => tool.Profiles)
                .Append(research?.Profile ?? all)
                .Distinct()
                .Where(name => name != all)
                .Order(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"^(?!CONNECT\z)[A-Za-z0-9!#$%&'*+.^_`|~-]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex MethodToken();

    // Returns the hints by status that the overlay adds to messages about answers.
    private static SortedDictionary<string, string> FailureHints(JsonObject? extension, OperationReferences rewrite)
    {
        var hints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var (status, text) in extension
                .Members("failures")
                .Where(pair => pair.Key.Length == 3 && pair.Key.All(char.IsAsciiDigit))
        )
        {
            hints[status] = rewrite.Rewrite(text?.ToString());
        }

        return hints;
    }
}
