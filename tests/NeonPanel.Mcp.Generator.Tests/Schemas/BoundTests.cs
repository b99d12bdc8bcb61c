using NeonPanel.Mcp.Generator.Schemas;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Schemas;

/// <summary>Limits of two schemas that both apply: JSON Schema 2020-12, core §10.2.1.1.</summary>
internal sealed class BoundTests
{
    private static readonly Bound Five = new("5", IsExclusive: false);
    private static readonly Bound BeyondFive = new("5", IsExclusive: true);
    private static readonly Bound Six = new("6.0", IsExclusive: false);

    private static IEnumerable<TestCaseData> Lower()
    {
        yield return new(null, null, null);
        yield return new(Five, null, Five);
        yield return new(null, Five, Five);
        yield return new(Five, Six, Six);
        yield return new(Six, BeyondFive, Six);
        yield return new(Five, BeyondFive, BeyondFive);
        yield return new(BeyondFive, Five, BeyondFive);
        yield return new(Five, Five, Five);
    }

    [TestCaseSource(nameof(Lower))]
    public void Highest_OfTwoLowerBounds_IsTheTighterOne(object? first, object? second, object? expected) =>
        Assert.That(SchemaBounds.Highest((Bound?)first, (Bound?)second), Is.EqualTo(expected));

    [Test]
    public void Lowest_OfTwoUpperBounds_IsTheTighterOne()
    {
        Assert.That(SchemaBounds.Lowest(Five, Six), Is.EqualTo(Five));
        Assert.That(SchemaBounds.Lowest(Six, Five), Is.EqualTo(Five));
        Assert.That(SchemaBounds.Lowest(Five, BeyondFive), Is.EqualTo(BeyondFive));
    }

    [TestCase("4", "6", "12")]
    [TestCase("6", "4", "12")]
    [TestCase("0.1", "0.25", "0.5")]
    [TestCase("3", "3", "3")]
    [TestCase(null, "3", "3")]
    [TestCase("3", null, "3")]
    [TestCase("7", "5", "35")]
    [TestCase("2", "8", "8")]
    [TestCase("3", "0", "3", Description = "no multiple can be calculated")]
    [TestCase("3", "-2", "3")]
    [TestCase("3", "1e400", "3")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950334", "79228162514264337593543950335")]
    public void CommonMultiple_OfTwoUnits_IsTheLeast(string? first, string? second, string expected) =>
        Assert.That(SchemaBounds.CommonMultiple(first, second), Is.EqualTo(expected));

    [TestCase("1", "2", -1)]
    [TestCase("1e1", "9", 1)]
    [TestCase("10", "1e1", 0)]
    [TestCase("-0.5", "-0.25", -1)]
    [TestCase("1e400", "5", 1)]
    [TestCase("5", "1e300", -1)]
    [TestCase("0.1000000000000000000000000001", "0.1", 1, Description = "equal as floating point numbers")]
    public void Compare_Numbers_GoesByValue(string first, string second, int expected) =>
        Assert.That(Math.Sign(SchemaBounds.Compare(first, second)), Is.EqualTo(expected));
}
