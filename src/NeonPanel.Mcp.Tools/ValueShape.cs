namespace NeonPanel.Mcp.Tools;

/// <summary>The compiled form of an input schema: what a value must look like. Emitted by the generator, one object
/// graph for a tool, so that checking arguments needs neither a schema parser nor reflection.</summary>
public sealed record ValueShape
{
    // Before Anything, which is made with it.
    private static readonly Dictionary<string, ValueShape> NoProperties = [];

    /// <summary>Gets the kinds of JSON value that are accepted. <see cref="ValueKinds.Any"/> accepts all.</summary>
    public ValueKinds Kinds { get; init; } = ValueKinds.Any;

    /// <summary>Gets the allowed values as JSON texts (<c>"active"</c> with its quotes, <c>3</c>), or
    /// <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Enum { get; init; }

    /// <summary>Gets the smallest allowed number as decimal digits, or <see langword="null"/>.</summary>
    public string? Minimum { get; init; }

    /// <summary>Gets the largest allowed number as decimal digits, or <see langword="null"/>.</summary>
    public string? Maximum { get; init; }

    /// <summary>Gets whether <see cref="Minimum"/> itself is refused.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Gets whether <see cref="Maximum"/> itself is refused.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>Gets the number that a value must be a multiple of, as decimal digits, or
    /// <see langword="null"/>.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>Gets the least number of characters (Unicode code points) of a string.</summary>
    public int MinLength { get; init; }

    /// <summary>Gets the greatest number of characters of a string.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Gets the ECMA 262 pattern a string must match, as it is told, or <see langword="null"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>Gets <see cref="Pattern"/> in .NET's syntax, or <see langword="null"/> when it cannot be said in it and
    /// is left to the API.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the format of a string (<c>date</c>, <c>uuid</c>, …), or <see langword="null"/>.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the least number of items of an array.</summary>
    public int MinItems { get; init; }

    /// <summary>Gets the greatest number of items of an array.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Gets whether equal items are refused.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>Gets the shape of each item of an array, or <see langword="null"/> when any will do.</summary>
    public ValueShape? Items { get; init; }

    /// <summary>Gets the named members of an object.</summary>
    public IReadOnlyDictionary<string, ValueShape> Properties { get; init; } = NoProperties;

    /// <summary>Gets the names of the members that an object must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Gets the shape of members that are not named, or <see langword="null"/> when they are
    /// refused.</summary>
    public ValueShape? AdditionalProperties { get; init; } = Anything;

    /// <summary>Gets the least number of members of an object.</summary>
    public int MinProperties { get; init; }

    /// <summary>Gets the greatest number of members of an object.</summary>
    public int MaxProperties { get; init; } = int.MaxValue;

    /// <summary>Gets shapes of which a value needs to fit one alone to be accepted unchanged, whatever the rest says:
    /// the other members describe several forms together, which is exact for none of them.</summary>
    public IReadOnlyList<ValueShape> Alternatives { get; init; } = [];

    /// <summary>Gets the shape that accepts everything.</summary>
    public static ValueShape Anything { get; } = new() { AdditionalProperties = null };
}

/// <summary>The kinds of JSON value, as flags.</summary>
[Flags]
public enum ValueKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,

    /// <summary>A number without a fraction: <c>3</c>, and <c>3.0</c> as JSON Schema has it.</summary>
    Integer = 4,

    /// <summary>Any number.</summary>
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Number | String | Array | Object,
}
