namespace NeonPanel.Mcp.Server.Http;

/// <summary>Creates the handlers of all HTTP requests that the server sends. A test fails when a handler is created
/// elsewhere.</summary>
internal static class OutboundHandlers
{
    /// <summary>Creates the handler for one use. Each caller has its own connections.</summary>
    /// <param name="use">The purpose of the requests.</param>
    /// <returns>A handler. The caller may add settings that only its use needs, such as limits, timeouts or its own way
    /// to connect.</returns>
    public static SocketsHttpHandler Create(OutboundUse use) =>
        new()
        {
            // A redirect could send a credential or the caller's data to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = UsesProxy(use),
            // UpstreamSpan writes the trace headers of API calls. .NET would add them to every request, together with
            // the caller's baggage.
            ActivityHeadersPropagator = null,
        };

    // A proxy from the environment (HTTPS_PROXY) may be the only way out of an operator's network to an issuer or
    // collector. Requests to the API, its token endpoint and files ignore the proxy, so that no environment variable
    // sends a credential through another host. Health checks use the same way as the requests that they check.
    private static bool UsesProxy(OutboundUse use) =>
        use is OutboundUse.SigningKeys or OutboundUse.Telemetry or OutboundUse.Doctor;
}
