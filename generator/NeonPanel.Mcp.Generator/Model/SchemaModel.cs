using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>A schema with its references and combinations worked out: what a value may look like, and the text about
/// it.</summary>
internal sealed record SchemaModel
{
    /// <summary>Gets the JSON types that are accepted, without <c>null</c>; empty when any will do.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Gets whether <c>null</c> is accepted too.</summary>
    public bool Nullable { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Gets the allowed values, or an empty list when all of the types are.</summary>
    public IReadOnlyList<JsonNode> Enum { get; init; } = [];

    public string? Format { get; init; }

    /// <summary>Gets what the text holds, where it is neither JSON nor encoded (<c>contentMediaType</c> of
    /// 3.1).</summary>
    public string? MediaType { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Gets the limits of numbers, lengths and counts.</summary>
    public SchemaLimits Limits { get; init; } = SchemaLimits.None;

    public JsonNode? Default { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>Gets whether the value is answered only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Gets whether the value is sent only.</summary>
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

    /// <summary>Gets the shape of members without a name of their own; <see langword="null"/> when the schema does not
    /// say.</summary>
    public SchemaModel? AdditionalProperties { get; init; }

    /// <summary>Gets whether the schema says that members without a name of their own may be anything.</summary>
    public bool TakesMore { get; init; }

    /// <summary>Gets schemas of which a value needs to fit one alone to be accepted unchanged, whatever the rest of
    /// this schema says: one schema cannot describe several forms of an object exactly.</summary>
    public IReadOnlyList<SchemaModel> Alternatives { get; init; } = [];

    /// <summary>Gets whether members without a name of their own are refused.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Gets whether the value can only be an object.</summary>
    public bool IsObject => Types is ["object"];
}

/// <summary>One named member of an object.</summary>
internal sealed record PropertyModel(string Name, SchemaModel Schema, bool IsRequired)
{
    /// <summary>Gets whether the schema declares the member, and does not only require it.</summary>
    public bool IsDeclared { get; init; } = true;
}
