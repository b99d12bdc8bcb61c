using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Every line that the server logs. The thousands digit of an event id stands for a folder: 1 startup, 2
/// authentication, 3 invocation, 4 transport, 5 the older transport, 7 telemetry.</summary>
/// <remarks>All lines are in one class, because the order of the code that is generated for several classes differs
/// from build to build (dotnet/runtime#119587), which would make builds irreproducible.</remarks>
internal static partial class Log
{
    [LoggerMessage(
        1001,
        LogLevel.Warning,
        "Auth:AudienceValidation is IssuerOnly: tokens for any audience are accepted."
    )]
    public static partial void IssuerOnly(ILogger logger);

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "The issuer '{Issuer}' of Discovery:AuthorizationServerMetadata is not Auth:Issuer '{Expected}': clients will refuse one of them."
    )]
    public static partial void OtherIssuer(ILogger logger, string issuer, string expected);

    [LoggerMessage(
        1003,
        LogLevel.Information,
        "Auth:AudienceValidation is {AudienceValidation}, Auth:EnforceToolScopes is {EnforceToolScopes}, Auth:AnonymousDiscovery is {AnonymousDiscovery}."
    )]
    public static partial void AuthenticationMode(
        ILogger logger,
        string audienceValidation,
        bool enforceToolScopes,
        bool anonymousDiscovery
    );

    [LoggerMessage(1004, LogLevel.Warning, "Auth:Issuer is not set: nobody can sign in until it names the issuer.")]
    public static partial void NoIssuer(ILogger logger);

    [LoggerMessage(2001, LogLevel.Information, "Fetched {Count} signing keys.")]
    public static partial void KeysFetched(ILogger logger, int count);

    [LoggerMessage(2002, LogLevel.Warning, "{JwksUri} (Auth:JwksUri) holds no usable key.")]
    public static partial void NoKeys(ILogger logger, string jwksUri);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "The signing keys could not be fetched from {JwksUri} (Auth:JwksUri): {Reason}"
    )]
    public static partial void KeysNotFetched(ILogger logger, string jwksUri, string reason);

    [LoggerMessage(
        2010,
        LogLevel.Information,
        "A token was refused ({Reason}): {Detail}. Lines of this reason left out before: {LeftOut}.",
        EventName = "auth_refused"
    )]
    public static partial void TokenRefused(ILogger logger, string reason, string detail, int leftOut);

    [LoggerMessage(
        3001,
        LogLevel.Information,
        "{Tool}: {Outcome}, failure {Failure}, upstream {UpstreamStatus}, {DurationMs} ms, {Effect} {RecordId}, correlation {CorrelationId}, subject {SubjectHash}",
        EventName = "tool_call"
    )]
    public static partial void ToolCalled(
        ILogger logger,
        string tool,
        string outcome,
        string failure,
        int upstreamStatus,
        long durationMs,
        string correlationId,
        string subjectHash,
        string effect,
        string recordId
    );

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "{Tool} failed, correlation {CorrelationId}: {Exception} {StackTrace}",
        EventName = "tool_fault"
    )]
    public static partial void ToolFailed(
        ILogger logger,
        string tool,
        string correlationId,
        string exception,
        string? stackTrace
    );

    [LoggerMessage(3003, LogLevel.Warning, "No credential for the API: {Reason}.")]
    public static partial void NoCredential(ILogger logger, string reason);

    [LoggerMessage(4001, LogLevel.Error, "{Method} failed, correlation {CorrelationId}: {Exception} {StackTrace}")]
    public static partial void RequestFailed(
        ILogger logger,
        string method,
        string correlationId,
        string exception,
        string? stackTrace
    );

    [LoggerMessage(4002, LogLevel.Warning, "A message could not be read: {Exception} {StackTrace}")]
    public static partial void MessageMalformed(ILogger logger, string exception, string? stackTrace);

    [LoggerMessage(
        4003,
        LogLevel.Warning,
        "The answer to a form belongs to a call of another instance, and Redis:ConnectionString is not set: the call will not get it. Set it, or Mcp:Forms=Stateless."
    )]
    public static partial void FormElsewhere(ILogger logger);

    [LoggerMessage(
        5001,
        LogLevel.Warning,
        "Redis is not connected ({Failure}): messages for the streams of other instances are refused, a repeated write is noticed only by the instance that carried out the first one, and each instance counts the calls of users for itself."
    )]
    public static partial void RedisLost(ILogger logger, ConnectionFailureType failure);

    [LoggerMessage(
        3010,
        LogLevel.Information,
        "{Tool} was not sent again: the same call took effect before. Correlation id {CorrelationId}."
    )]
    public static partial void RepeatHeld(ILogger logger, string tool, string correlationId);

    [LoggerMessage(5002, LogLevel.Information, "Redis is connected.")]
    public static partial void RedisRestored(ILogger logger);

    [LoggerMessage(7001, LogLevel.Error, "An answer of {Tool} could not be compared: {Exception} {StackTrace}")]
    public static partial void ComparisonFailed(ILogger logger, string tool, string exception, string? stackTrace);

    [LoggerMessage(
        7002,
        LogLevel.Warning,
        "Telemetry export to {Endpoint} ({Setting}) failed: {Failure}. The server keeps running without telemetry."
    )]
    public static partial void TelemetryLost(ILogger logger, Uri endpoint, string setting, string failure);

    [LoggerMessage(7003, LogLevel.Information, "The collector of {Setting} accepts telemetry again.")]
    public static partial void TelemetryRestored(ILogger logger, string setting);

    [LoggerMessage(
        7004,
        LogLevel.Information,
        "An answer of {Tool} differs from the specification in {Places} places; /healthz?deep=1 lists them.",
        EventName = "answer_drift"
    )]
    public static partial void AnswerDrifted(ILogger logger, string tool, int places);
}
