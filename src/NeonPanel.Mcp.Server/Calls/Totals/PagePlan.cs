using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Which pages follow the first. Numbers and offsets are known ahead, so that several pages can be requested
/// at a time; a cursor or an address is known only when the page before it was read.</summary>
internal sealed class PagePlan
{
    // The arguments by which public APIs take the id of the last row (Stripe: starting_after).
    private static readonly string[] IdCursors = ["startingafter", "after", "pageafter", "sinceid"];

    private readonly ToolDescriptor tool;
    private readonly Uri address;
    private readonly string? argument;
    private readonly long step;
    private readonly int firstNumber;
    private readonly int shift;
    private readonly int size;
    private long next;
    private long? end;
    private int number;
    private bool isEnded;
    private PageRequest? linked;

    /// <param name="arguments">The arguments of the first page.</param>
    /// <param name="address">The address of the first page.</param>
    /// <param name="number">The number of the first page.</param>
    public PagePlan(ToolDescriptor tool, JsonElement arguments, Uri address, PageFacts first, int number)
    {
        this.number = number;
        firstNumber = number;
        size = Math.Max(first.Pages.Size ?? 0, first.Rows);
        this.tool = tool;
        this.address = address;
        var paging = tool.Paging;
        if (paging.Page is not null && (first.Last ?? PagesOf(first)) is { } last)
        {
            argument = paging.Page;
            var current = first.Pages.Current ?? FirstPage(arguments);
            next = current + 1;
            step = 1;
            // Some APIs count pages from zero.
            shift = current == 0 ? 1 : 0;
            end = last - shift;
        }
        else if (paging.Offset is not null && first.Total is { } total && first.Rows > 0 && IsWholeList(first))
        {
            argument = paging.Offset;
            step = first.Rows;
            next = (first.Pages.Offset ?? Number(arguments, paging.Offset) ?? 0) + step;
            end = total - 1;
        }
        else if (IsLinked(first))
        {
            Link(first);
        }
        else if (!first.IsLast && first.Rows > 0 && (paging.Page ?? paging.Offset) is { } counted)
        {
            argument = counted;
            step = paging.Page is null ? first.Rows : 1;
            next = paging.Page is null
                ? (Number(arguments, counted) ?? 0) + step
                : (first.Pages.Current ?? FirstPage(arguments)) + step;
        }
        else
        {
            isEnded = true;
        }
    }

    /// <summary>Gets whether pages can be requested before the page ahead of them was read.</summary>
    public bool IsCounted => argument is not null;

    /// <summary>Gets whether a call can begin at a page by its number.</summary>
    public bool IsNumbered => argument is not null && argument == tool.Paging.Page && next - step == number;

    /// <summary>Gets how many pages there are, or <see langword="null"/> if that is not known.</summary>
    public int? PageCount { get; private set; }

    /// <summary>Gets whether only an empty page shows where the list ends.</summary>
    public bool IsOpenEnded => argument is not null && end is null;

    /// <summary>Gets whether the answer says that there are more rows, but not how to ask for them.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Gets whether no page is left to request.</summary>
    public bool IsDone => isEnded || (argument is not null && next > end);

    /// <summary>Takes the next page.</summary>
    /// <returns><see langword="null"/> if there is none, or if the page before it must be read first.</returns>
    public PageRequest? Next()
    {
        if (argument is null)
        {
            var request = linked;
            linked = null;
            return request;
        }

        if (IsDone)
        {
            return null;
        }

        var value = next.ToString(CultureInfo.InvariantCulture);
        next += step;
        return new(++number) { Argument = argument, Value = value };
    }

    /// <summary>Takes account of a page that was read.</summary>
    public void Observe(PageRequest request, PageFacts facts)
    {
        if (argument is null)
        {
            if (request.Number > firstNumber)
            {
                Link(facts);
            }
        }
        else if (end is null)
        {
            isEnded |= facts.Rows == 0 || facts.IsLast;
        }
        else
        {
            // Rows that were added meanwhile may fill another page.
            var last = argument == tool.Paging.Page ? (facts.Last ?? PagesOf(facts)) - shift : facts.Total - 1;
            end = last > end ? last : end;
        }

        PageCount =
            argument is null || end is null ? null : number + (int)Math.Max(0, (end.Value - next + step) / step);
    }

    private bool IsLinked(PageFacts facts) =>
        facts.NextLink is not null || facts.Pages.Token(tool.Paging) is not null || IsById(facts);

    private void Link(PageFacts facts)
    {
        linked = null;
        if (facts.NextLink is { } link)
        {
            linked = At(link) is { } found ? new(++number) { Address = found } : null;
            IsLost = linked is null;
        }
        else if (facts.Pages.Token(tool.Paging) is { } place)
        {
            linked = place.Argument is null ? null : new(++number) { Argument = place.Argument, Value = place.Value };
            IsLost = linked is null;
        }
        else if (IsById(facts))
        {
            linked = new(++number) { Argument = tool.Paging.Cursor, Value = facts.LastId };
        }

        isEnded = linked is null;
    }

    private bool IsById(PageFacts facts) =>
        facts.Pages.IsMore
        && facts.LastId is not null
        && tool.Paging.Cursor is { } cursor
        && IdCursors.Contains(ToolPaging.Plain(cursor));

    // The credential goes along, so only to the API itself.
    private Uri? At(string link) =>
        Uri.TryCreate(address, link, out var found)
        && found.Host == address.Host
        && (found.Port == address.Port || found.IsDefaultPort)
        && found.Scheme is "http" or "https"
            ? new UriBuilder(found) { Scheme = address.Scheme, Port = address.Port }.Uri
            : null;

    // A total no larger than the page may be that of the page.
    private static bool IsWholeList(PageFacts first) => first.Total > first.Rows || !first.HasMore;

    // Pages of equal size, of which the first is full if there are more.
    private int? PagesOf(PageFacts facts) =>
        facts.Total is { } total && size > 0 && IsWholeList(facts) ? (int)((total + size - 1L) / size) : null;

    private int FirstPage(JsonElement arguments) =>
        Number(arguments, tool.Paging.Page!)
        ?? (tool.Arguments.Properties.GetValueOrDefault(tool.Paging.Page!)?.Minimum == "0" ? 0 : 1);

    private static int? Number(JsonElement arguments, string name) => Paging.Number(arguments, name);
}
