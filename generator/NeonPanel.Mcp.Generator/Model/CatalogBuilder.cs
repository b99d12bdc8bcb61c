using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Converts the document into the model. Every operation becomes a tool, or is excluded with a reason (rule
/// E3).</summary>
internal static partial class CatalogBuilder
{
    private static readonly string[] Methods =
    [
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
        "trace",
        "query",
    ];

    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="published">Published names. They have priority over every naming rule.</param>
    /// <param name="diagnostics">The findings so far. They become part of the model, together with those made
    /// here.</param>
    public static CatalogModel Build(
        SpecificationDocument document,
        PublishedNames published,
        List<Diagnostic> diagnostics
    )
    {
        var root = document.Root;
        var operations = Operations(document, diagnostics).ToList();
        diagnostics.AddRange(OverlayMembers.Check(document, operations));
        diagnostics.AddRange(OwnServers(document, operations));
        var excluded = new List<ExcludedOperation>();
        var authorization = AuthorizationServerPaths.Of(root);
        var candidates = new List<OperationSource>();
        foreach (var operation in operations)
        {
            var reason = operation.Extension.Text("exclude")
                ?? (
                    authorization.Contains(operation.Path)
                        ? "Belongs to the document's own authorization server."
                        : null
                )
                ?? PathRules.ReasonAgainst(operation.Path)
                ?? (
                    MethodToken().IsMatch(operation.Method)
                        ? null
                        : "The method is not a token of HTTP (RFC 9110 §5.6.2), or opens a tunnel."
                );
            if (reason is null)
            {
                candidates.Add(operation);
            }
            else
            {
                excluded.Add(new(operation.Method, operation.Path, reason));
            }
        }

        // Names from the overlay and the lock are fixed; all other names must avoid them.
        var locked = published.Assign(candidates);
        var given = candidates
            .Select(operation =>
                (operation.Key, Name: operation.Extension.Text("name") ?? locked.GetValueOrDefault(operation.Key))
            )
            .Where(pair => pair.Name is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Name!, StringComparer.Ordinal);
        var extension = root["x-mcp"] as JsonObject;
        var names = Names(document, candidates, given, published.Retired.Select(retired => retired.Name), diagnostics);
        var rewrite = new OperationReferences(
            candidates
                .Where(operation => operation.OperationId is not null)
                .Select(operation => (operation.OperationId!, names[operation.Key]))
        );
        var builder = new OperationBuilder(document, rewrite.Rewrite, diagnostics);
        var tools = new List<OperationModel>();
        foreach (var operation in candidates)
        {
            try
            {
                tools.Add(
                    builder.Build(operation, names[operation.Key]) with
                    {
                        HasFixedName = given.ContainsKey(operation.Key),
                    }
                );
            }
            catch (FaultException fault)
            {
                diagnostics.Add(fault.Diagnostic);
                excluded.Add(new(operation.Method, operation.Path, PlainText.Line(fault.Diagnostic.Message)));
            }
        }

        diagnostics.AddRange(
            builder.Findings.Select(finding => new Diagnostic(
                DiagnosticIds.Loosened,
                Severity.Warning,
                document.File,
                finding.Pointer,
                finding.Message
            ))
        );
        if (
            builder.Nullable is { Count: > 0 } nullable
            && root["openapi"]?.ToString().StartsWith("3.0", StringComparison.Ordinal) == false
        )
        {
            diagnostics.Add(
                new(
                    DiagnosticIds.Loosened,
                    Severity.Warning,
                    document.File,
                    nullable.Min(StringComparer.Ordinal)!,
                    $"'nullable' is not a keyword of OpenAPI {root["openapi"]}; it is read as in 3.0, here and at {nullable.Count - 1} other places. "
                        + "Write the type as a list with 'null'."
                )
            );
        }

        if (tools.Count == 0)
        {
            // The first file of a description in several files. None of its operations can be served.
            var scattered = diagnostics.Find(item => item.Id == DiagnosticIds.ExternalReference)?.Message;
            diagnostics.Add(
                new(
                    DiagnosticIds.NoTools,
                    scattered is null ? Severity.Warning : Severity.Error,
                    document.File,
                    "/paths",
                    $"There is no tool: the document has {operations.Count} operations, and {excluded.Count} are left out. A server of it would offer nothing."
                        + (scattered is null ? "" : " " + scattered)
                )
            );
        }

        var clients = ClientNaming.Assign(tools.Select(tool => (tool.Method, tool.Path, tool.OperationId, tool.Tag)));
        tools =
        [
            .. tools
                .Select(tool =>
                    tool with
                    {
                        ClientName = clients[(tool.Method, tool.Path)].ClientName,
                        MethodName = clients[(tool.Method, tool.Path)].MethodName,
                        View = ViewModel.Read(document, tool),
                    }
                )
                .OrderBy(tool => tool.ToolName, StringComparer.Ordinal),
        ];
        var research = ResearchModel.Read(document, tools);
        LookupModel.Check(document, tools);
        var retired = AliasReader.Retired(extension, published, tools);
        diagnostics.AddRange(AliasReader.Check(document.File, tools, retired));
        diagnostics.AddRange(PagingModel.Check(document.File, tools));
        return new(
            PlainText.Clean(root.Get("info").Text("title")),
            PlainText.Clean(root.Get("info").Text("version")),
            rewrite.Rewrite(extension.Text("instructions")),
            FailureHints(extension, rewrite),
            ServerLocation.Read(root).Address,
            [.. tools.SelectMany(tool => tool.Scopes).Distinct().Order(StringComparer.Ordinal)],
            [
                "all",
                .. tools
                    .SelectMany(tool => tool.Profiles)
                    .Append(research?.Profile ?? "all")
                    .Distinct()
                    .Where(name => name != "all")
                    .Order(StringComparer.Ordinal),
            ],
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
            Research = research,
            ServerPath = ServerLocation.Read(root).Path,
            IsOneResource = extension.IsTrue("oneResource"),
            AuthorizationServer = (extension?["authorizationServer"] as JsonObject)?.ToJsonString(),
            SecuritySchemes = SecurityModel.Schemes(root),
        };
    }

    private static IEnumerable<OperationSource> Operations(SpecificationDocument document, List<Diagnostic> diagnostics)
    {
        foreach (
            var (path, item) in document
                .Root.Members("paths")
                .Where(pair => !pair.Key.StartsWith("x-", StringComparison.Ordinal))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        )
        {
            var (pathItem, pointer) = PathItem(document, item, JsonPointer.Append("/paths", path), diagnostics);
            foreach (var method in Methods)
            {
                if (pathItem.Get(method) is JsonObject operation)
                {
                    yield return new(
                        method.ToUpperInvariant(),
                        path,
                        operation,
                        pathItem!,
                        pointer + "/" + method,
                        pointer
                    );
                }
                else if (pathItem?.ContainsKey(method) == true)
                {
                    diagnostics.Add(
                        Misplaced(document, pointer + "/" + method, pathItem[method], "an operation: an object")
                    );
                }
            }

            // OpenAPI 3.2: methods without a fixed member, in their written case.
            foreach (
                var (method, operation) in pathItem
                    .Members("additionalOperations")
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            )
            {
                if (operation is JsonObject map)
                {
                    yield return new(
                        method,
                        path,
                        map,
                        pathItem!,
                        JsonPointer.Append(pointer + "/additionalOperations", method),
                        pointer
                    );
                }
            }
        }
    }

    private static (JsonObject? PathItem, string Pointer) PathItem(
        SpecificationDocument document,
        JsonNode? item,
        string pointer,
        List<Diagnostic> diagnostics
    )
    {
        try
        {
            var (node, place) = document.Resolve(item, pointer);
            if (node is JsonObject map)
            {
                return (map, place);
            }

            diagnostics.Add(Misplaced(document, place, node, "a path item: an object"));
        }
        catch (FaultException fault)
        {
            diagnostics.Add(fault.Diagnostic);
        }

        return (null, pointer);
    }

    private static Diagnostic Misplaced(
        SpecificationDocument document,
        string pointer,
        JsonNode? found,
        string expected
    ) =>
        new(
            DiagnosticIds.Structure,
            Severity.Warning,
            document.File,
            pointer,
            $"Found {found?.GetValueKind().ToString().ToLowerInvariant() ?? "null"}, where {expected} is expected; it is ignored."
        );

    [GeneratedRegex(@"^(?!CONNECT\z)[A-Za-z0-9!#$%&'*+.^_`|~-]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex MethodToken();

    private static Dictionary<string, string> Names(
        SpecificationDocument document,
        List<OperationSource> operations,
        Dictionary<string, string> given,
        IEnumerable<string> reserved,
        List<Diagnostic> diagnostics
    )
    {
        var taken = given.Values.Concat(reserved).ToHashSet(StringComparer.Ordinal);
        var free = operations
            .Where(operation => !given.ContainsKey(operation.Key))
            .Select(operation =>
                (
                    operation.Key,
                    Candidates: ToolNames.Candidates(operation.Method, operation.Path, operation.OperationId)
                )
            )
            .ToList();
        var names = NameAssignment.Assign(free, taken.Contains, StringComparer.Ordinal);
        var plain = free.ToDictionary(item => item.Key, item => item.Candidates[0], StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (given.TryGetValue(operation.Key, out var fixedName))
            {
                names[operation.Key] = fixedName;
                if (!ToolNames.IsLegal(fixedName))
                {
                    Add(
                        operation,
                        DiagnosticIds.OverlayMember,
                        Severity.Error,
                        $"The tool name '{fixedName}' is not of the form [A-Za-z0-9_-]{{1,64}}. Change it in the overlay (x-mcp.name)."
                    );
                }
                else if (!owners.TryAdd(fixedName, operation.Key))
                {
                    Add(
                        operation,
                        DiagnosticIds.NameClash,
                        Severity.Error,
                        $"The tool name '{fixedName}' is given to {owners[fixedName]} as well. "
                            + "Give one of the two a name of its own in the overlay (x-mcp.name)."
                    );
                }
            }
            else if (operation.OperationId is null)
            {
                Add(
                    operation,
                    DiagnosticIds.NoOperationId,
                    Severity.Warning,
                    $"The operation has no operationId; its tool is named after method and path: '{names[operation.Key]}'."
                );
            }
            else if (names[operation.Key] != plain[operation.Key])
            {
                Add(
                    operation,
                    DiagnosticIds.NameClash,
                    Severity.Warning,
                    $"Another operation would be called '{plain[operation.Key]}' as well; "
                        + $"this one is '{names[operation.Key]}'. Give each an operationId of its own, or a name in the overlay (x-mcp.name)."
                );
            }
        }

        return names;

        void Add(OperationSource operation, string id, Severity severity, string message) =>
            diagnostics.Add(new(id, severity, document.File, operation.Pointer, message));
    }

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

    // The server has only one upstream, and the document cannot change it (rule E1).
    private static IEnumerable<Diagnostic> OwnServers(
        SpecificationDocument document,
        IEnumerable<OperationSource> operations
    )
    {
        var shared = ServerLocation.Read(document.Root);
        return from operation in operations
            let own = ServerLocation.Read(
                operation.Operation.Get("servers").First() is null ? operation.PathItem : operation.Operation
            )
            where
                (own.Address is not null && own.Address != shared.Address)
                || (own.Path.Length > 0 && own.Path != shared.Path)
            select new Diagnostic(
                DiagnosticIds.Loosened,
                Severity.Warning,
                document.File,
                operation.Pointer,
                $"The operation is described at another address, {PlainText.Line(own.Address ?? own.Path)}; its calls go where all others go. "
                    + "Leave it out in the overlay (x-mcp.exclude) if it is not there."
            );
    }
}

/// <summary>An operation as it is in the document.</summary>
internal sealed record OperationSource(
    string Method,
    string Path,
    JsonObject Operation,
    JsonObject PathItem,
    string Pointer,
    string PathPointer
)
{
    public string Key => Method + " " + Path;

    public string? OperationId =>
        Operation["operationId"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0
            ? id
            : null;

    /// <summary>Gets <c>x-mcp</c> of the operation; an empty object if the overlay adds none.</summary>
    public JsonObject Extension => Operation["x-mcp"] as JsonObject ?? [];

    /// <summary>Gets the arguments that are files according to the overlay.</summary>
    public IReadOnlyList<string> Files => [.. Extension.Items("fileParams").Select(name => name?.ToString() ?? "")];
}
