using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The published tool names with their operations (rule E5).</summary>
/// <param name="Tools">Names in use.</param>
/// <param name="Retired">Names whose operation no longer exists. No other operation gets such a name; an operation that
/// returns at the same path gets it again.</param>
internal sealed record PublishedNames(IReadOnlyList<PublishedName> Tools, IReadOnlyList<PublishedName> Retired)
{
    public static PublishedNames None { get; } = new([], []);

    /// <summary>Assigns the published names to their operations: by method and path, and for moved operations by
    /// operation id.</summary>
    public Dictionary<string, string> Assign(IReadOnlyList<OperationSource> operations)
    {
        // Names in the overlay always belong to the operations that the overlay gives them to.
        var overlaid = operations.Select(operation => operation.Extension.Text("name")).ToHashSet();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = new List<PublishedName>();
        var keys = operations.Select(operation => operation.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var published in Tools)
        {
            if (!keys.Contains(published.Key) || !names.TryAdd(published.Key, published.Name))
            {
                left.Add(published);
            }
        }

        foreach (var published in Retired.Where(published => keys.Contains(published.Key)))
        {
            names.TryAdd(published.Key, published.Name);
        }

        var free = operations
            .Where(operation => operation.OperationId is not null && !names.ContainsKey(operation.Key))
            .ToLookup(operation => operation.OperationId);
        foreach (
            var group in left.Where(published => published.OperationId is not null)
                .GroupBy(published => published.OperationId)
        )
        {
            if (group.Count() == 1 && !overlaid.Contains(group.First().Name) && free[group.Key].ToList() is [var moved])
            {
                names[moved.Key] = group.First().Name;
            }
        }

        return names;
    }
}

/// <summary>One published name.</summary>
/// <param name="Key">Method and path of the operation.</param>
internal sealed record PublishedName(string Name, string Key, string? OperationId);
