namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The words for kinds and outcomes in metrics, spans and logs. Dashboards and alarms contain them, so a word
/// never changes.</summary>
internal static class TelemetryWords
{
    public static string Word(this CallOutcome outcome) =>
        outcome switch
        {
            CallOutcome.Ok => "ok",
            CallOutcome.Error => "error",
            CallOutcome.Fault => "fault",
            CallOutcome.Abandoned => "abandoned",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };

    public static string Word(this CallEffect effect) =>
        effect switch
        {
            CallEffect.Read => "read",
            CallEffect.Write => "write",
            CallEffect.Preview => "preview",
            _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
        };

    /// <summary>Returns the <c>error.type</c> of a call that failed, as OpenTelemetry's conventions for MCP name
    /// it.</summary>
    public static string ErrorType(this CallOutcome outcome) =>
        outcome == CallOutcome.Abandoned ? outcome.Word() : "tool_error";

    public static string Word(this FailureKind kind) =>
        kind switch
        {
            FailureKind.None => "none",
            FailureKind.Abandoned => "abandoned",
            FailureKind.Fault => "fault",
            FailureKind.Retired => "retired",
            FailureKind.Arguments => "arguments",
            FailureKind.Timeout => "timeout",
            FailureKind.Status => "status",
            FailureKind.Paused => "paused",
            FailureKind.Busy => "busy",
            FailureKind.Repeat => "repeat",
            FailureKind.Asked => "asked",
            FailureKind.Declined => "declined",
            FailureKind.Credential => "credential",
            FailureKind.TooLarge => "too_large",
            FailureKind.Connection => "connection",
            FailureKind.NotJson => "not_json",
            FailureKind.Other => "other",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    public static string Word(this AuthFailure failure) =>
        failure switch
        {
            AuthFailure.NoToken => "no_token",
            AuthFailure.Header => "header",
            AuthFailure.NoJwt => "no_jwt",
            AuthFailure.Algorithm => "algorithm",
            AuthFailure.Type => "type",
            AuthFailure.CriticalExtension => "critical_extension",
            AuthFailure.UnknownKey => "unknown_key",
            AuthFailure.Issuer => "issuer",
            AuthFailure.Audience => "audience",
            AuthFailure.Expired => "expired",
            AuthFailure.Signature => "signature",
            AuthFailure.NoSubject => "no_subject",
            AuthFailure.InsufficientScope => "insufficient_scope",
            AuthFailure.KeysUnavailable => "keys_unavailable",
            AuthFailure.Upstream => "upstream",
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
        };

    public static string Word(this KeyFetchOutcome outcome) =>
        outcome switch
        {
            KeyFetchOutcome.Changed => "changed",
            KeyFetchOutcome.Unchanged => "unchanged",
            KeyFetchOutcome.NoKeys => "no_keys",
            KeyFetchOutcome.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
}
