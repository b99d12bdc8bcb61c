namespace NeonPanel.Mcp.Tools;

/// <summary>The compiled form of an input schema. The generator emits one object graph for each tool, so that checking
/// arguments needs neither a schema parser nor reflection.</summary>
public sealed record ValueShape
{
    // Declared before Anything, whose initializer uses it.
    private static readonly Dictionary<string, ValueShape> NoProperties = [];

    /// <summary>Gets the accepted kinds of JSON value. <see cref="ValueKinds.Any"/> accepts all.</summary>
    public ValueKinds Kinds { get; init; } = ValueKinds.Any;

    /// <summary>Gets the allowed values as JSON texts, such as <c>"active"</c> with its quotation marks or <c>3</c>;
    /// <see langword="null"/> for any value.</summary>
    public IReadOnlyList<string>? Enum { get; init; }

    /// <summary>Gets the smallest allowed number as decimal digits, or <see langword="null"/>.</summary>
    public string? Minimum { get; init; }

    /// <summary>Gets the largest allowed number as decimal digits, or <see langword="null"/>.</summary>
    public string? Maximum { get; init; }

    /// <summary>Gets whether <see cref="Minimum"/> itself is not allowed.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Gets whether <see cref="Maximum"/> itself is not allowed.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>Gets the number that a value must be a multiple of, as decimal digits, or
    /// <see langword="null"/>.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>Gets the smallest number of characters (Unicode code points) of a string.</summary>
    public int MinLength { get; init; }

    /// <summary>Gets the largest number of characters (Unicode code points) of a string.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Gets the ECMA 262 pattern that a string must match, as clients see it, or
    /// <see langword="null"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>Gets <see cref="Pattern"/> in .NET's syntax, or <see langword="null"/> if it cannot be expressed in it.
    /// Then only the API checks the pattern.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the format of a string (<c>date</c>, <c>uuid</c>, …), or <see langword="null"/>.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the tool that lists the values, or <see langword="null"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the smallest number of items of an array.</summary>
    public int MinItems { get; init; }

    /// <summary>Gets the largest number of items of an array.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Gets whether equal items are not allowed.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>Gets the shape of each item of an array, or <see langword="null"/> for any items.</summary>
    public ValueShape? Items { get; init; }

    /// <summary>Gets the named members of an object.</summary>
    public IReadOnlyDictionary<string, ValueShape> Properties { get; init; } = NoProperties;

    /// <summary>Gets the names of the members that an object must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Gets the shape of members that <see cref="Properties"/> does not name, or <see langword="null"/> if
    /// such members are not allowed.</summary>
    public ValueShape? AdditionalProperties { get; init; } = Anything;

    /// <summary>Gets the smallest number of members of an object.</summary>
    public int MinProperties { get; init; }

    /// <summary>Gets the largest number of members of an object.</summary>
    public int MaxProperties { get; init; } = int.MaxValue;

    /// <summary>Gets alternative shapes. A value that fits one of them is accepted unchanged, even if it violates the
    /// other members of this shape: those describe all forms together, and that is exact for none of them.</summary>
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

    /// <summary>A number without a fraction. JSON Schema also counts <c>3.0</c> as one.</summary>
    Integer = 4,

    /// <summary>Any number.</summary>
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Number | String | Array | Object,
}
