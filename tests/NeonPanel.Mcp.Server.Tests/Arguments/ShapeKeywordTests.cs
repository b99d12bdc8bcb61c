using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>The checks of arguments know every property of a shape. The generator's half of this test is
/// <c>KeywordTests</c>.</summary>
internal sealed class ShapeKeywordTests
{
    private static readonly (string Property, ValueShape Shape, string Rejected)[] Cases =
    [
        (nameof(ValueShape.Kinds), new() { Kinds = ValueKinds.String }, "1"),
        (nameof(ValueShape.Enum), new() { Enum = ["1"] }, "2"),
        (nameof(ValueShape.Minimum), new() { Minimum = "2" }, "1"),
        (nameof(ValueShape.Maximum), new() { Maximum = "2" }, "3"),
        (nameof(ValueShape.ExclusiveMinimum), new() { Minimum = "2", ExclusiveMinimum = true }, "2"),
        (nameof(ValueShape.ExclusiveMaximum), new() { Maximum = "2", ExclusiveMaximum = true }, "2"),
        (nameof(ValueShape.MultipleOf), new() { MultipleOf = "2" }, "3"),
        (nameof(ValueShape.MinLength), new() { MinLength = 2 }, "\"a\""),
        (nameof(ValueShape.MaxLength), new() { MaxLength = 1 }, "\"ab\""),
        (nameof(ValueShape.Expression), new() { Expression = "^a" }, "\"b\""),
        (nameof(ValueShape.Format), new() { Format = "date" }, "\"b\""),
        (nameof(ValueShape.MinItems), new() { MinItems = 1 }, "[]"),
        (nameof(ValueShape.MaxItems), new() { MaxItems = 0 }, "[1]"),
        (nameof(ValueShape.UniqueItems), new() { UniqueItems = true }, "[1,1]"),
        (nameof(ValueShape.Items), new() { Items = new() { Kinds = ValueKinds.String } }, "[1]"),
        (
            nameof(ValueShape.Properties),
            new() { Properties = new Dictionary<string, ValueShape> { ["a"] = new() { Kinds = ValueKinds.String } } },
            "{\"a\":1}"
        ),
        (nameof(ValueShape.Required), new() { Required = ["a"] }, "{}"),
        (nameof(ValueShape.AdditionalProperties), new() { AdditionalProperties = null }, "{\"a\":1}"),
        (nameof(ValueShape.MinProperties), new() { MinProperties = 1 }, "{}"),
        (nameof(ValueShape.MaxProperties), new() { MaxProperties = 0 }, "{\"a\":1}"),
    ];

    private static IEnumerable<TestCaseData> Rejections =>
        Cases.Select(item => new TestCaseData(item.Shape, item.Rejected).SetArgDisplayNames(item.Property));

    [TestCaseSource(nameof(Rejections))]
    public void Check_ValueThatThePropertyRejects_IsAViolation(ValueShape shape, string rejected)
    {
        var value = JsonElement.Parse(rejected);
        Assert.That(ArgumentValidator.IsValid(shape, value), Is.False);
        Assert.That(ArgumentValidator.IsValid(new(), value), Is.True, "without the property");
    }

    [Test]
    public void Check_Alternative_AcceptsWhatTheRestRejects()
    {
        var shape = new ValueShape { Kinds = ValueKinds.String, Alternatives = [new() { Kinds = ValueKinds.Integer }] };
        Assert.That(ArgumentValidator.IsValid(shape, JsonElement.Parse("1")), Is.True);
        Assert.That(ArgumentValidator.IsValid(shape with { Alternatives = [] }, JsonElement.Parse("1")), Is.False);
    }

    // The pattern is the text about the expression; the alternatives have a test of their own above.
    [Test]
    public void Table_PropertiesOfAShape_AreAllInIt() =>
        Assert.That(
            Cases
                .Select(item => item.Property)
                .Append(nameof(ValueShape.Pattern))
                .Append(nameof(ValueShape.Source))
                .Append(nameof(ValueShape.Alternatives)),
            Is.EquivalentTo(
                typeof(ValueShape)
                    .GetProperties()
                    .Where(property => property.GetMethod is { IsStatic: false })
                    .Select(property => property.Name)
            )
        );
}
