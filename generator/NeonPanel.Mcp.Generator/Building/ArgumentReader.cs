using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Composing;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Converts the parameters and body of an operation into the tool's arguments.</summary>
internal sealed class ArgumentReader
{
    private readonly SpecificationDocument document;
    private readonly ParameterReader parameters;
    private readonly BodyReader body;
    private readonly HashSet<Diagnostic> told = [];
    private int depth;

    public ArgumentReader(
        SpecificationDocument document,
        SchemaNormalizer schemas,
        Func<string?, string> rewrite,
        List<Diagnostic> diagnostics
    )
    {
        this.document = document;
        parameters = new(document, schemas, rewrite, Tell);
        body = new(document, schemas, rewrite);

        // Each finding is reported once, even if the request is read several times.
        void Tell(string pointer, string message)
        {
            var diagnostic = new Diagnostic(DiagnosticIds.Loosened, Severity.Warning, document.File, pointer, message);
            if (depth == SchemaNormalizer.Depths[0] && told.Add(diagnostic))
            {
                diagnostics.Add(diagnostic);
            }
        }
    }

    /// <param name="source">The operation.</param>
    /// <param name="hints">The hints of the tool.</param>
    /// <param name="offersFields">Whether the tool may offer <c>fields</c>.</param>
    /// <param name="rows">The list of the answer, if the server may read all its pages.</param>
    /// <param name="deepest">Levels of members and items to describe.</param>
    /// <exception cref="FaultException">A part has a broken reference, or cannot be sent.</exception>
    public RequestModel Read(OperationSource source, HintsModel hints, bool offersFields, RowsModel? rows, int deepest)
    {
        depth = deepest;
        var upload = ServerArguments.Upload(document, source, source.Files);
        var read = body.Read(source.Operation["requestBody"], source.Pointer + "/requestBody", deepest);
        var declared = parameters.Read(source, deepest);
        // The name of a file is sent only together with the file's bytes.
        var names = declared
            .Where(parameter => parameter.Name == upload?.NameParameter)
            .Select(parameter => parameter with { Argument = parameter.Name });
        var request = ArgumentFlattener.Flatten(
            [.. declared.Where(parameter => upload?.NameParameter != parameter.Name)],
            read
        );
        var takesFields =
            offersFields
            // A composed tool has small answers, and arguments of its own that keep them small.
            && source.Method != ComposedTools.Method
            && document.Root["x-mcp"].IsTrue("fields")
            && ServerArguments.IsFree(request.Arguments, ServerArguments.Fields);
        var takesTotals = ServerArguments.TakesWholeList(request.Arguments, rows);
        var own = ServerArguments.Add(
            ServerArguments.WithLink(request.Arguments, upload),
            takesFields,
            source.Extension.ContainsKey("brief"),
            source.Extension.IsTrue("wait"),
            OnceReader.IsDeclared(source.Extension)
        );
        var takesPreview = ServerArguments.OffersPreview(document.Root, source, hints, own);
        own = takesPreview ? ServerArguments.AddPreview(own) : own;
        return request with
        {
            TakesPreview = takesPreview,
            Arguments = LookupArguments.Widen(takesTotals ? ServerArguments.AddWholeList(own) : own),
            TakesTotals = takesTotals,
            TakesFields = takesFields,
            Upload = upload is null ? null : upload with { Parameters = [.. request.Parameters, .. names] },
        };
    }
}

/// <summary>The request, and the arguments from which it is made.</summary>
/// <param name="Arguments">One object, with members in the order of the specification and defaults as declared.</param>
internal sealed record RequestModel(IReadOnlyList<ParameterModel> Parameters, BodyModel? Body, SchemaModel Arguments)
{
    /// <summary>Gets whether the server can reduce the answer to selected members.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets whether the server can read all pages of the answer's list.</summary>
    public bool TakesTotals { get; init; }

    /// <summary>Gets whether callers may ask for a preview.</summary>
    public bool TakesPreview { get; init; }

    /// <summary>Gets how to send a file as bytes if the body only contains a link to it, or
    /// <see langword="null"/>.</summary>
    public UploadModel? Upload { get; init; }

    /// <summary>Returns the request without the defaults of body members. The API applies them itself, but a model that
    /// sees a default sends it (rule D2).</summary>
    public RequestModel WithoutBodyDefaults()
    {
        var members = Body?.Members.Select(member => member.Argument).ToHashSet(StringComparer.Ordinal) ?? [];
        return this with
        {
            Arguments = Arguments with
            {
                Properties =
                [
                    .. Arguments.Properties.Select(property =>
                        members.Contains(property.Name)
                            ? property with
                            {
                                Schema = property.Schema with { Default = null },
                            }
                            : property
                    ),
                ],
            },
        };
    }
}
