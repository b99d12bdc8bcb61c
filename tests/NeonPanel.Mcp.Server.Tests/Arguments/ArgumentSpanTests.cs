using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Spans that end before they begin, which the overlay declares (<c>x-mcp.spans</c>).</summary>
internal sealed class ArgumentSpanTests
{
    [TestCase("\"start_date\":\"2026-11-02\",\"end_date\":\"2026-11-01\"", true)]
    [TestCase("\"start_date\":\"2026-11-01\",\"end_date\":\"2025-12-31T10:00:00Z\"", true)]
    [TestCase("\"startDate\":\"2026-11-02\",\"end_date\":\"2026-11-01\"", true, Description = "after a repair")]
    [TestCase("\"start_date\":\"2026-11-01\",\"end_date\":\"2026-11-01\"", false)]
    [TestCase("\"start_date\":\"2026-11-01T12:00:00Z\",\"end_date\":\"2026-11-01\"", false)]
    [TestCase("\"start_date\":\"2026-11-02\"", false)]
    [TestCase("\"end_date\":\"2026-11-01\"", false)]
    public void Read_SpanThatEndsBeforeItBegins_IsRefused(string dates, bool isRefused)
    {
        var violations = Violations("bills_list", dates);
        Assert.That(
            violations,
            isRefused
                ? Has.One.Matches(
                    "^Argument 'end_date' must not be before 'start_date', but 202\\d-\\d\\d-\\d\\d is before 2026-11-0\\d\\. Exchange or correct the two dates\\.$"
                )
                : Is.Empty
        );
    }

    // The API holds the first against arrival and the second against dispatch.
    [Test]
    public void Read_DatesOfShipments_AreNoSpan() =>
        Assert.That(
            Violations("shipments_list", "\"start_date\":\"2026-11-02\",\"end_date\":\"2026-11-01\""),
            Is.Empty
        );

    private static IReadOnlyList<string> Violations(string name, string dates)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        return ArgumentReader.Read(tool!, JsonElement.Parse("{\"companyUuid\":\"x\"," + dates + "}")).Violations;
    }
}
