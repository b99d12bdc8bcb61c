namespace NeonPanel.Mcp.Tools;

/// <summary>The arguments of a tool that choose a part of a list.</summary>
/// <param name="Page">Takes the number of a page, or <see langword="null"/>.</param>
/// <param name="Size">Takes the number of items, or <see langword="null"/>.</param>
/// <param name="Offset">Takes how many items to pass over, or <see langword="null"/>.</param>
/// <param name="Cursor">Takes what the answer before names, or <see langword="null"/>.</param>
public sealed record ToolPaging(string? Page, string? Size, string? Offset, string? Cursor)
{
    /// <summary>Gets the arguments of a tool whose list has one part.</summary>
    public static ToolPaging None { get; } = new(null, null, null, null);

    /// <summary>Gets the names of arguments that choose the place in a list, in lower case, without what stands between
    /// words.</summary>
    public static IReadOnlySet<string> PlaceNames { get; } =
        PagingNames.Pages.Concat(PagingNames.Offsets).Concat(PagingNames.Cursors).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns whether an argument is one of these.</summary>
    public bool Has(string argument) =>
        argument == Page || argument == Size || argument == Offset || argument == Cursor;

    /// <summary>Finds the arguments by their names and kinds, as public APIs call them.</summary>
    public static ToolPaging Recognize(ValueShape arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string? page = null;
        string? size = null;
        string? offset = null;
        string? cursor = null;
        foreach (var (name, shape) in arguments.Properties)
        {
            var plain = Plain(name);
            var isNumber = (shape.Kinds & (ValueKinds.Integer | ValueKinds.Number)) != 0;
            if (isNumber && PagingNames.Pages.Contains(plain))
            {
                page ??= name;
            }
            else if (isNumber && PagingNames.Sizes.Contains(plain))
            {
                size ??= name;
            }
            else if (isNumber && PagingNames.Offsets.Contains(plain))
            {
                offset ??= name;
            }
            else if (IsCursor(plain, shape))
            {
                cursor ??= name;
            }
        }

        return page is null && size is null && offset is null && cursor is null
            ? None
            : new(page, size, offset, cursor);
    }

    /// <summary>A name in lower case, without what stands between words: <c>page[cursor]</c> is
    /// <c>pagecursor</c>.</summary>
    public static string Plain(string name) => PagingNames.Plain(name);

    // A text that some APIs call an offset, or page, and hand out themselves. A text of a format, such as a date,
    // filters.
    private static bool IsCursor(string name, ValueShape shape) =>
        (shape.Kinds & ValueKinds.String) != 0
        && shape.Format is null
        && shape.Enum is null
        && (PagingNames.Cursors.Contains(name) || name is "offset" or "pageoffset");
}
