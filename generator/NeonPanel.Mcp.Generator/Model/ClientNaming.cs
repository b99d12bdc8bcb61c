namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Class and method of each operation in the client: one class for a tag, idiomatic names, independent of the
/// order of operations.</summary>
internal static class ClientNaming
{
    /// <summary>Names that stand beside the clients already, or that would hide what every C# file uses.</summary>
    public static readonly IReadOnlySet<string> ReservedTypes = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "System",
        "NeonPanel",
        "Requests",
        "ApiException",
        "FileParameter",
        "FileResponse",
        "HttpClient",
    };

    // Members of the clients that NSwag writes: PrepareRequest, ReadObjectResponseAsync, ReadAsStringAsync.
    private static readonly HashSet<string> ReservedMethods = new(StringComparer.Ordinal)
    {
        "Prepare",
        "ReadObjectResponse",
        "ReadAsString",
        "ReadAsStream",
    };

    public static IReadOnlyDictionary<(string Method, string Path), (string ClientName, string MethodName)> Assign(
        IEnumerable<(string Method, string Path, string? OperationId, string? Tag)> operations
    )
    {
        var names = new Dictionary<(string, string), (string, string)>();
        // Each class has files of its own, and file systems may fold case.
        foreach (var client in operations.GroupBy(operation => Client(operation.Tag), StringComparer.OrdinalIgnoreCase))
        {
            var plain = client.Select(operation => Candidates(operation)[0]).ToHashSet(StringComparer.Ordinal);
            var methods = NameAssignment.Assign(
                client.Select(operation => ((operation.Method, operation.Path), Candidates(operation))),
                // 'list' has a method ListRawAsync too, so 'list_raw' needs another name.
                name =>
                    ReservedMethods.Contains(name)
                    || (name.EndsWith("Raw", StringComparison.Ordinal) && plain.Contains(name[..^3])),
                StringComparer.Ordinal
            );
            var clientName = client.Select(operation => Client(operation.Tag)).Min(StringComparer.Ordinal)!;
            foreach (var (key, method) in methods)
            {
                names[key] = (clientName, method);
            }
        }

        return names;
    }

    private static string Client(string? tag)
    {
        var name = Identifier.Pascal(tag ?? "Default");
        return ReservedTypes.Contains(name + "Client") ? name + "ApiClient" : name + "Client";
    }

    private static IReadOnlyList<string> Candidates(
        (string Method, string Path, string? OperationId, string? Tag) operation
    )
    {
        var byPath = Identifier.Pascal(operation.Method.ToLowerInvariant() + " " + operation.Path);
        var plain = byPath;
        if (operation.OperationId is { } id)
        {
            // 'bills.list' under the tag Bills is BillsClient.List.
            var parts = id.Split('.', 2);
            plain = Identifier.Pascal(
                parts.Length == 2
                && string.Equals(
                    Identifier.Pascal(parts[0]),
                    Identifier.Pascal(operation.Tag ?? ""),
                    StringComparison.OrdinalIgnoreCase
                )
                    ? parts[1]
                    : id
            );
        }

        return [plain, byPath, byPath + Identifier.Hash(operation.Method + " " + operation.Path)];
    }
}
