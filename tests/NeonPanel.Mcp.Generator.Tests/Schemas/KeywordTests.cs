using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Rules;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Schemas;

/// <summary>Every keyword that limits a value passes through every component. A component that forgets one fails here.
/// The server's half of this test is <c>ShapeKeywordTests</c>.</summary>
internal sealed class KeywordTests
{
    // Properties of a schema that a keyword of the table does not fill, and why.
    private static readonly Dictionary<string, string> OtherProperties = new(StringComparer.Ordinal)
    {
        [nameof(SchemaModel.Nullable)] =
            "type with null, or nullable of OpenAPI 3.0; the edits of EditTable compare it",
        [nameof(SchemaModel.Lookup)] = "says where a name is looked up, and LookupTests check it",
        [nameof(SchemaModel.Source)] = "names the tool that lists the values, for the texts of errors",
        [nameof(SchemaModel.Description)] = "a text limits nothing",
        [nameof(SchemaModel.Default)] = "a default limits nothing",
        [nameof(SchemaModel.IsDeprecated)] = "limits nothing",
        [nameof(SchemaModel.MediaType)] = "says how a multipart part is sent",
        [nameof(SchemaModel.IsReadOnly)] = "decides whether the member is an argument",
        [nameof(SchemaModel.IsWriteOnly)] = "decides whether the member is in the answer",
        [nameof(SchemaModel.TakesMore)] = "additionalProperties: true, the same as no keyword to a caller",
        [nameof(SchemaModel.Alternatives)] = "made of oneOf and anyOf, which clients do not see",
        [nameof(SchemaModel.RequiredAnywhere)] = "becomes members and their Required",
        [nameof(SchemaModel.Untold)] = "no member of a request",
        [nameof(SchemaModel.IsOutline)] = "says what was left out",
        [nameof(SchemaModel.IsProven)] = "says what answers had, not what the document allows",
        [nameof(SchemaModel.IsObject)] = "follows from the types",
    };

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        [nameof(SchemaModel.Types)] = "type",
        [nameof(SchemaModel.Enum)] = "enum",
        [nameof(SchemaModel.Format)] = "format",
        [nameof(SchemaModel.Pattern)] = "pattern",
        [nameof(SchemaModel.Items)] = "items",
        [nameof(SchemaModel.Properties)] = "properties",
        [nameof(SchemaModel.Required)] = "required",
        [nameof(SchemaModel.AdditionalProperties)] = "additionalProperties",
        [nameof(SchemaModel.IsClosed)] = "additionalProperties",
        // The test of the limits below names each of them.
        [nameof(SchemaModel.Limits)] = "minimum",
    };

    private static IEnumerable<KeywordCase> Mergeable => KeywordCase.All.Where(keyword => keyword.Tight is not null);

    private static IEnumerable<KeywordCase> Judged => KeywordCase.All.Where(keyword => keyword.Rejected is not null);

    [Test]
    public void Table_Limits_AreAllInIt() =>
        Assert.That(
            LimitKeyword.All.SelectMany(keyword => new[] { keyword.Name, keyword.ExclusiveName }).OfType<string>(),
            Is.SubsetOf(KeywordCase.All.Select(keyword => keyword.Name))
        );

    [Test]
    public void Table_PropertiesOfASchema_AreAllInItOrExcused()
    {
        Assert.That(
            typeof(SchemaModel)
                .GetProperties()
                .Select(property => property.Name)
                .Where(name => name != "EqualityContract"),
            Is.EquivalentTo(OtherProperties.Keys.Concat(Keywords.Keys))
        );
        Assert.That(Keywords.Values.Distinct(), Is.SubsetOf(KeywordCase.All.Select(keyword => keyword.Name)));
    }

    [TestCaseSource(typeof(KeywordCase), nameof(KeywordCase.All))]
    public void Read_Keyword_ReachesTheSchemaForClients(KeywordCase keyword) =>
        Assert.That(
            Told(keyword.With(keyword.Loose), keyword),
            Is.EqualTo(JsonNode.Parse(keyword.Loose)!.ToJsonString())
        );

    [TestCaseSource(nameof(Mergeable))]
    public void Merge_KeywordInBothParts_KeepsTheTighterOne(KeywordCase keyword)
    {
        var (loose, tight) = (keyword.With(keyword.Loose), keyword.With(keyword.Tight!));
        var expected = JsonNode.Parse(keyword.Tight!)!.ToJsonString();
        Assert.That(Told($$"""{"allOf":[{{loose}},{{tight}}]}""", keyword), Is.EqualTo(expected));
        Assert.That(Told($$"""{"allOf":[{{tight}},{{loose}}]}""", keyword), Is.EqualTo(expected));
    }

    [TestCaseSource(typeof(KeywordCase), nameof(KeywordCase.All))]
    public void Merge_KeywordInOnePart_KeepsIt(KeywordCase keyword)
    {
        var (without, with) = (keyword.Base, keyword.With(keyword.Loose));
        var expected = JsonNode.Parse(keyword.Loose)!.ToJsonString();
        Assert.That(Told($$"""{"allOf":[{{without}},{{with}}]}""", keyword), Is.EqualTo(expected));
        Assert.That(Told($$"""{"allOf":[{{with}},{{without}}]}""", keyword), Is.EqualTo(expected));
    }

    [TestCaseSource(typeof(KeywordCase), nameof(KeywordCase.All))]
    public void Emit_Keyword_ChangesTheShape(KeywordCase keyword)
    {
        var shape = ValueShapeEmitter.Emit(Argument(keyword.With(keyword.Loose)));
        Assert.That(shape, Is.Not.EqualTo(ValueShapeEmitter.Emit(Argument(keyword.Base))));
        if (LimitKeyword.All.Any(limit => keyword.Name == limit.Name || keyword.Name == limit.ExclusiveName))
        {
            var member = char.ToUpperInvariant(keyword.Name[0]) + keyword.Name[1..];
            Assert.That(shape, Does.Contain(" " + member + " = "));
            Assert.That(typeof(ValueShape).GetProperty(member), Is.Not.Null);
        }
    }

    [TestCaseSource(typeof(KeywordCase), nameof(KeywordCase.All))]
    public void Compare_KeywordAdded_IsFoundBetweenSpecificationsAndBetweenLocks(KeywordCase keyword) =>
        AssertChange(keyword.Base, keyword.With(keyword.Loose));

    [TestCaseSource(nameof(Mergeable))]
    public void Compare_KeywordTightened_IsFoundBetweenSpecificationsAndBetweenLocks(KeywordCase keyword) =>
        AssertChange(keyword.With(keyword.Loose), keyword.With(keyword.Tight!));

    [TestCaseSource(nameof(Judged))]
    public void Check_ExampleThatTheKeywordRejects_IsReported(KeywordCase keyword)
    {
        Assert.That(Findings(keyword, keyword.Base), Is.Empty, "without the keyword");
        Assert.That(Findings(keyword, keyword.With(keyword.Loose)), Has.Some.Contains("is rejected by its own schema"));
    }

    private static void AssertChange(string before, string after)
    {
        var (from, to) = (Document(before), Document(after));
        Assert.That(
            CatalogComparer.Compare(
                SpecificationSide.Read(from.Document, from.Catalog),
                SpecificationSide.Read(to.Document, to.Catalog)
            ),
            Is.Not.Empty,
            "specifications"
        );
        Assert.That(
            CatalogComparer.Compare(
                SpecificationSide.AsPublished(from.Document, from.Catalog),
                SpecificationSide.AsPublished(to.Document, to.Catalog)
            ),
            Is.Not.Empty,
            "locks"
        );
    }

    private static string? Told(string schema, KeywordCase keyword)
    {
        var told = Document(schema).Catalog.Tools.Single().InputSchema["properties"]!["m"]!;
        // Members are told with their texts and types; the table lists the same.
        return told[keyword.Name]?.ToJsonString();
    }

    private static List<string> Findings(KeywordCase keyword, string schema)
    {
        var pipeline = Document($$"""{{schema[..^1]}}{{(schema == "{}" ? "" : ",")}}"example":{{keyword.Rejected}}}""");
        return [.. LimitRules.Check(pipeline.Document, pipeline.Catalog).Select(finding => finding.Message)];
    }

    private static SchemaModel Argument(string schema) =>
        Document(schema).Catalog.Tools.Single().Arguments.Properties.Single(property => property.Name == "m").Schema;

    private static GenerationPipeline Document(string schema) =>
        Fragments.Paths(
            "{\"/a\":{\"post\":{\"operationId\":\"a\",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
                + schema
                + "}}}}},\"responses\":{}}}}"
        );
}
