namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>A keyword of JSON Schema that limits a value (JSON Schema Validation 2020-12 §6). All components iterate
/// over <see cref="All"/>: reading, merging, the schemas for clients, the emitted shapes, the checks of examples, and
/// the comparison.</summary>
internal sealed class LimitKeyword
{
    // Declared before the keywords, because their constructors add them to this list.
    private static readonly List<LimitKeyword> Known = [];

    private LimitKeyword(string name, LimitKind kind, bool isCount = false, string? exclusiveName = null)
    {
        Name = name;
        Kind = kind;
        IsCount = isCount;
        ExclusiveName = exclusiveName;
        Index = Known.Count;
        Known.Add(this);
    }

    public static LimitKeyword Minimum { get; } = new("minimum", LimitKind.Lower, exclusiveName: "exclusiveMinimum");

    public static LimitKeyword Maximum { get; } = new("maximum", LimitKind.Upper, exclusiveName: "exclusiveMaximum");

    public static LimitKeyword MultipleOf { get; } = new("multipleOf", LimitKind.Multiple);

    public static LimitKeyword MinLength { get; } = new("minLength", LimitKind.Lower, isCount: true);

    public static LimitKeyword MaxLength { get; } = new("maxLength", LimitKind.Upper, isCount: true);

    public static LimitKeyword MinItems { get; } = new("minItems", LimitKind.Lower, isCount: true);

    public static LimitKeyword MaxItems { get; } = new("maxItems", LimitKind.Upper, isCount: true);

    public static LimitKeyword UniqueItems { get; } = new("uniqueItems", LimitKind.Flag);

    public static LimitKeyword MinProperties { get; } = new("minProperties", LimitKind.Lower, isCount: true);

    public static LimitKeyword MaxProperties { get; } = new("maxProperties", LimitKind.Upper, isCount: true);

    /// <summary>Gets all limits, in the order in which a schema for clients lists them.</summary>
    public static IReadOnlyList<LimitKeyword> All => Known;

    public string Name { get; }

    public LimitKind Kind { get; }

    /// <summary>Gets whether the limit counts characters, items or members, and is therefore an integer.</summary>
    public bool IsCount { get; }

    /// <summary>Gets the keyword that makes the limit exclusive, or <see langword="null"/> if there is none.</summary>
    public string? ExclusiveName { get; }

    /// <summary>Gets the position in <see cref="All"/>.</summary>
    public int Index { get; }

    /// <summary>Gets the name of the property of <c>ValueShape</c> that contains the limit.</summary>
    public string Member => MemberOf(Name);

    /// <summary>Gets the name of the property of <c>ValueShape</c> that makes the limit exclusive.</summary>
    public string? ExclusiveMember => ExclusiveName is null ? null : MemberOf(ExclusiveName);

    private static string MemberOf(string keyword) => char.ToUpperInvariant(keyword[0]) + keyword[1..];
}

/// <summary>The kind of a limit.</summary>
internal enum LimitKind
{
    /// <summary>The value or its count is at least the limit.</summary>
    Lower,

    /// <summary>The value or its count is at most the limit.</summary>
    Upper,

    /// <summary>The value is a multiple of the limit.</summary>
    Multiple,

    /// <summary>The limit is <c>true</c> or absent.</summary>
    Flag,
}
