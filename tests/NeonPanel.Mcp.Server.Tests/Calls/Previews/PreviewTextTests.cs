using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.Tests.Requests;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>The short text of a preview, for a person who must agree to the write.</summary>
internal sealed class PreviewTextTests
{
    private const string Arguments = """
        {"orderId":7,"vendor":66,"note":"a\u202eb","lines":[{"units":2,"price":1.50}],"currency":"EUR"}
        """;

    private static readonly RequestTemplate Template = new(
        "PUT",
        "/orders/{orderId}",
        [new("orderId", ParameterLocation.Path, "orderId", ParameterStyle.Simple, Explode: false)],
        new(
            "application/json",
            RequestBodyKind.Json,
            Members: [new("vendor", "vendor"), new("note", "note"), new("lines", "lines")]
        )
    );

    [Test]
    public void Text_OfAnUpdate_NamesOldAndNewValuesAndSums()
    {
        var arguments = Templates.Json(Arguments);
        var content = Content() with
        {
            Comparison = RecordComparison.Of(
                [
                    .. new[] { "vendor", "note", "lines" }.Select(name =>
                        KeyValuePair.Create(name, arguments.GetProperty(name))
                    ),
                ],
                Templates.Json("""{"vendor":64,"name":"Basin","lines":[{"units":1}]}"""),
                [
                    new("vendor", ["vendor"]) { Label = ["name"] },
                    new("lines", ["lines"]) { Members = [new("units", ["units"])] },
                ]
            ),
            Total = LineTotal.Of(new("lines", "units", "price", null, "currency"), arguments),
            Due = [new(new(2026, 12, 15), "day", 15, new(50, 0), new(150, 2)), new(null, "sent", 30, new(50, 0), null)],
        };
        Assert.That(
            PreviewText.Of(content),
            Is.EqualTo(
                """
                PUT /orders/{orderId}
                orderId: 7
                vendor: 64 (Basin) → 66 (Sierra)
                note: ? → a[U+202E]b
                lines: 1 removed, 1 new, 0 the same
                2 × 1.50 = 3.00
                Total: 3.00 EUR
                Due: 2026-12-15, 50 %, 1.50
                Due: 30 days after sent, 50 %
                """
            )
        );
    }

    [Test]
    public void Text_WithoutARecord_NamesWhatIsSent() =>
        Assert.That(
            PreviewText.Of(Content()),
            Is.EqualTo(
                """
                PUT /orders/{orderId}
                orderId: 7
                vendor: 66 (Sierra)
                note: a[U+202E]b
                lines: 1 items
                """
            )
        );

    [Test]
    public void Text_OfADeletion_ShowsTheStartOfTheRecord() =>
        Assert.That(
            PreviewText.Of(
                Content() with
                {
                    Record = Templates.Json("""{"id":7,"name":"x","lines":[],"paid":true}"""),
                }
            ),
            Does.Contain("\nRecord: id 7, name x, paid True\n")
        );

    [Test]
    public void Text_WithoutAChange_SaysSo() =>
        Assert.That(
            PreviewText.Of(Content() with { Comparison = RecordComparison.Of([], Templates.Json("{}"), []) }),
            Does.EndWith("\nNothing would change.")
        );

    [Test]
    public void Text_WithLongValues_IsShort()
    {
        var members = string.Join(',', Enumerable.Range(0, 50).Select(n => $"\"m{n}\":\"{new string('x', 500)}\""));
        var content = Content() with { Record = Templates.Json($$"""{{{members}}}""") };
        Assert.That(PreviewText.Of(content).Length, Is.LessThanOrEqualTo(PreviewText.MaxChars));
    }

    private static PreviewContent Content() =>
        new(
            new(Template, Templates.Json(Arguments), "application/json", [], []),
            [new("vendor", "sierra", "Sierra", Templates.Json("66"))]
        );
}
