using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Skills;

namespace NeonPanel.Mcp.Generator.Pipeline;

/// <summary>The steps in order: read, apply the overlay, build the model, compare with the lock, emit.</summary>
internal sealed class GenerationPipeline
{
    private GenerationPipeline(
        JsonObject original,
        SpecificationDocument document,
        CatalogModel catalog,
        IReadOnlyList<Diagnostic> drift,
        IReadOnlyList<OverlayAction> passedOver
    )
    {
        Original = original;
        Document = document;
        Catalog = catalog;
        Drift = drift;
        PassedOver = passedOver;
    }

    /// <summary>Gets the specification without the overlay.</summary>
    public JsonObject Original { get; }

    /// <summary>Gets the specification after the overlay was applied.</summary>
    public SpecificationDocument Document { get; }

    public CatalogModel Catalog { get; }

    /// <summary>Gets the differences between the catalogue and the lock; empty without a lock.</summary>
    public IReadOnlyList<Diagnostic> Drift { get; }

    /// <summary>Gets the overlay actions that matched nothing.</summary>
    public IReadOnlyList<OverlayAction> PassedOver { get; }

    public IEnumerable<Diagnostic> Errors => Catalog.Diagnostics.Where(item => item.Severity == Severity.Error);

    /// <param name="specification">The specification, with what was seen of the API's answers.</param>
    /// <param name="overlay">The overlay, or <see langword="null"/>.</param>
    /// <param name="toolLock">The lock, or <see langword="null"/> if nothing was published.</param>
    /// <param name="use">How to handle an overlay action that matches nothing.</param>
    /// <param name="stages">Receives each step when it begins, or <see langword="null"/>.</param>
    /// <param name="tokens">The source of the numbers of tokens.</param>
    /// <param name="skills">The files of the skills, or <see langword="null"/>.</param>
    /// <exception cref="FaultException">An input cannot be used.</exception>
    public static GenerationPipeline Run(
        InputFile specification,
        InputFile? overlay,
        ToolLock? toolLock,
        OverlayUse use = OverlayUse.Whole,
        IProgress<string>? stages = null,
        TokenUse tokens = TokenUse.Counted,
        IReadOnlyList<InputFile>? skills = null
    )
    {
        stages?.Report($"Reading {specification.Name}");
        var diagnostics = new List<Diagnostic>();
        var document = SpecificationReader.Read(specification.Name, specification.Bytes, diagnostics);
        // The tree is copied only if there is an overlay, because only an overlay changes it.
        var original = overlay is null ? document.Root : (JsonObject)document.Root.DeepClone();
        List<OverlayAction> passedOver = [];
        if (overlay is not null)
        {
            stages?.Report($"Applying {overlay.Name}");
            passedOver.AddRange(
                OverlayApplier.Apply(
                    document,
                    overlay.Name,
                    SpecificationReader.Parse(overlay.Name, overlay.Bytes, diagnostics),
                    use
                )
            );
        }

        stages?.Report("Making tools of the operations");
        var seen = specification.Seen is { } file ? SeenAnswers.Read(file) : null;
        var catalog = Build(document, toolLock?.Names ?? PublishedNames.None, diagnostics, use, passedOver, seen);
        if (catalog.Operations.Count > TypedDocument.MaxOperations)
        {
            catalog = catalog with
            {
                Diagnostics =
                [
                    .. catalog.Diagnostics,
                    new(
                        DiagnosticIds.Loosened,
                        Severity.Warning,
                        specification.Name,
                        "",
                        $"The document has {catalog.Operations.Count} operations; typed methods are written for at most {TypedDocument.MaxOperations}. "
                            + "The raw methods and the tools are complete."
                    ),
                ],
            };
        }

        if (tokens == TokenUse.Locked && toolLock is not null)
        {
            catalog = catalog with
            {
                Tools = [.. catalog.Tools.Select(tool => tool with { LockedTokens = toolLock.TokensOf(tool) })],
            };
        }

        catalog = SkillCheck.Add(catalog, skills ?? []);
        stages?.Report("Comparing with the lock");
        return new(original, document, catalog, [.. toolLock?.Compare(catalog) ?? []], passedOver);
    }

    // A declaration of the overlay that concerns several operations may name an operation that another version of the
    // document does not have.
    private static CatalogModel Build(
        SpecificationDocument document,
        PublishedNames names,
        List<Diagnostic> diagnostics,
        OverlayUse use,
        List<OverlayAction> passedOver,
        SeenAnswers? seen
    )
    {
        const string member = "/x-mcp/";
        while (true)
        {
            List<Diagnostic> found = [.. diagnostics];
            try
            {
                var catalog = CatalogBuilder.Build(document, names, found, seen);
                diagnostics.AddRange(found.Skip(diagnostics.Count));
                return catalog;
            }
            catch (FaultException fault)
                when (use == OverlayUse.WhereItFits
                    && fault.Diagnostic.Id == DiagnosticIds.OverlayMember
                    && fault.Diagnostic.Pointer.Contains(member, StringComparison.Ordinal)
                )
            {
                var at = fault.Diagnostic.Pointer.IndexOf(member, StringComparison.Ordinal) + member.Length;
                var name = fault.Diagnostic.Pointer[at..].Split('/')[0];
                passedOver.Add(new(fault.Diagnostic.Pointer, fault.Diagnostic.Message));
                if (
                    document.Find(fault.Diagnostic.Pointer[..(at - 1)]) is not JsonObject extension
                    || !extension.Remove(name)
                )
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Returns all files of the output. Each is made when it is written, because the files of a large API do
    /// not fit into memory. The typed client comes first, because it takes as long as all others together.</summary>
    public IEnumerable<GeneratedFile> Emit(string @namespace)
    {
        var typed = TypedDocument.Choose(Catalog.Operations);
        yield return TypedClientEmitter.Emit(Document, typed, @namespace);
        foreach (
            var file in RawClientEmitter
                .Emit(Catalog.Operations, typed, @namespace)
                .Concat(ToolEmitter.Emit(Catalog, @namespace))
        )
        {
            yield return file;
        }

        yield return CatalogEmitter.Emit(Catalog);
    }
}
