using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator;

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

    /// <summary>Gets the specification with the overlay applied.</summary>
    public SpecificationDocument Document { get; }

    public CatalogModel Catalog { get; }

    /// <summary>Gets how the catalogue differs from the lock; empty without one.</summary>
    public IReadOnlyList<Diagnostic> Drift { get; }

    /// <summary>Gets the actions of the overlay that found nothing.</summary>
    public IReadOnlyList<OverlayAction> PassedOver { get; }

    public IEnumerable<Diagnostic> Errors => Catalog.Diagnostics.Where(item => item.Severity == Severity.Error);

    /// <param name="specification">The specification.</param>
    /// <param name="overlay">The overlay, or <see langword="null"/>.</param>
    /// <param name="toolLock">The lock, or <see langword="null"/> when nothing was published.</param>
    /// <param name="use">What becomes of an action of the overlay that finds nothing.</param>
    /// <param name="stages">Is told each step as it begins, or <see langword="null"/>.</param>
    /// <param name="tokens">Where the tokens of unchanged tools come from.</param>
    /// <exception cref="FaultException">An input cannot be used at all.</exception>
    public static GenerationPipeline Run(
        InputFile specification,
        InputFile? overlay,
        ToolLock? toolLock,
        OverlayUse use = OverlayUse.Whole,
        IProgress<string>? stages = null,
        TokenUse tokens = TokenUse.Counted
    )
    {
        stages?.Report($"Reading {specification.Name}");
        var diagnostics = new List<Diagnostic>();
        var document = SpecificationReader.Read(specification.Name, specification.Bytes, diagnostics);
        // Only an overlay changes the tree.
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
        var catalog = Build(document, toolLock?.Names ?? PublishedNames.None, diagnostics, use, passedOver);
        if (catalog.Tools.Count > TypedDocument.MaxOperations)
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
                        $"The document has {catalog.Tools.Count} operations; typed methods are written for at most {TypedDocument.MaxOperations}. "
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

        stages?.Report("Comparing with the lock");
        return new(original, document, catalog, [.. toolLock?.Compare(catalog) ?? []], passedOver);
    }

    // What the overlay declares over several operations may name one that another version of the document does not
    // have.
    private static CatalogModel Build(
        SpecificationDocument document,
        PublishedNames names,
        List<Diagnostic> diagnostics,
        OverlayUse use,
        List<OverlayAction> passedOver
    )
    {
        const string member = "/x-mcp/";
        while (true)
        {
            List<Diagnostic> found = [.. diagnostics];
            try
            {
                var catalog = CatalogBuilder.Build(document, names, found);
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

    /// <summary>Every file of the output, each made when it is asked for: all of a large API's would not fit into
    /// memory. The typed client is the first one, as it takes as long as the others together.</summary>
    public IEnumerable<GeneratedFile> Emit(string @namespace)
    {
        var typed = TypedDocument.Choose(Catalog.Tools);
        yield return TypedClientEmitter.Emit(Document, typed, @namespace);
        foreach (
            var file in RawClientEmitter
                .Emit(Catalog.Tools, typed, @namespace)
                .Concat(ToolEmitter.Emit(Catalog, @namespace))
        )
        {
            yield return file;
        }

        yield return CatalogEmitter.Emit(Catalog);
    }
}

/// <summary>Where the tokens of a tool come from.</summary>
internal enum TokenUse
{
    /// <summary>They are counted.</summary>
    Counted,

    /// <summary>Those of a tool that is as published come from the lock, since the vocabulary takes half a second to
    /// load.</summary>
    Locked,
}

/// <summary>A file that was read.</summary>
internal sealed record InputFile(string Name, byte[] Bytes);
