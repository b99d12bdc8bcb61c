using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Session ids that repeat the announcements of a client.</summary>
internal sealed class SessionAnnouncementTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [TestCase(ViewHost.None, true, "forms-")]
    [TestCase(ViewHost.Announced, false, "views-")]
    [TestCase(ViewHost.Announced, true, "views-forms-")]
    [TestCase(ViewHost.WithOrigin, false, "views-origin-")]
    [TestCase(ViewHost.WithOrigin, true, "views-origin-forms-")]
    public void Id_OfAnAnnouncement_IsReadAsThat(object host, bool hasForms, string prefix)
    {
        var given = SessionAnnouncement.New((ViewHost)host, hasForms);
        Assert.That(given.Id, Does.Match($"^{prefix}[0-9a-f]{{32}}$"));
        Assert.That(SessionAnnouncement.Of(given.Id), Is.EqualTo(given));
        Assert.That(SessionAnnouncement.New((ViewHost)host, hasForms).Id, Is.Not.EqualTo(given.Id));
    }

    [TestCase("")]
    [TestCase(Digits)]
    [TestCase("forms-")]
    [TestCase("forms-" + "0123456789ABCDEF0123456789ABCDEF")]
    [TestCase("forms-0" + Digits)]
    [TestCase("forms" + Digits)]
    [TestCase("forms-views-" + Digits)]
    [TestCase("origin-" + Digits)]
    [TestCase("Forms-" + Digits)]
    [TestCase("forms-forms-" + Digits)]
    [TestCase("views-forms-" + Digits + "-0")]
    public void Id_OfAnotherForm_IsNone(string id) => Assert.That(SessionAnnouncement.Of(id), Is.Null);
}
