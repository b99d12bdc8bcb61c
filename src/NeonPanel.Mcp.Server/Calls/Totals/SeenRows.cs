using System.Text;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The ids of rows, to detect a row on two pages: rows that were added or removed meanwhile move the others.
/// It keeps 64 bits of each id.</summary>
internal sealed class SeenRows
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly Dictionary<ulong, int> pages = [];
    private bool isUnique = true;

    /// <summary>Gets the first id that was on two pages, as a sentence, or <see langword="null"/>.</summary>
    public string? Twice { get; private set; }

    /// <param name="id">The id as JSON text.</param>
    public void Add(ReadOnlySpan<byte> id, int page)
    {
        if (!isUnique || id.Length > 100)
        {
            return;
        }

        if (pages.TryAdd(Hash(id), page))
        {
            return;
        }

        if (pages[Hash(id)] == page)
        {
            // Rows of one page share ids, so an id does not name one row.
            isUnique = false;
            Twice = null;
            pages.Clear();
        }
        else
        {
            Twice ??= $"the row with id {Shown(id)} was on pages {pages[Hash(id)]} and {page}";
        }
    }

    // An id that could be read as words is not shown.
    private static string Shown(ReadOnlySpan<byte> id)
    {
        var text = Encoding.UTF8.GetString(id.Trim((byte)'"'));
        return text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? text : "?";
    }

    // FNV-1a.
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = Offset;
        foreach (var value in id)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }
}
