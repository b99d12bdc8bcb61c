namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Where the record is that a call has created (<c>Location</c>, RFC 9110 §10.2.2).</summary>
/// <param name="Address">The path at the API; of another host the whole address.</param>
/// <param name="Id">The last segment of the path, or <see langword="null"/>.</param>
internal sealed record CreatedAt(string Address, string? Id)
{
    /// <param name="location">The header's value: an address, absolute or relative.</param>
    /// <returns><see langword="null"/> where it is no address.</returns>
    public static CreatedAt? Of(string location, Uri baseAddress)
    {
        if (
            !Uri.TryCreate(baseAddress, location, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        )
        {
            return null;
        }

        var isOwn = address.Authority == baseAddress.Authority;
        var id = Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/'));
        return new(
            isOwn ? address.PathAndQuery : address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped),
            id.Length > 0 && !id.Any(char.IsControl) ? id : null
        );
    }
}
