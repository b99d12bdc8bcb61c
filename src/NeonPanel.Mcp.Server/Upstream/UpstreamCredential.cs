using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Decides, alone, which credential goes upstream (rule B6). It is sent to the configured origin and nowhere else:
/// the upstream client follows no redirect.</summary>
internal interface IUpstreamCredential
{
    /// <summary>Gets the <c>Authorization</c> of one call.</summary>
    /// <exception cref="CredentialException">None can be had.</exception>
    ValueTask<AuthenticationHeaderValue> GetAsync(AccessToken token, CancellationToken cancellationToken);
}

/// <summary>The caller's own token: MCP server and API are one resource to the same authorization server, and the API needs
/// the user.</summary>
internal sealed class ForwardedCredential : IUpstreamCredential
{
    public ValueTask<AuthenticationHeaderValue> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new AuthenticationHeaderValue("Bearer", token.Value));
}

/// <summary>No credential can be had for a call.</summary>
/// <param name="message">Why, for the log: no token and no secret.</param>
/// <param name="isUsersMatter">Whether signing in again may help: the authorization server refused the user's own token.</param>
internal sealed class CredentialException(string message, bool isUsersMatter) : Exception(message)
{
    public bool IsUsersMatter => isUsersMatter;
}
