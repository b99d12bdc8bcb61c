namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The address of the record that a call created (<c>Location</c>, RFC 9110 §10.2.2).</summary>
/// <param name="Address">The path at the API; for another host, the whole address.</param>
/// <param name="Id">The last segment of the path, or <see langword="null"/>.</param>
internal sealed record CreatedAt(string Address, string? Id)
{
    /// <param name="location">Value of the header: an absolute or relative address.</param>
    /// <returns>The address, or <see langword="null"/> if the value is not an address.</returns>
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
