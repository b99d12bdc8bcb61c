using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Compares two small documents that differ in one schema.</summary>
internal static class SchemaChanges
{
    public const string AnyA = """{"type":"object","properties":{"a":{"type":"string"}}}""";
    public const string ClosedA =
        """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""";

    public static List<string> Changes(string before, string after) =>
        [
            .. Compare(before, after)
                .Select(change =>
                    $"{change.Class} {change.Caller} {change.Kind.Text()} {change.Subject}: {change.Sentence} "
                    + $"({change.Before?.ToJsonString() ?? "null"} > {change.After?.ToJsonString() ?? "null"})"
                )
                .Order(StringComparer.Ordinal),
        ];

    public static IReadOnlyList<Change> Compare(string before, string after)
    {
        var (from, to) = (Fragments.Paths(before), Fragments.Paths(after));
        return CatalogComparer.Compare(
            SpecificationSide.Read(from.Document, from.Catalog),
            SpecificationSide.Read(to.Document, to.Catalog)
        );
    }

    public static JsonObject Published(string text) => JsonNode.Parse(text)!.AsObject();

    public static string Query(string name) =>
        """{"/a":{"get":{"operationId":"a","summary":"A","parameters":[{"in":"query","schema":{"type":"integer"},"name":" """.TrimEnd()
        + name
        + "\"}]}}}";

    public static string Member(string schema, bool isRequired = false) =>
        $$"""{"type":"object","properties":{"m":{{schema}}},"required":[{{(isRequired ? "\"m\"" : "")}}]}""";

    public static string Body(string schema, bool isRequired = false) =>
        """{"/a":{"post":{"operationId":"a","summary":"A","responses":{},"requestBody":{"required":true,"""
        + $$"""
            "content":{"application/json":{"schema":{{Member(schema, isRequired)}} } } } } } }
            """;

    public static string Answer(string schema) =>
        """{"/a":{"get":{"operationId":"a","summary":"A","responses":{"200":"""
        + $$"""{"description":"","content":{"application/json":{"schema":{{schema}} } } } } } } }""";

    public static TestCaseData Row(string before, string after, params string[] expected) =>
        new TestCaseData(before, after, expected).SetArgDisplayNames(before, after);
}
