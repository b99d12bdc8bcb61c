using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Decides, alone, which credential goes upstream (rule B6).</summary>
internal interface IUpstreamCredential
{
    /// <summary>Puts the credential of a call on its request.</summary>
    void Apply(HttpRequestMessage request, AccessToken token);
}

/// <summary>The caller's own token: MCP server and API are one resource to the same authorization server, and the API needs
/// the user.</summary>
internal sealed class ForwardedCredential : IUpstreamCredential
{
    public void Apply(HttpRequestMessage request, AccessToken token) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
}
