using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds the operations of a document, in ordinal order of their paths.</summary>
internal static class OperationList
{
    public static IEnumerable<OperationSource> Read(SpecificationDocument document, List<Diagnostic> diagnostics)
    {
        foreach (
            var (path, item) in document
                .Root.Members("paths")
                .Where(pair => !pair.Key.StartsWith("x-", StringComparison.Ordinal))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        )
        {
            var (pathItem, pointer) = PathItem(document, item, JsonPointer.Append("/paths", path), diagnostics);
            foreach (var method in OperationMethods.All)
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

    /// <summary>Warns of operations that are described at another address. The server has only one upstream, and the
    /// document cannot change it (rule E1).</summary>
    public static IEnumerable<Diagnostic> OtherServers(
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
