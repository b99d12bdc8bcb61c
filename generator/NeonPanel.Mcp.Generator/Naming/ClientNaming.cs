namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Chooses class and method of each operation in the client: one class for each tag, and idiomatic names that
/// do not depend on the order of operations.</summary>
internal static class ClientNaming
{
    /// <summary>Names of other types in the same namespace, and names that would hide types that every C# file
    /// uses.</summary>
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

    // Members of the client classes that NSwag writes: PrepareRequest, ReadObjectResponseAsync, ReadAsStringAsync.
    private static readonly HashSet<string> ReservedMethods = new(StringComparer.Ordinal)
    {
        "Prepare",
        "ReadObjectResponse",
        "ReadAsString",
        "ReadAsStream",
    };

    public static IReadOnlyDictionary<(string Method, string Path), (string ClientName, string MethodName)> Assign(
        IEnumerable<NamedOperation> operations
    )
    {
        var names = new Dictionary<(string, string), (string, string)>();
        // Grouped without regard to case, because each class has its own files, and file systems may ignore case.
        foreach (var client in operations.GroupBy(operation => Client(operation.Tag), StringComparer.OrdinalIgnoreCase))
        {
            var plain = client.Select(operation => Candidates(operation)[0]).ToHashSet(StringComparer.Ordinal);
            var methods = NameAssignment.Assign(
                client.Select(operation => ((operation.Method, operation.Path), Candidates(operation))),
                // 'list' also has a method ListRawAsync, so 'list_raw' needs another name.
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

    private static IReadOnlyList<string> Candidates(NamedOperation operation)
    {
        var byPath = Identifier.Pascal(operation.Method.ToLowerInvariant() + " " + operation.Path);
        var plain = byPath;
        if (operation.OperationId is { } id)
        {
            // 'bills.list' with the tag Bills becomes BillsClient.List.
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
