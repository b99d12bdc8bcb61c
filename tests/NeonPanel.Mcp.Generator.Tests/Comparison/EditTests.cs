using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Scripted edits of our specification get the class that was written down for them.</summary>
[Category("Slow")]
internal sealed class EditTests
{
    private static readonly Lazy<ComparedCatalog> Unchanged = new(() => Side(OurSpecification.Document()));

    private static IEnumerable<TestCaseData> Edits() =>
        new[]
        {
            ("Tool", ToolEdits.All),
            ("Argument", ArgumentEdits.All),
            ("Answer", AnswerEdits.All),
            ("Nothing", HarmlessEdits.All),
        }.SelectMany(group =>
            group.Item2.Select(edit => new TestCaseData(edit).SetArgDisplayNames(group.Item1 + ": " + edit.Name))
        );

    [TestCaseSource(nameof(Edits))]
    public void Compare_EditedSpecification_FindsWhatWasExpectedAndNothingElse(Edit edit)
    {
        var (before, after) = (OurSpecification.Document(), OurSpecification.Document());
        edit.Before?.Invoke(new(before));
        edit.Before?.Invoke(new(after));
        edit.Apply(new(after));
        var changes = CatalogComparer.Compare(edit.Before is null ? Unchanged.Value : Side(before), Side(after));
        Assert.That(changes.Select(Line).Order(StringComparer.Ordinal), Is.EqualTo(edit.Expected));
    }

    [Test]
    public void Edits_OfTheTable_AreAtLeastSixty() => Assert.That(Edits().Count(), Is.GreaterThanOrEqualTo(60));

    private static ComparedCatalog Side(JsonObject document)
    {
        var pipeline = GenerationPipeline.Run(
            new("spec.json", Encoding.UTF8.GetBytes(document.ToJsonString())),
            null,
            null
        );
        return SpecificationSide.Read(pipeline.Document, pipeline.Catalog);
    }

    private static string Line(Change change) =>
        string.Join(
            ' ',
            new[]
            {
                change.Class.ToString().ToLowerInvariant(),
                change.Caller.ToString().ToLowerInvariant(),
                change.Kind.Text(),
                change.Tool ?? "",
                change.Subject,
            }.Where(part => part.Length > 0)
        );
}
