using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Decides, alone, which credential goes upstream (rule B6). It is sent to the configured origin and nowhere
/// else: the upstream client follows no redirect.</summary>
internal interface IUpstreamCredential
{
    /// <summary>Gets whether it stands for the user, so that signing in again may help where the API does not accept
    /// it.</summary>
    bool IsUsers => true;

    /// <summary>Gets the values that must not be told to anybody, beside those of <see cref="GetAsync"/>.</summary>
    IReadOnlyList<string> Secrets => [];

    /// <summary>Gets the <c>Authorization</c> of one call, or <see langword="null"/> for none.</summary>
    /// <exception cref="CredentialException">None can be had.</exception>
    ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken);

    /// <summary>Adds what goes elsewhere than into <c>Authorization</c>, or depends on the operation.</summary>
    /// <exception cref="CredentialException">It is not to be had.</exception>
    void AddTo(HttpRequestMessage request) { }
}

/// <summary>The caller's own token: MCP server and API are one resource to the same authorization server, and the API
/// needs the user.</summary>
internal sealed class ForwardedCredential : IUpstreamCredential
{
    public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", token.Value));
}

/// <summary>No credential can be had for a call.</summary>
/// <param name="message">Why, for the log: no token and no secret.</param>
/// <param name="isUsersMatter">Whether signing in again may help: the authorization server refused the user's own
/// token.</param>
internal sealed class CredentialException(string message, bool isUsersMatter) : Exception(message)
{
    public bool IsUsersMatter => isUsersMatter;
}
