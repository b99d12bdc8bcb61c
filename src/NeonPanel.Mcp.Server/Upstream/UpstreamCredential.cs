using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Provides the credential that goes upstream; no other class decides this (rule B6). The credential is sent
/// to the configured origin only, because the upstream client follows no redirects.</summary>
internal interface IUpstreamCredential
{
    /// <summary>Gets whether the credential represents the user. If so, signing in again may help when the API rejects
    /// it.</summary>
    bool IsUsers => true;

    /// <summary>Gets the secret values that must not appear in messages, in addition to the result of
    /// <see cref="GetAsync"/>.</summary>
    IReadOnlyList<string> Secrets => [];

    /// <summary>Returns the <c>Authorization</c> of one call, or <see langword="null"/> for a call without
    /// one.</summary>
    /// <exception cref="CredentialException">There is no credential for the call.</exception>
    ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken);

    /// <summary>Adds credentials that are not in <c>Authorization</c>, or that depend on the operation.</summary>
    /// <exception cref="CredentialException">There is no credential for the call.</exception>
    void AddTo(HttpRequestMessage request) { }
}

/// <summary>Forwards the caller's own token. This requires that the MCP server and the API are one resource of the same
/// authorization server.</summary>
internal sealed class ForwardedCredential : IUpstreamCredential
{
    public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", token.Value));
}

/// <summary>There is no credential for a call.</summary>
/// <param name="message">The reason, for the log. It contains no token and no secret.</param>
/// <param name="isUsersMatter">Whether signing in again may help, because the authorization server rejected the user's
/// own token.</param>
internal sealed class CredentialException(string message, bool isUsersMatter) : Exception(message)
{
    public bool IsUsersMatter => isUsersMatter;
}
