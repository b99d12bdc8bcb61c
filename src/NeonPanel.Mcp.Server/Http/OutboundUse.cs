namespace NeonPanel.Mcp.Server.Http;

/// <summary>Purpose of an outbound HTTP request.</summary>
internal enum OutboundUse
{
    /// <summary>Calls of the API, with the caller's credential.</summary>
    Api,

    /// <summary>The issuer's key set.</summary>
    SigningKeys,

    /// <summary>The token endpoint of the credential for the API, with the client's secret.</summary>
    TokenEndpoint,

    /// <summary>Files that callers give as links.</summary>
    FileLinks,

    /// <summary>Traces and metrics for the collector.</summary>
    Telemetry,

    /// <summary>The checks of <c>/healthz?deep=1</c>.</summary>
    DeepHealth,

    /// <summary>The verb <c>health</c>, which asks the server on this machine.</summary>
    HealthVerb,

    /// <summary>The verb <c>doctor</c>, which runs on an operator's machine.</summary>
    Doctor,
}
