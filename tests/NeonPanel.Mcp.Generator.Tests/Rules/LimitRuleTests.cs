using NeonPanel.Mcp.Generator.Rules;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Rules;

/// <summary>Schemas of arguments that contradict their own texts and values (rule C10).</summary>
internal sealed class LimitRuleTests
{
    [TestCase(
        "{\"type\":\"integer\",\"minimum\":1,\"description\":\"Positive removes stock, negative adds stock.\"}",
        "The minimum is 1, and the text speaks of values below zero ('negative')."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"minimum\":0,\"description\":\"Below zero puts it in.\"}",
        "The minimum is 0, and the text speaks of values below zero ('Below zero')."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"minimum\":1,\"description\":\"Days to keep; 0 means for ever.\"}",
        "The minimum is 1, and the text speaks of zero ('0 means')."
    )]
    [TestCase(
        "{\"type\":\"number\",\"maximum\":1,\"example\":25}",
        "The example 25 is rejected by its own schema: it is above its maximum 1."
    )]
    [TestCase(
        "{\"type\":\"string\",\"examples\":[\"ab\",7]}",
        "The example 7 is rejected by its own schema: it is not of the type string."
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"kg\",\"lb\"],\"default\":\"g\"}",
        "The default \"g\" is rejected by its own schema: it is none of the allowed values."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"enum\":[1,\"2\"]}",
        "The allowed value \"2\" is rejected by its own schema: it is not of the type integer."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"minimum\":1,\"enum\":[0,1]}",
        "The allowed value 0 is rejected by its own schema: it is below its minimum 1."
    )]
    [TestCase(
        "{\"type\":\"string\",\"minLength\":3,\"example\":\"é\"}",
        "The example \"é\" is rejected by its own schema: it has 1 characters, fewer than 3."
    )]
    [TestCase(
        "{\"type\":\"array\",\"maxItems\":1,\"items\":{\"type\":\"integer\"},\"example\":[1,2]}",
        "The example [1,2] is rejected by its own schema: it has 2 items, more than 1."
    )]
    [TestCase(
        "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"integer\"},\"example\":[1,2,1]}",
        "The example [1,2,1] is rejected by its own schema: it holds an item twice, though its items must be unique."
    )]
    [TestCase(
        "{\"type\":\"object\",\"maxProperties\":1,\"example\":{\"a\":1,\"b\":2}}",
        "The example {\"a\":1,\"b\":2} is rejected by its own schema: it has 2 members, more than 1."
    )]
    [TestCase(
        "{\"type\":\"object\",\"minProperties\":1,\"example\":{}}",
        "The example {} is rejected by its own schema: it has 0 members, fewer than 1."
    )]
    [TestCase(
        "{\"type\":\"number\",\"multipleOf\":0.5,\"default\":0.7}",
        "The default 0.7 is rejected by its own schema: it is not a multiple of 0.5."
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"example\":[1,\"x\"]}",
        "The example [1,\"x\"] is rejected by its own schema: '[1]' is not of the type integer."
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}},\"example\":{\"a\":\"yes\"}}",
        "The example {\"a\":\"yes\"} is rejected by its own schema: 'a' is not of the type boolean."
    )]
    [TestCase(
        "{\"allOf\":[{\"$ref\":\"#/components/schemas/Unit\"}],\"default\":\"g\"}",
        "The default \"g\" is rejected by its own schema: it is none of the allowed values."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"maximum\":100,\"description\":\"Page size, maximum 500.\"}",
        "The maximum is 100, and the text allows more ('maximum 500')."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"maximum\":10,\"description\":\"A number between 0 and 100.\"}",
        "The maximum is 10, and the text allows more ('between 0 and 100')."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"minimum\":5,\"description\":\"Between 1 and 9 copies.\"}",
        "The minimum is 5, and the text allows less ('Between 1 and 9 copies')."
    )]
    [TestCase(
        "{\"type\":\"string\",\"maxLength\":10,\"description\":\"At most 20 characters.\"}",
        "The maxLength is 10, and the text allows more ('At most 20 characters')."
    )]
    [TestCase(
        "{\"type\":\"string\",\"minLength\":8,\"description\":\"Minimum of 6 characters.\"}",
        "The minLength is 8, and the text allows less ('Minimum of 6 characters')."
    )]
    [TestCase(
        "{\"type\":\"array\",\"maxItems\":5,\"items\":{\"type\":\"string\"},\"description\":\"Up to 50 items.\"}",
        "The maxItems is 5, and the text allows more ('Up to 50 items')."
    )]
    public void Check_Contradiction_IsReported(string schema, string message) =>
        Assert.That(Findings(schema), Has.Some.StartsWith(message));

    [TestCase("{\"type\":\"integer\",\"minimum\":0,\"description\":\"A non-negative number.\"}")]
    [TestCase("{\"type\":\"integer\",\"minimum\":-5,\"description\":\"Negative adds stock.\"}")]
    [TestCase("{\"type\":\"integer\",\"minimum\":0,\"description\":\"0 means for ever.\"}")]
    [TestCase("{\"type\":\"number\",\"maximum\":1,\"example\":1}")]
    [TestCase("{\"type\":\"integer\",\"example\":2.0}")]
    [TestCase("{\"type\":\"number\",\"multipleOf\":0.1,\"default\":0.7}")]
    [TestCase("{\"type\":\"string\",\"minLength\":2,\"example\":\"\U0001F468\u200D\U0001F469\"}")]
    [TestCase("{\"type\":\"array\",\"minProperties\":1,\"items\":{},\"example\":[]}")]
    [TestCase("{\"type\":\"string\",\"nullable\":true,\"default\":null}")]
    [TestCase("{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null],\"default\":null}")]
    [TestCase("{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}],\"default\":\"g\"}")]
    [TestCase("{\"type\":\"integer\",\"maximum\":500,\"description\":\"Page size, maximum 500.\"}")]
    [TestCase("{\"type\":\"integer\",\"maximum\":100,\"description\":\"Keeps up to 365 days.\"}")]
    [TestCase("{\"type\":\"string\",\"maxLength\":10,\"description\":\"Up to 20 of them are kept.\"}")]
    [TestCase("{\"type\":\"string\",\"maxLength\":2000,\"description\":\"At most 1,000 characters.\"}")]
    [TestCase(
        "{\"type\":\"array\",\"maxItems\":5,\"items\":{\"type\":\"string\"},\"description\":\"Each has at most 50 characters.\"}"
    )]
    [TestCase("{\"type\":\"integer\",\"minimum\":1,\"description\":\"At least 2 copies.\"}")]
    [TestCase("{\"type\":\"integer\",\"maximum\":10,\"description\":\"Rounded up to 2.50.1.\"}")]
    [TestCase("{\"type\":\"number\",\"maximum\":1.5,\"description\":\"max 1.50\"}")]
    [TestCase("{\"$ref\":\"#/components/schemas/Unit\"}")]
    public void Check_SchemaWithoutContradiction_IsNotReported(string schema) =>
        Assert.That(Findings(schema), Is.Empty);

    // A shipment under way has received nothing, so the number must be able to be zero.
    [Test]
    public void Check_RequiredCountOfWhatMayNotHaveHappened_IsReported([Values] bool isRequired)
    {
        var body =
            "{\"type\":\"object\",\"required\":["
            + (isRequired ? "\"received\"" : "")
            + "],\"properties\":{\"received\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"Units that arrived.\"}}}";
        Assert.That(
            Findings(body),
            isRequired
                ? Has.Some.StartsWith(
                    "The minimum of this required number is 1, and the text ('arrived') speaks of something that may not have happened yet."
                )
                : Is.Empty
        );
    }

    [Test]
    public void Check_ExampleOfAParameterOrMediaType_IsReported()
    {
        var pipeline = Fragments.Paths(
            """
            {"/a":{"post":{"parameters":[{"name":"p","in":"query","schema":{"type":"integer"},"example":"x"},{"name":"q","in":"query","schema":{"type":"integer"},"examples":{"one":{"value":"y"}}}],
             "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"n":{"type":"integer","maximum":3}}},"example":{"n":4}}}}}}}
            """
        );
        Assert.That(
            LimitRules.Check(pipeline.Document, pipeline.Catalog).Select(finding => finding.Pointer),
            Is.EqualTo(
                new[]
                {
                    "/paths/~1a/post/parameters/0",
                    "/paths/~1a/post/parameters/1",
                    "/paths/~1a/post/requestBody/content/application~1json",
                }
            )
        );
    }

    [Test]
    public void Case_LimitsAndTexts_AreAllReported()
    {
        var pipeline = Fragments.Case("limits-and-texts.json");
        Assert.That(
            LimitRules
                .Check(pipeline.Document, pipeline.Catalog)
                .Select(finding => finding.Pointer[(finding.Pointer.LastIndexOf('/') + 1)..]),
            Is.EqualTo(new[] { "quantity", "share", "unit" })
        );
    }

    [Test]
    public void OurSpecification_WithItsOverlay_HasNoContradiction()
    {
        var pipeline = OurSpecification.Run();
        Assert.That(
            LimitRules.Check(pipeline.Document, pipeline.Catalog).Select(finding => finding.ToString()),
            Is.Empty
        );
    }

    private static IEnumerable<string> Findings(string schema)
    {
        var pipeline = Fragments.Paths(
            "{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
                + schema
                + "}}}}}}}}",
            """{"Unit":{"type":"string","enum":["kg","lb"]}}"""
        );
        return LimitRules.Check(pipeline.Document, pipeline.Catalog).Select(finding => finding.Message);
    }
}
