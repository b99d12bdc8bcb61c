namespace NeonPanel.Mcp.Generator.Tests.Schemas;

/// <summary>One keyword that limits what a schema accepts.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="Base">The schema without the keyword.</param>
/// <param name="Loose">A value of the keyword as JSON.</param>
/// <param name="Tight">A value of the keyword that accepts less, or <see langword="null"/> where there is none.</param>
internal sealed record KeywordCase(string Name, string Base, string Loose, string? Tight = null)
{
    /// <summary>Gets a value that the keyword rejects, as JSON.</summary>
    public string? Rejected { get; init; }

    public static readonly KeywordCase[] All =
    [
        new("minimum", """{"type":"number"}""", "2", "3") { Rejected = "1" },
        new("maximum", """{"type":"number"}""", "3", "2") { Rejected = "4" },
        new("exclusiveMinimum", """{"type":"number"}""", "2", "3") { Rejected = "2" },
        new("exclusiveMaximum", """{"type":"number"}""", "3", "2") { Rejected = "3" },
        new("multipleOf", """{"type":"number"}""", "2", "4") { Rejected = "3" },
        new("minLength", """{"type":"string"}""", "2", "3") { Rejected = "\"a\"" },
        new("maxLength", """{"type":"string"}""", "3", "2") { Rejected = "\"abcd\"" },
        new("minItems", """{"type":"array","items":{"type":"string"}}""", "2", "3") { Rejected = """["a"]""" },
        new("maxItems", """{"type":"array","items":{"type":"string"}}""", "3", "2")
        {
            Rejected = """["a","b","c","d"]""",
        },
        new("uniqueItems", """{"type":"array","items":{"type":"string"}}""", "true") { Rejected = """["a","a"]""" },
        new("minProperties", """{"type":"object"}""", "2", "3") { Rejected = """{"a":1}""" },
        new("maxProperties", """{"type":"object"}""", "3", "2") { Rejected = """{"a":1,"b":1,"c":1,"d":1}""" },
        new("type", "{}", "\"number\"", "\"integer\"") { Rejected = "\"a\"" },
        new("enum", """{"type":"string"}""", """["a","b"]""", """["a"]""") { Rejected = "\"c\"" },
        new("items", """{"type":"array"}""", """{"type":"number"}""", """{"type":"integer"}""")
        {
            Rejected = """["a"]""",
        },
        new("properties", """{"type":"object"}""", """{"a":{"type":"number"}}""", """{"a":{"type":"integer"}}""")
        {
            Rejected = """{"a":"b"}""",
        },
        // Examples are not judged by these: a pattern of another dialect, or a format, would be reported wrongly.
        new("pattern", """{"type":"string"}""", "\"^a+$\""),
        new("format", """{"type":"string"}""", "\"date\""),
        new("additionalProperties", """{"type":"object","properties":{"a":{"type":"number"}}}""", "false"),
        new("required", """{"type":"object","properties":{"a":{"type":"number"}}}""", """["a"]"""),
    ];

    public string With(string value) =>
        Base == "{}" ? $$"""{"{{Name}}":{{value}}}""" : $$"""{{Base[..^1]}},"{{Name}}":{{value}}}""";

    public override string ToString() => Name;
}
