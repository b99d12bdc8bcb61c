using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Commands;

/// <summary>Files are written part by part, and only where they differ.</summary>
internal sealed class ChangeWriterTests
{
    private static readonly DateTime Earlier = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string Long = new('x', 10_000);
    private string folder = "";

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("changes-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(null, (string[])["a", "b"], true).SetArgDisplayNames("new");
        yield return new TestCaseData(null, (string[])[], true).SetArgDisplayNames("new and empty");
        yield return new TestCaseData("ab", (string[])["a", "b"], false).SetArgDisplayNames("equal");
        yield return new TestCaseData("", (string[])[], false).SetArgDisplayNames("equal and empty");
        yield return new TestCaseData("ab", (string[])["a"], true).SetArgDisplayNames("shorter");
        yield return new TestCaseData("ab", (string[])["a", "b", "c"], true).SetArgDisplayNames("longer");
        yield return new TestCaseData("abc", (string[])["a", "x", "c"], true).SetArgDisplayNames("other in the middle");
        yield return new TestCaseData("abcdef", (string[])["a", "x"], true).SetArgDisplayNames("other and shorter");
        yield return new TestCaseData(Long + "ö", (string[])[Long, "ö"], false).SetArgDisplayNames("long and equal");
        yield return new TestCaseData(Long + "ö", (string[])[Long + "ü"], true).SetArgDisplayNames(
            "long, other at the end"
        );
    }

    [TestCaseSource(nameof(Cases))]
    public void WriteIfChanged_Parts_LeaveTheirTextAndTouchNothingElse(string? before, string[] parts, bool isChanged)
    {
        var file = Path.Combine(folder, "inner", "file.txt");
        if (before is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, before);
            File.SetLastWriteTimeUtc(file, Earlier);
        }

        Assert.That(Disk.WriteIfChanged(file, parts), Is.EqualTo(isChanged));
        Assert.That(File.ReadAllText(file), Is.EqualTo(string.Concat(parts)));
        Assert.That(File.GetLastWriteTimeUtc(file) == Earlier, Is.EqualTo(!isChanged));
    }
}
