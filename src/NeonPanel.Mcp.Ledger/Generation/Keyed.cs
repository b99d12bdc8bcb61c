namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Records by their ids.</summary>
internal static class Keyed
{
    public static IEnumerable<KeyValuePair<int, T>> By<T>(Func<T, int> id, params IEnumerable<T> records) =>
        records.Select(record => KeyValuePair.Create(id(record), record));
}
