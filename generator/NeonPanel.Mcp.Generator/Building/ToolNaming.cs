using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Gives each operation the name of its tool. Names from the overlay and the lock are fixed; all other names
/// avoid them.</summary>
internal sealed class ToolNaming(SpecificationDocument document, List<Diagnostic> diagnostics)
{
    /// <summary>Returns the fixed names by the key of their operation.</summary>
    public static Dictionary<string, string> Fixed(IReadOnlyList<OperationSource> operations, PublishedNames published)
    {
        var locked = published.Assign(operations);
        return operations
            .Select(operation =>
                (operation.Key, Name: operation.Extension.Text("name") ?? locked.GetValueOrDefault(operation.Key))
            )
            .Where(pair => pair.Name is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Name!, StringComparer.Ordinal);
    }

    /// <summary>Returns the name of every operation by its key.</summary>
    /// <param name="operations">The operations that become tools.</param>
    /// <param name="given">The fixed names.</param>
    /// <param name="reserved">Names of retired tools, which no other tool may get.</param>
    public Dictionary<string, string> Assign(
        IReadOnlyList<OperationSource> operations,
        IReadOnlyDictionary<string, string> given,
        IEnumerable<string> reserved
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
                CheckFixed(operation, fixedName, owners);
            }
            else
            {
                CheckFree(operation, names[operation.Key], plain[operation.Key]);
            }
        }

        return names;
    }

    private void CheckFixed(OperationSource operation, string name, Dictionary<string, string> owners)
    {
        if (!ToolNames.IsLegal(name))
        {
            Add(
                operation,
                DiagnosticIds.OverlayMember,
                Severity.Error,
                $"The tool name '{name}' is not of the form [A-Za-z0-9_-]{{1,64}}. Change it in the overlay (x-mcp.name)."
            );
        }
        else if (!owners.TryAdd(name, operation.Key))
        {
            Add(
                operation,
                DiagnosticIds.NameClash,
                Severity.Error,
                $"The tool name '{name}' is given to {owners[name]} as well. "
                    + "Give one of the two a name of its own in the overlay (x-mcp.name)."
            );
        }
    }

    private void CheckFree(OperationSource operation, string name, string plain)
    {
        if (operation.OperationId is null)
        {
            Add(
                operation,
                DiagnosticIds.NoOperationId,
                Severity.Warning,
                $"The operation has no operationId; its tool is named after method and path: '{name}'."
            );
        }
        else if (name != plain)
        {
            Add(
                operation,
                DiagnosticIds.NameClash,
                Severity.Warning,
                $"Another operation would be called '{plain}' as well; "
                    + $"this one is '{name}'. Give each an operationId of its own, or a name in the overlay (x-mcp.name)."
            );
        }
    }

    private void Add(OperationSource operation, string id, Severity severity, string message) =>
        diagnostics.Add(new(id, severity, document.File, operation.Pointer, message));
}
