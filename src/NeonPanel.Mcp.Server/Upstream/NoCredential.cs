using System.Net.Http.Headers;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Calls the API without a credential, for an API that needs none.</summary>
internal sealed class NoCredential : IUpstreamCredential
{
    public bool IsUsers => false;

    public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
        default;
}
