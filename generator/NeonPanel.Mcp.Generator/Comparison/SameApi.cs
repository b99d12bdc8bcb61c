using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Checks whether two documents describe the same API, because an address may start to serve another
/// one.</summary>
internal static class SameApi
{
    /// <returns>The reason why it is another API, or <see langword="null"/>.</returns>
    public static string? ReasonAgainst(JsonObject fresh, JsonObject? known)
    {
        var operations = Operations(fresh).ToList();
        if (operations.Count == 0)
        {
            return "The document describes no operation.";
        }

        var expected = known is null ? [] : Operations(known).ToList();
        if (expected.Count == 0)
        {
            return null;
        }

        var (keys, ids) = (
            operations.Select(operation => operation.Key).ToHashSet(),
            operations.Select(operation => operation.Id).OfType<string>().ToHashSet()
        );
        var found = expected.Count(operation =>
            keys.Contains(operation.Key) || (operation.Id is { } id && ids.Contains(id))
        );
        var (was, @is) = (known.Get("info").Text("title"), fresh.Get("info").Text("title"));
        // A renamed API still has most of its operations. An API with new operations still has its name.
        return found == 0 || (was != @is && found * 2 < expected.Count)
            ? $"The document is called '{@is}' and has {found} of the {expected.Count} operations of '{was}': it describes another API."
            : null;
    }

    private static IEnumerable<(string Key, string? Id)> Operations(JsonObject root) =>
        root.Members("paths")
            .SelectMany(path =>
                (path.Value as JsonObject ?? [])
                    .Where(pair => OperationMethods.All.Contains(pair.Key))
                    .Select(pair => (pair.Key + " " + path.Key, pair.Value.Text("operationId")))
            );
}
