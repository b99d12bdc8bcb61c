namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How the server shows what a write would do. The overlay declares it (<c>x-mcp.preview</c>); how the present
/// record is read, and where its members are, is found by rules where the overlay does not say it.</summary>
/// <param name="IsOffered">Whether callers may ask for a preview.</param>
/// <param name="Record">How the present record is read, or <see langword="null"/>.</param>
/// <param name="Members">Arguments that are members of that record.</param>
/// <param name="Lines">How the lines of the body make a total, or <see langword="null"/>.</param>
/// <param name="Due">How the body makes due dates, or <see langword="null"/>.</param>
internal sealed record PreviewModel(
    bool IsOffered,
    RecordSourceModel? Record,
    IReadOnlyList<RecordMemberModel> Members,
    LineSumsModel? Lines,
    DueDatesModel? Due
);

/// <summary>How one record is read.</summary>
/// <param name="Tool">The tool that reads it.</param>
/// <param name="Scope">Its arguments, each with the argument of the write that fills it.</param>
/// <param name="Path">The path of the record, or of the list with it; empty for the answer itself.</param>
/// <param name="Key">The argument of the write that names the record in the list, or <see langword="null"/>.</param>
/// <param name="KeyMember">The member of a record that equals it.</param>
internal sealed record RecordSourceModel(
    OperationModel Tool,
    IReadOnlyList<KeyValuePair<string, string>> Scope,
    string Path,
    string? Key,
    string KeyMember
);

/// <summary>A member of the body, and its place in the record.</summary>
/// <param name="Name">The argument, or the member of an object or item.</param>
/// <param name="Path">The names of the members from the record, or the item, to the value.</param>
/// <param name="Label">The path of the name that people know the value by, or <see langword="null"/>.</param>
/// <param name="Members">The members of the value or of its items.</param>
internal sealed record RecordMemberModel(
    string Name,
    IReadOnlyList<string> Path,
    IReadOnlyList<string>? Label,
    IReadOnlyList<RecordMemberModel> Members
);

/// <summary>How lines make a total: an amount of each, or quantity times price.</summary>
internal sealed record LineSumsModel(string List, string? Quantity, string? Price, string? Amount, string? Currency);

/// <summary>How a payment term makes due dates.</summary>
/// <param name="Term">The argument with the id of the term.</param>
/// <param name="Source">Where terms are read.</param>
/// <param name="Parts">The member of a term with its parts.</param>
/// <param name="Anchor">The member of a part that names the date.</param>
/// <param name="Days">The member of a part with the days after that date.</param>
/// <param name="Percent">The member of a part with its share.</param>
internal sealed record DueDatesModel(
    string Term,
    RecordSourceModel Source,
    string Parts,
    string Anchor,
    string Days,
    string Percent
);
