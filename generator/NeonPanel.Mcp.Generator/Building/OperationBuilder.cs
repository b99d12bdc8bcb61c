using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Converts one operation of the document into an <see cref="OperationModel"/>.</summary>
internal sealed class OperationBuilder
{
    private readonly SpecificationDocument document;
    private readonly Func<string?, string> rewrite;
    private readonly List<Diagnostic> diagnostics;
    private readonly SchemaNormalizer schemas;
    private readonly ArgumentReader arguments;
    private readonly AnswerReader answers;

    public OperationBuilder(SpecificationDocument document, Func<string?, string> rewrite, List<Diagnostic> diagnostics)
    {
        this.document = document;
        this.rewrite = rewrite;
        this.diagnostics = diagnostics;
        schemas = new(document, rewrite);
        arguments = new(document, schemas, rewrite, diagnostics);
        answers = new(document, schemas, diagnostics);
    }

    /// <summary>Gets messages about loosened schemas, with their positions.</summary>
    public IEnumerable<(string Pointer, string Message)> Findings => schemas.Findings;

    /// <summary>Gets the positions at which <c>nullable</c> was read.</summary>
    public IReadOnlySet<string> Nullable => schemas.Nullable;

    /// <exception cref="FaultException">The operation cannot become a tool.</exception>
    public OperationModel Build(OperationSource source, string name)
    {
        var operation = source.Operation;
        var hints = HintReader.Read(document, source);
        var (output, accept) = answers.Read(operation, source.Pointer);
        var rows = RowsReader.Read(source, document.Root, hints, output.Shape);
        var (request, inputSchema) = Request(source, hints, output.Shape, rows);
        var texts = OperationTexts.Of(source, rewrite);
        var scopes = Scopes(operation);
        return new()
        {
            ToolName = name,
            Title = texts.Title,
            Description = texts.Description,
            HasOwnText = texts.HasOwn,
            OperationId = source.OperationId,
            Tag = operation.Items("tags").OfType<JsonValue>().FirstOrDefault()?.ToString(),
            Method = source.Method,
            Path = source.Path,
            RequestPath = ParameterReader.RequestPath(source.Path, request.Parameters),
            Source = source,
            Parameters = request.Parameters,
            Body = request.Body,
            Accept = accept,
            Arguments = request.Arguments,
            Lookups = LookupArguments.Of(request.Arguments),
            InputSchema = inputSchema,
            Upload = request.Upload,
            TakesFields = request.TakesFields,
            TakesPreview = request.TakesPreview,
            Waits = source.Extension.IsTrue("wait"),
            Confirm = HintReader.Flag(source, "confirm"),
            Paging = PagingReader.Read(source.Extension),
            Spans = SpanReader.Read(document.Root, source.Extension, request.Arguments),
            Rows = request.TakesTotals ? rows : null,
            OutputSchema = output.Schema,
            AnswerShape = output.Shape,
            NullableAnswers = output.Nullable,
            Aliases = AliasReader.Names(source.Extension),
            ArgumentAliases = AliasReader.Arguments(source.Extension),
            Hints = hints,
            NotDestructive = HintReader.Reason(source),
            Profiles = Profiles(source.Extension, hints),
            Scopes = scopes,
            Security = SecurityReader.Requirements(document.Root, operation),
            Meta = Meta(source.Extension, texts.Title, scopes),
        };
    }

    // Arguments are described in full if clients accept their size. Larger ones lose texts first, and parts last.
    private (RequestModel Request, JsonObject InputSchema) Request(
        OperationSource source,
        HintsModel hints,
        SchemaModel answer,
        RowsModel? rows
    )
    {
        var request = arguments
            .Read(source, hints, ServerArguments.OffersFields(hints, answer), rows, SchemaNormalizer.Depths[0])
            .WithoutBodyDefaults();
        var schema = Schema(request.Arguments);
        var bytes = ClientSchema.SizeOf(schema);
        if (bytes > ClientSchema.MaxBytes)
        {
            var fitter = new SchemaFitter(form => ClientSchema.SizeOf(Schema(form)), ClientSchema.MaxBytes);
            var fitted = fitter.Fit(request.Arguments)
                ?? throw new FaultException(
                    new(
                        DiagnosticIds.NotCallable,
                        Severity.Warning,
                        document.File,
                        source.Pointer,
                        $"The arguments have a schema of {bytes} bytes, and names and types alone are more than the {ClientSchema.MaxBytes} bytes that clients accept. "
                            + "Leave some of them out in the overlay."
                    )
                );
            diagnostics.Add(
                new(
                    DiagnosticIds.Shortened,
                    Severity.Warning,
                    document.File,
                    source.Pointer,
                    $"The arguments have a schema of {bytes} bytes; clients accept {ClientSchema.MaxBytes}. Left out: {fitter.LeftOut}. "
                        + "Leave out arguments or shorten texts in the overlay to choose what stays."
                )
            );
            request = request with { Arguments = fitted };
            schema = Schema(fitted);
        }

        var accepted = ServerArguments.WithFiles(request.Arguments, source.Files, ServerArguments.AcceptedFile);
        accepted = request.TakesFields ? ServerArguments.WithFieldsAsList(accepted) : accepted;
        var checkedForms = ArgumentForms.Add(accepted, request.Body, source.Files.Contains);
        return (request with { Arguments = LookupArguments.Widen(checkedForms) }, schema);

        JsonObject Schema(SchemaModel form) =>
            ClientSchema.Input(ServerArguments.WithFiles(form, source.Files, ServerArguments.DeclaredFile));
    }

    private static List<string> Profiles(JsonObject extension, HintsModel hints)
    {
        var profiles = new SortedSet<string>(StringComparer.Ordinal) { "all" };
        profiles.UnionWith(
            extension
                .Items("profiles")
                .OfType<JsonValue>()
                .Select(name => name.ToString())
                .Where(name => name.Length > 0)
        );
        if (extension.Text("domain") is { Length: > 0 } domain)
        {
            profiles.Add(domain);
        }

        if (extension.IsTrue("core"))
        {
            profiles.Add("core");
        }

        if (hints.ReadOnly)
        {
            profiles.Add("read");
        }

        return [.. profiles];
    }

    // The scopes of the first alternative are used (OpenAPI 3.1, "Security Requirement Object").
    private List<string> Scopes(JsonObject operation)
    {
        var requirements = operation["security"] as JsonArray ?? document.Root["security"] as JsonArray;
        return requirements?.FirstOrDefault() is JsonObject first
            ?
            [
                .. first
                    .SelectMany(scheme => scheme.Value as JsonArray ?? [])
                    .OfType<JsonValue>()
                    .Select(scope => scope.ToString())
                    .Where(scope => scope.Length > 0)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    private static JsonObject Meta(JsonObject extension, string title, List<string> scopes)
    {
        const int maxStatusLine = 64;
        var meta = new JsonObject
        {
            ["openai/toolInvocation/invoking"] = Line("invoking", title + "…"),
            ["openai/toolInvocation/invoked"] = Line("invoked", title + ": done"),
            ["securitySchemes"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "oauth2",
                    ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
                }
            ),
        };
        if (extension["fileParams"] is JsonArray files)
        {
            meta["openai/fileParams"] = files.DeepClone();
        }

        return meta;

        string Line(string name, string otherwise) =>
            PlainText.Cut(PlainText.Clean(extension.Text(name) ?? otherwise), maxStatusLine);
    }
}
