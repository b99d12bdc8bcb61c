using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>A schema with resolved references and merged combinations: the constraints on a value, and the text about
/// it.</summary>
internal sealed record SchemaModel
{
    /// <summary>Gets the accepted JSON types without <c>null</c>; empty if all types are accepted.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Gets whether <c>null</c> is accepted.</summary>
    public bool Nullable { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Gets the allowed values; empty if all values of the types are allowed.</summary>
    public IReadOnlyList<JsonNode> Enum { get; init; } = [];

    public string? Format { get; init; }

    /// <summary>Gets the media type of a string's content, if it is neither JSON nor encoded (<c>contentMediaType</c>
    /// of 3.1).</summary>
    public string? MediaType { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Gets the limits of numbers, lengths and counts.</summary>
    public SchemaLimits Limits { get; init; } = SchemaLimits.None;

    public JsonNode? Default { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>Gets whether the value occurs only in responses.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Gets whether the value occurs only in requests.</summary>
    public bool IsWriteOnly { get; init; }

    public SchemaModel? Items { get; init; }

    public IReadOnlyList<PropertyModel> Properties { get; init; } = [];

    /// <summary>Gets the names of all required members. Another part of the schema may declare them
    /// (<c>allOf</c>).</summary>
    public IReadOnlyCollection<string> Required { get; init; } = [];

    /// <summary>Gets the names that any part or form requires, whether it declares them or not.</summary>
    public IReadOnlyCollection<string> RequiredAnywhere { get; init; } = [];

    /// <summary>Gets the names of members that a part declares and that are told to nobody: a request has no
    /// <c>readOnly</c> member, and the schema <c>false</c> forbids one.</summary>
    public IReadOnlyCollection<string> Untold { get; init; } = [];

    /// <summary>Gets whether members were left out because they are too deep or too many.</summary>
    public bool IsOutline { get; init; }

    /// <summary>Gets the shape of unnamed members; <see langword="null"/> if the schema does not describe
    /// them.</summary>
    public SchemaModel? AdditionalProperties { get; init; }

    /// <summary>Gets whether the schema explicitly accepts any unnamed members.</summary>
    public bool TakesMore { get; init; }

    /// <summary>Gets alternative schemas. A value that fits one of them is accepted unchanged, even if it violates the
    /// rest of this schema, because one schema cannot describe several forms of an object exactly.</summary>
    public IReadOnlyList<SchemaModel> Alternatives { get; init; } = [];

    /// <summary>Gets whether unnamed members are rejected.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Gets how to find the value by a name, or <see langword="null"/>.</summary>
    public LookupModel? Lookup { get; init; }

    /// <summary>Gets the tool that lists the values, or <see langword="null"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Gets whether observed answers had no other kind of value than the declared one. Only in the shape of an
    /// answer.</summary>
    public bool IsProven { get; init; }

    /// <summary>Gets whether the value can only be an object.</summary>
    public bool IsObject => Types is ["object"];
}

/// <summary>One named member of an object.</summary>
internal sealed record PropertyModel(string Name, SchemaModel Schema, bool IsRequired)
{
    /// <summary>Gets whether the schema declares the member, and does not only require it.</summary>
    public bool IsDeclared { get; init; } = true;
}
