using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>The sources stay readable: forms that are hard to read do not become more.</summary>
internal sealed class CodeCountTests
{
    private static readonly Lazy<CodeCounts> Product = new(() => Count("src", "generator", "deploy"));
    private static readonly Lazy<CodeCounts> Tests = new(() => Count("tests"));

    [Test]
    public void Sources_NestedConditionals_AreNone() =>
        Assert.That(Product.Value.NestedConditionals, Is.Empty, string.Join('\n', Product.Value.NestedConditionals));

    [Test]
    public void Sources_WideLines_HoldAString() =>
        Assert.That(Product.Value.WideLines.Concat(Tests.Value.WideLines), Is.Empty);

    [Test]
    public void Sources_TupleAssignments_AreNone() =>
        Assert.That(Product.Value.TupleAssignments, Is.Empty, string.Join('\n', Product.Value.TupleAssignments));

    // The best of six projects that were compared has 15 in a thousand.
    [Test]
    public void Sources_LongMethods_AreAtMostFifteenInAThousand() =>
        Assert.That(
            Product.Value.LongMethods,
            Has.Count.LessThanOrEqualTo(Product.Value.Methods * 15 / 1000),
            string.Join('\n', Product.Value.LongMethods)
        );

    [Test]
    public void Add_EachForm_IsFound()
    {
        var counts = new CodeCounts();
        var line = new string('+', CodeCounts.MaxColumns);
        counts.Add(
            "A.cs",
            $$"""
            class A
            {
                int B(int a, int b) => a > b ? 1 : (a < b ? 2 : 3);
                void C(int a, int b)
                {
                    (a, b) = (b, a); (a, b) = (1, 2);
                    a = 1 {{line}} 1;
                    D("{{line}}");
            {{string.Join('\n', Enumerable.Repeat("        a++;", CodeCounts.MaxMethodLines))}}
                }
            }
            """
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts.NestedConditionals, Is.EqualTo(new[] { "A.cs:3" }));
            Assert.That(counts.TupleAssignments, Is.EqualTo(new[] { "A.cs:6" }));
            Assert.That(counts.WideLines, Is.EqualTo(new[] { "A.cs:7" }));
            Assert.That(counts.WideLinesWithStrings, Is.EqualTo(2));
            Assert.That(counts.LongMethods, Is.EqualTo(new[] { "A.cs:4 65" }));
            Assert.That(counts.Methods, Is.EqualTo(2));
        }
    }

    private static CodeCounts Count(params string[] folders)
    {
        var counts = new CodeCounts();
        foreach (var path in SourceTree.Files(".cs", folders))
        {
            counts.Add(path, SourceTree.Read(path));
        }

        return counts;
    }
}
