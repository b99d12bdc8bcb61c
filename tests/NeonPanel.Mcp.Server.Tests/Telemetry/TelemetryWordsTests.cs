using NeonPanel.Mcp.Server.Telemetry;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>The words that dashboards and alarms contain.</summary>
internal sealed class TelemetryWordsTests
{
    private static readonly string[] Kinds =
    [
        "none",
        "abandoned",
        "fault",
        "retired",
        "arguments",
        "timeout",
        "status",
        "paused",
        "busy",
        "repeat",
        "asked",
        "declined",
        "credential",
        "too_large",
        "connection",
        "not_json",
        "other",
    ];

    private static readonly string[] Reasons =
    [
        "no_token",
        "header",
        "no_jwt",
        "algorithm",
        "type",
        "critical_extension",
        "unknown_key",
        "issuer",
        "audience",
        "expired",
        "signature",
        "no_subject",
        "insufficient_scope",
        "keys_unavailable",
        "upstream",
    ];

    [Test]
    public void Word_OfEachKindOfFailure_IsThePublishedOne() =>
        Assert.That(Enum.GetValues<FailureKind>().Select(kind => kind.Word()), Is.EqualTo(Kinds));

    [Test]
    public void Word_OfEachEffect_IsThePublishedOne() =>
        Assert.That(
            Enum.GetValues<CallEffect>().Select(effect => effect.Word()),
            Is.EqualTo(new[] { "read", "write", "preview" })
        );

    [Test]
    public void Word_OfEachReasonOfARejection_IsThePublishedOne() =>
        Assert.That(Enum.GetValues<AuthFailure>().Select(failure => failure.Word()), Is.EqualTo(Reasons));

    [Test]
    public void Word_OfEachFetchOfKeys_IsThePublishedOne() =>
        Assert.That(
            Enum.GetValues<KeyFetchOutcome>().Select(outcome => outcome.Word()),
            Is.EqualTo(new[] { "changed", "unchanged", "no_keys", "failed" })
        );

    [TestCase("ok", null)]
    [TestCase("error", "tool_error")]
    [TestCase("fault", "tool_error")]
    [TestCase("abandoned", "abandoned")]
    public void Word_OfEachOutcome_IsThePublishedOne(string word, string? errorType)
    {
        var outcome = Enum.GetValues<CallOutcome>().Single(known => known.Word() == word);
        Assert.That(errorType is null ? null : outcome.ErrorType(), Is.EqualTo(errorType));
    }
}
