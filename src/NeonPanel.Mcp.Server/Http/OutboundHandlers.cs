namespace NeonPanel.Mcp.Server.Http;

/// <summary>Creates the handlers of all HTTP requests that the server sends. A test fails when a handler is created
/// elsewhere.</summary>
internal static class OutboundHandlers
{
    /// <summary>Creates the handler of one use. Each caller has its own connections.</summary>
    /// <param name="use">What the requests are for.</param>
    /// <returns>A handler to which the caller may add what only its use needs: limits, timeouts, its own way to
    /// connect.</returns>
    public static SocketsHttpHandler Create(OutboundUse use) =>
        new()
        {
            // A redirect would take a credential or the caller's data to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = UsesProxy(use),
            // UpstreamSpan writes the trace headers of API calls. .NET would add them to every request, with the
            // caller's baggage.
            ActivityHeadersPropagator = null,
        };

    // The proxy of the environment (HTTPS_PROXY) may be the only way to an issuer or collector outside, and out of an
    // operator's network. The API, its token endpoint and files are reached directly, so that no setting of the
    // environment sends a credential through another host. Health checks stay on the way that they check.
    private static bool UsesProxy(OutboundUse use) =>
        use is OutboundUse.SigningKeys or OutboundUse.Telemetry or OutboundUse.Doctor;
}
