using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Normalization;

/// <summary>Arguments whose schema accepts no value by the letter can still be given, and a warning says so.</summary>
internal sealed class ImpossibleValueTests
{
    [TestCase("{\"type\":\"integer\",\"enum\":[\"1\",\"2\"]}", "{\"type\":\"integer\",\"enum\":[1,2]}")]
    [TestCase("{\"type\":\"number\",\"enum\":[\"1.50\"]}", "{\"type\":\"number\",\"enum\":[1.50]}")]
    [TestCase("{\"type\":\"string\",\"enum\":[true,false]}", "{\"type\":\"string\",\"enum\":[\"true\",\"false\"]}")]
    [TestCase("{\"type\":\"string\",\"enum\":[1,\"a\"]}", "{\"type\":\"string\",\"enum\":[\"1\",\"a\"]}")]
    [TestCase("{\"type\":\"boolean\",\"enum\":[\"true\"]}", "{\"type\":\"boolean\",\"enum\":[true]}")]
    [TestCase("{\"type\":\"boolean\",\"const\":\"true\"}", "{\"type\":\"boolean\",\"enum\":[true]}")]
    [TestCase(
        "{\"type\":\"integer\",\"enum\":[\"ticket\",\"comment\"]}",
        "{\"type\":\"string\",\"enum\":[\"ticket\",\"comment\"]}"
    )]
    [TestCase(
        "{\"type\":\"integer\",\"enum\":[1,\"all\"]}",
        "{\"description\":\"Type: integer or string.\",\"enum\":[1,\"all\"]}"
    )]
    [TestCase("{\"allOf\":[{\"type\":\"integer\"},{\"enum\":[\"1\"]}]}", "{\"type\":\"integer\",\"enum\":[1]}")]
    [TestCase(
        "{\"type\":\"array\",\"enum\":[\"a\",\"b\"],\"items\":{\"type\":\"string\"}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"enum\":[1,2]}",
        "{\"type\":\"array\",\"items\":{\"type\":\"number\",\"enum\":[1,2]}}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"pattern\":\"/^[a-z]+$/\"}",
        "{\"type\":\"string\",\"pattern\":\"^[a-z]\\u002B$\"}"
    )]
    [TestCase("{\"type\":\"string\",\"pattern\":\"/^a\\\\/b$/g\"}", "{\"type\":\"string\",\"pattern\":\"^a/b$\"}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"/^[a-z]+$/i\"}", "{\"type\":\"string\"}")]
    [TestCase("{\"type\":\"string\",\"enum\":[\"a\",\"b\",\"a\"]}", "{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}")]
    [TestCase("{\"type\":\"integer\",\"minimum\":5,\"maximum\":4}", "{\"type\":\"integer\"}")]
    [TestCase("{\"type\":\"number\",\"minimum\":5,\"exclusiveMaximum\":5}", "{\"type\":\"number\"}")]
    [TestCase("{\"type\":\"string\",\"minLength\":5,\"maxLength\":4}", "{\"type\":\"string\"}")]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"uuid\",\"maxLength\":32}",
        "{\"type\":\"string\",\"format\":\"uuid\"}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"minItems\":2,\"maxItems\":1,\"items\":{\"type\":\"string\"}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"active\"],\"maxLength\":3}",
        "{\"type\":\"string\",\"enum\":[\"active\"]}"
    )]
    [TestCase("{\"type\":\"integer\",\"minimum\":1,\"maximum\":5,\"multipleOf\":10}", "{\"type\":\"integer\"}")]
    [TestCase(
        "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":0.5,\"multipleOf\":0.5}",
        "{\"type\":\"number\"}"
    )]
    [TestCase("{\"type\":\"integer\",\"minimum\":0.2,\"maximum\":0.8}", "{\"type\":\"integer\"}")]
    [TestCase(
        "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":3000000000}",
        "{\"type\":\"integer\",\"minimum\":3000000000}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"uuid\",\"minLength\":40}",
        "{\"type\":\"string\",\"format\":\"uuid\"}"
    )]
    [TestCase("{\"type\":\"string\",\"format\":\"ipv4\",\"maxLength\":6}", "{\"type\":\"string\",\"format\":\"ipv4\"}")]
    [TestCase(
        "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":2,\"items\":{\"type\":\"string\",\"enum\":[\"a\"]}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"a\"]}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":3,\"items\":{\"type\":\"boolean\"}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}"
    )]
    [TestCase("{\"type\":\"integer\",\"enum\":[3],\"multipleOf\":2}", "{\"type\":\"integer\",\"enum\":[3]}")]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"abc\"],\"pattern\":\"^[0-9]+$\"}",
        "{\"type\":\"string\",\"enum\":[\"abc\"]}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"today\"],\"format\":\"date\"}",
        "{\"type\":\"string\",\"enum\":[\"today\"]}"
    )]
    [TestCase("{\"type\":\"integer\",\"enum\":[7],\"maximum\":3}", "{\"type\":\"integer\",\"enum\":[7]}")]
    public void Member_NoValueFitsByTheLetter_IsLoosenedWithAWarning(string schema, string expected)
    {
        var pipeline = Fragments.Paths(
            "{\"/a\":{\"post\":{\"operationId\":\"a\",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
                + schema
                + "}}}}}}}}"
        );
        Assert.That(
            pipeline.Catalog.Tools.Single().InputSchema["properties"]!["m"]!.ToJsonString(),
            Is.EqualTo(expected)
        );
        Assert.That(
            pipeline.Catalog.Diagnostics.Select(item => (item.Id, item.Severity)),
            Is.EqualTo(new[] { (DiagnosticIds.Loosened, Severity.Warning) })
        );
    }

    [TestCase("{\"type\":\"integer\",\"enum\":[1,2.0,null]}")]
    [TestCase("{\"type\":\"number\",\"enum\":[1,2.5]}")]
    [TestCase("{\"type\":\"array\",\"enum\":[[1],[1,2]]}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"/api/\"}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"^/[a-z]+/$\"}")]
    [TestCase("{\"type\":\"integer\",\"minimum\":5,\"maximum\":5}")]
    [TestCase("{\"type\":\"integer\",\"minimum\":1,\"maximum\":20,\"multipleOf\":10}")]
    [TestCase("{\"type\":\"number\",\"minimum\":0.2,\"maximum\":0.8}")]
    [TestCase("{\"type\":\"integer\",\"multipleOf\":0}")]
    [TestCase("{\"type\":\"integer\",\"multipleOf\":-3}")]
    [TestCase("{\"type\":\"string\",\"enum\":[\"a\",\"1\"],\"pattern\":\"^[0-9]$\"}")]
    [TestCase("{\"type\":\"string\",\"enum\":[\"abc\"],\"pattern\":\"(?<=x)y\"}")]
    [TestCase("{\"type\":\"string\",\"format\":\"uuid\",\"minLength\":36,\"maxLength\":36}")]
    [TestCase("{\"type\":\"string\",\"format\":\"date\",\"enum\":[\"today\",\"2026-01-01\"]}")]
    [TestCase(
        "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":2,\"items\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}}"
    )]
    [TestCase("{\"type\":\"integer\",\"format\":\"int32\",\"maximum\":3000000000}")]
    [TestCase("{\"type\":\"string\",\"enum\":[\"a\",\"long\"],\"maxLength\":3}")]
    public void Member_SomeValueFits_IsLeftAlone(string schema) =>
        Assert.That(
            Fragments
                .Paths(
                    "{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
                        + schema
                        + "}}}}},\"operationId\":\"a\"}}}"
                )
                .Catalog.Diagnostics,
            Is.Empty
        );

    // JSON Schema Validation §6.2.1: strictly greater than 0. Ajv refuses the whole schema, and no division by it is
    // safe.
    [TestCase("0")]
    [TestCase("0.0")]
    [TestCase("-3")]
    public void Member_MultipleOfNothing_CountsAsAbsent(string unit) =>
        Assert.That(
            Fragments.Member("{\"type\":\"integer\",\"multipleOf\":" + unit + "}").ToJsonString(),
            Is.EqualTo("{\"type\":\"integer\"}")
        );

    // The value as it is listed is accepted as well.
    [TestCase("{\"type\":\"integer\",\"enum\":[\"1\"]}", "string", "\"1\"")]
    [TestCase("{\"type\":\"string\",\"enum\":[true]}", "boolean", "true")]
    public void Member_ValueOfAnotherType_IsAnAlternative(string schema, string type, string value)
    {
        var form = Fragments
            .Body("{\"type\":\"object\",\"properties\":{\"m\":" + schema + "}}")
            .Arguments.Properties.Single()
            .Schema.Alternatives.Single();
        Assert.That((form.Types.Single(), ((JsonNode)form.Enum.Single()).ToJsonString()), Is.EqualTo((type, value)));
    }
}
