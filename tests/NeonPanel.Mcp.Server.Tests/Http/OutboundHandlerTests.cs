using NeonPanel.Mcp.Server.Http;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Http;

/// <summary>The settings that all handlers of outbound requests have in common, and the handlers that use a
/// proxy.</summary>
internal sealed class OutboundHandlerTests
{
    [Test]
    public void Create_ForAnyUse_FollowsNoRedirectAndSendsNoCookieOrTraceHeader([Values] OutboundUse use)
    {
        using var handler = OutboundHandlers.Create(use);
        Assert.That(
            (handler.AllowAutoRedirect, handler.UseCookies, handler.ActivityHeadersPropagator),
            Is.EqualTo((false, false, default(object)))
        );
    }

    [Test]
    public void Create_ForRequestsWithACredential_UsesNoProxy()
    {
        var withProxy = Enum.GetValues<OutboundUse>()
            .Where(use =>
            {
                using var handler = OutboundHandlers.Create(use);
                return handler.UseProxy;
            });
        Assert.That(
            withProxy,
            Is.EqualTo(new[] { OutboundUse.SigningKeys, OutboundUse.Telemetry, OutboundUse.Doctor })
        );
    }
}
