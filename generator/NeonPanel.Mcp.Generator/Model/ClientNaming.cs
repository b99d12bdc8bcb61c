using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Class and method of each operation in the client: one class for a tag, idiomatic names, independent of the
/// order of operations.</summary>
internal static class ClientNaming
{
    public static IReadOnlyDictionary<(string Method, string Path), (string ClientName, string MethodName)> Assign(
        IEnumerable<(string Method, string Path, string? OperationId, string? Tag)> operations)
    {
        var names = operations.ToDictionary(
            operation => (operation.Method, operation.Path),
            operation => (ClientName: Client(operation.Tag), MethodName: Method(operation.Tag, operation)));
        // Two that meet both get a hash of their own operation, so that neither depends on the other's presence in order.
        foreach (var clash in names.GroupBy(pair => pair.Value).Where(group => group.Count() > 1).ToList())
        {
            foreach (var (key, name) in clash)
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key.Method + " " + key.Path));
                names[key] = (name.ClientName, name.MethodName + Convert.ToHexString(hash)[..6]);
            }
        }

        return names;
    }

    private static string Client(string? tag) => Pascal(tag ?? "Default") + "Client";

    private static string Method(string? tag, (string Method, string Path, string? OperationId, string? Tag) operation)
    {
        var id = operation.OperationId ?? operation.Method.ToLowerInvariant() + " " + operation.Path;
        // 'bills.list' under the tag Bills is BillsClient.List.
        var parts = id.Split('.');
        return Pascal(parts.Length > 1 && string.Equals(Pascal(parts[0]), Pascal(tag ?? ""), StringComparison.OrdinalIgnoreCase)
            ? string.Join(' ', parts.Skip(1))
            : id);
    }

    private static string Pascal(string text)
    {
        var name = new StringBuilder();
        var atStart = true;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                atStart = true;
                continue;
            }

            name.Append(atStart ? char.ToUpperInvariant(character) : character);
            atStart = false;
        }

        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name.ToString() : "N" + name;
    }
}
