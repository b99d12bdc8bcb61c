using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Calls;

/// <summary>A body of several forms whose members are arguments: a value that fits one form is sent as it is, and only
/// one that fits none is read by what the forms have together (rule D1).</summary>
[Category("Slow")]
internal sealed class FormTests
{
    private const string Schemas = """
        {"Silent":{"oneOf":[{"type":"object","properties":{"kind":{"type":"string"},"n":{"type":"integer"}}},{"type":"object","properties":{"kind":{"type":"string"}}}]},
         "Closed":{"oneOf":[{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}},"additionalProperties":false},{"type":"object","required":["m"],"properties":{"m":{"type":"string"}},"additionalProperties":false}]},
         "Maps":{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}},{"type":"object","required":["b"],"properties":{"b":{"type":"string"}},"additionalProperties":{"type":"string"}}]},
         "Open":{"oneOf":[{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":{"type":"integer"}},{"type":"object","properties":{"kind":{"type":"string"}},"additionalProperties":{"type":"string"}}]},
         "Needs":{"oneOf":[{"type":"object","required":["x"],"properties":{"k":{"type":"string"}}},{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":false}]},
         "If":{"type":"object","properties":{"a":{"type":"string"}},"if":{"required":["a"]},"then":{"properties":{"n":{"type":"integer"}}}},
         "Named":{"oneOf":[{"$ref":"#/components/schemas/Card"},{"$ref":"#/components/schemas/Cash"}],"discriminator":{"propertyName":"by","mapping":{"card":"#/components/schemas/Card","cash":"Cash"}}},
         "Card":{"type":"object","properties":{"by":{"type":"string"},"digits":{"type":"integer"}}},
         "Cash":{"type":"object","properties":{"by":{"type":"string"},"coins":{"type":"integer"}}},
         "Plan":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}},"discriminator":{"propertyName":"kind"}},
         "AreaPlan":{"allOf":[{"$ref":"#/components/schemas/Plan"},{"type":"object","properties":{"area":{"type":"number"}}}]},
         "ZonePlan":{"allOf":[{"$ref":"#/components/schemas/Plan"},{"type":"object","properties":{"zone":{"type":"string"}}}]}}
        """;

    private const string Path = """
        "/NAME":{"parameters":[{"name":"q","in":"query","schema":{"type":"integer"}}],
                 "post":{"operationId":"NAME","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/NAME"}}}}}}
        """;

    private static readonly string[] Bodies = ["Silent", "Closed", "Maps", "Open", "Needs", "If", "Named", "Plan"];

    private CalledTools tools = null!;

    [OneTimeSetUp]
    public void Compile() =>
        tools = new(
            Fragments.Paths(
                "{"
                    + string.Join(',', Bodies.Select(name => Path.Replace("NAME", name, StringComparison.Ordinal)))
                    + "}",
                Schemas
            )
        );

    // The form that does not name 'n' takes any 'n'.
    [TestCase("Silent", """{"kind":"a","n":"5"}""")]
    [TestCase("Silent", """{"n":{"x":1}}""")]
    [TestCase("If", """{"n":"5"}""")]
    [TestCase("Named", """{"by":"card","coins":"5"}""")]
    [TestCase("Plan", """{"kind":"ZonePlan","area":"5"}""")]
    public async Task Call_ValueThatFitsOneForm_IsSentAsItIs(string tool, string arguments) =>
        Assert.That(await tools.CallAsync(tool, arguments), Is.EqualTo($"POST /{tool} application/json {arguments}"));

    [TestCase("Closed", """{"n":"5"}""", "repaired: n was text; it was read as a number. ", """{"n":5}""")]
    // The form that takes any 'n' requires 'x', which it does not declare.
    [TestCase("Needs", """{"n":"5"}""", "repaired: n was text; it was read as a number. ", """{"n":5}""")]
    [TestCase("Closed", """{"m":5}""", "repaired: m was a number; it was read as text. ", """{"m":"5"}""")]
    [TestCase(
        "Named",
        """{"by":"card","digits":"5"}""",
        "repaired: digits was text; it was read as a number. ",
        """{"by":"card","digits":5}"""
    )]
    [TestCase(
        "Plan",
        """{"kind":"AreaPlan","area":"5"}""",
        "repaired: area was text; it was read as a number. ",
        """{"kind":"AreaPlan","area":5}"""
    )]
    public async Task Call_ValueThatFitsNoForm_IsReadByAllTogether(
        string tool,
        string arguments,
        string repairs,
        string sent
    ) =>
        Assert.That(
            await tools.CallAsync(tool, arguments),
            Is.EqualTo($"{repairs}POST /{tool} application/json {sent}")
        );

    [TestCase("Maps", """{"a":"x","additionalProperties":{"z":1}}""", """{"a":"x","z":1}""")]
    [TestCase("Maps", """{"b":"x","additionalProperties":{"z":"1"}}""", """{"b":"x","z":"1"}""")]
    // 'n' is a further member of the second form.
    [TestCase("Open", """{"n":"5","additionalProperties":{"z":"1"}}""", """{"n":"5","z":"1"}""")]
    public async Task Call_FurtherMembersOfOneForm_AreSentAsTheyAre(string tool, string arguments, string sent) =>
        Assert.That(await tools.CallAsync(tool, arguments), Is.EqualTo($"POST /{tool} application/json {sent}"));

    // A form says nothing of parameters, and of names that no form has.
    [TestCase("""{"n":5,"q":"x"}""", "refused: Argument 'q' must be a whole number, but is a string; for example 1.")]
    [TestCase("""{"n":5,"other":1}""", "refused: Argument 'other' is unknown. Known: q, kind, n.")]
    public async Task Call_WhatBelongsToNoForm_IsStillChecked(string arguments, string expected) =>
        Assert.That(await tools.CallAsync("Silent", arguments), Is.EqualTo(expected));
}
