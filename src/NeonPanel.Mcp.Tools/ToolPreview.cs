namespace NeonPanel.Mcp.Tools;

/// <summary>How the server shows what a write would do, before it is sent.</summary>
public sealed record ToolPreview
{
    /// <summary>Name of the argument that asks for a preview in place of the write.</summary>
    public const string Argument = "preview";

    /// <summary>Gets what the instructions say about the argument, which schemas hardly explain.</summary>
    public const string Instructions =
        "preview=true on a tool that writes shows what would change, with sums and due dates, and sends nothing.";

    /// <summary>Gets whether callers may ask for a preview: the tool has <see cref="Argument"/>. The server itself may
    /// always make one.</summary>
    public bool IsOffered { get; init; }

    /// <summary>Gets how to read the record that the write changes or deletes, or <see langword="null"/> if no
    /// operation reads it.</summary>
    public RecordSource? Record { get; init; }

    /// <summary>Gets the arguments that are members of that record, each with its place there.</summary>
    public IReadOnlyList<RecordMember> Members { get; init; } = [];

    /// <summary>Gets how the lines of the body make a total, or <see langword="null"/>.</summary>
    public LineSums? Lines { get; init; }

    /// <summary>Gets how the body makes due dates, or <see langword="null"/>.</summary>
    public DueDates? Due { get; init; }
}

/// <summary>How to find one record with a tool that reads.</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Scope">The arguments of the tool, each with the argument of the write that fills it.</param>
/// <param name="Path">Path of the record in the answer: member names joined by dots. Empty for the answer
/// itself.</param>
public sealed record RecordSource(string Tool, IReadOnlyList<ScopeArgument> Scope, string Path = "")
{
    /// <summary>Gets the argument of the write that names the record if <see cref="Path"/> is a list;
    /// <see langword="null"/> otherwise.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the member of a record of that list that equals <see cref="Key"/>.</summary>
    public string KeyMember { get; init; } = "id";
}

/// <summary>A member of the body, and its place in the record.</summary>
/// <param name="Name">The argument, or the member of an object or of each item of a list.</param>
/// <param name="Path">The names of the members from the record (or from the item of its list) to the value.</param>
public sealed record RecordMember(string Name, IReadOnlyList<string> Path)
{
    /// <summary>Gets the path of the name that people know the value by, or <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Label { get; init; }

    /// <summary>Gets the members of the value, or of each item of it; empty for a value that is compared
    /// whole.</summary>
    public IReadOnlyList<RecordMember> Members { get; init; } = [];
}

/// <summary>How the lines of a body make a total.</summary>
/// <param name="List">The argument with the lines.</param>
/// <param name="Quantity">The member of a line with its quantity, or <see langword="null"/>.</param>
/// <param name="Price">The member with the price of one unit, or <see langword="null"/>.</param>
/// <param name="Amount">The member with the amount of the whole line; <see langword="null"/> for quantity times
/// price.</param>
/// <param name="Currency">The argument with the currency, or <see langword="null"/>.</param>
public sealed record LineSums(string List, string? Quantity, string? Price, string? Amount, string? Currency);

/// <summary>How a payment term makes due dates. A term has parts; each part is a share of the total that is due some
/// days after a date of the document.</summary>
/// <param name="Term">The argument with the id of the term.</param>
/// <param name="Source">Where the terms are read.</param>
/// <param name="Parts">The member of a term with its parts.</param>
/// <param name="Anchor">The member of a part whose text is the name of the argument with the date.</param>
/// <param name="Days">The member of a part with the number of days after that date.</param>
/// <param name="Percent">The member of a part with its share of the total, 100 for all of it.</param>
public sealed record DueDates(
    string Term,
    RecordSource Source,
    string Parts,
    string Anchor,
    string Days,
    string Percent
);
