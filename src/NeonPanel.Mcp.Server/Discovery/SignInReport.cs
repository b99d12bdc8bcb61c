using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Logs at start which tokens the server accepts, and warns of settings that are probably mistakes.</summary>
internal static class SignInReport
{
    public static void Write(ILogger logger, AuthOptions auth, DiscoveryOptions discovery)
    {
        Log.AuthenticationMode(
            logger,
            auth.AudienceValidation.ToString(),
            auth.EnforceToolScopes,
            auth.AnonymousDiscovery
        );
        if (auth.AudienceValidation == AudienceValidation.IssuerOnly)
        {
            Log.IssuerOnly(logger);
        }

        if (!auth.HasIssuer)
        {
            Log.NoIssuer(logger);
        }

        if (DiscoveryOptions.Issuer(discovery.AuthorizationServerMetadata) is { } issuer && issuer != auth.Issuer)
        {
            Log.OtherIssuer(logger, issuer, auth.Issuer);
        }
    }
}
