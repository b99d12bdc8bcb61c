using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>The sizes of a document at which the generator stops.</summary>
internal sealed class LimitTests
{
    [Test]
    public void Read_MoreThan64MiB_IsRefused() =>
        Refused(new byte[(64 * 1024 * 1024) + 1], "at most 67108864 are read");

    // A list of N numbers has N values and two brackets.
    [Test]
    public void Read_MoreThanFiveMillionValues_IsRefused() =>
        Refused(
            Encoding.UTF8.GetBytes("{\"a\":[" + string.Join(',', Enumerable.Repeat("1", 5_000_001)) + "]}"),
            "5000000"
        );

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void Read_NestedJson_IsAcceptedUpTo128Levels(int levels, bool isAccepted)
    {
        var text = Encoding.UTF8.GetBytes(
            "{\"openapi\":\"3.1.0\",\"info\":{},\"paths\":{},\"x\":"
                + new string('[', levels - 1)
                + new string(']', levels - 1)
                + "}"
        );
        if (isAccepted)
        {
            Assert.That(() => SpecificationReader.Read("f", text, []), Throws.Nothing);
        }
        else
        {
            Refused(text, "depth");
        }
    }

    // Each line stands for ten of the line before it.
    [Test]
    public void Read_AliasesForMoreThanAMillionValues_IsRefused()
    {
        var text = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (var line = 1; line <= 7; line++)
        {
            text.Append($"a{line}: &a{line} [{string.Join(',', Enumerable.Repeat($"*a{line - 1}", 10))}]\n");
        }

        Refused(Encoding.UTF8.GetBytes(text.ToString()), "The aliases of the file stand for more than 1000000 values");
    }

    [Test]
    [Category("Slow")]
    public void Run_MoreThan12000Operations_HasToolsWithoutTypedMethods()
    {
        var paths = Enumerable
            .Range(0, 12_001)
            .Select(number =>
                $$"""
                    "/p{{number}}":{"get":{"operationId":"op{{number}}","responses":{} } }
                    """
            );
        var catalog = Fragments.Paths("{" + string.Join(',', paths) + "}").Catalog;
        Assert.That(catalog.Tools, Has.Count.EqualTo(12_001));
        Assert.That(TypedDocument.Choose(catalog.Tools), Is.Empty);
        Assert.That(TypedDocument.Choose([.. catalog.Tools.Take(12_000)]), Has.Count.EqualTo(12_000));
        Assert.That(
            catalog.Diagnostics.Single(item => item.Pointer.Length == 0).Severity,
            Is.EqualTo(Severity.Warning)
        );
    }

    private static void Refused(byte[] text, string expected) =>
        Assert.That(
            () => SpecificationReader.Read("f", text, []),
            Throws.TypeOf<FaultException>().With.Message.StartsWith("f#: error NPG001:").And.Message.Contain(expected)
        );
}
