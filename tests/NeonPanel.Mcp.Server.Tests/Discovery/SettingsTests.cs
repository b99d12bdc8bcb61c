using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Settings;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

internal sealed class SettingsTests
{
    [TestCase("15s", 15_000)]
    [TestCase("2m", 120_000)]
    [TestCase("1h", 3_600_000)]
    [TestCase("500ms", 500)]
    [TestCase("00:00:15", 15_000)]
    public void Duration_InEveryForm_IsRead(string text, int milliseconds)
    {
        var settings = Reader("Name", text);
        Assert.That(settings.Duration("Name", TimeSpan.Zero).TotalMilliseconds, Is.EqualTo(milliseconds));
        Assert.That(settings.Faults, Is.Empty);
    }

    [TestCase("15")]
    [TestCase("0s")]
    [TestCase("-1s")]
    [TestCase("soon")]
    public void Duration_ThatIsNone_IsAFaultThatNamesTheSetting(string text)
    {
        var settings = Reader("Name", text);
        settings.Duration("Name", TimeSpan.Zero);
        Assert.That(settings.Faults.Single(), Does.StartWith("Name must be a duration").And.EndsWith($"but is '{text}'."));
    }

    [TestCase("https://a.example/", "https://a.example")]
    [TestCase("http://localhost:1", "http://localhost:1")]
    public void Url_HttpsOrLoopback_IsTaken(string text, string expected) =>
        Assert.That(Reader("Name", text).Url("Name", null), Is.EqualTo(expected));

    [TestCase("http://a.example")]
    [TestCase("ftp://a.example")]
    [TestCase("a.example")]
    [TestCase("https://user@a.example")]
    public void Url_OfAnyOtherForm_IsAFault(string text)
    {
        var settings = Reader("Name", text);
        Assert.That(settings.Url("Name", null), Is.Null);
        Assert.That(settings.Faults, Has.Count.EqualTo(1));
    }

    private static SettingsReader Reader(string name, string value) => new(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build());
}
