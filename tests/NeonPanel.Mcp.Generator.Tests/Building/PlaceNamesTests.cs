using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Building;

/// <summary>Generator and server recognize the same arguments of paged lists.</summary>
internal sealed class PlaceNamesTests
{
    [Test]
    public void All_AreThoseThatTheServerRecognizes() =>
        Assert.That(PlaceNames.All, Is.EquivalentTo(ToolPaging.PlaceNames));

    [TestCase("page[cursor]", true)]
    [TestCase("Start_At", true)]
    [TestCase("pages", false)]
    public void Has_Name_IgnoresCaseAndWhatStandsBetweenWords(string name, bool expected) =>
        Assert.That(PlaceNames.Has(name), Is.EqualTo(expected));
}
