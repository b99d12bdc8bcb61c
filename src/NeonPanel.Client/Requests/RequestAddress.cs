namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;

/// <summary>Joins base address, path and query, and verifies that the result stays on the API's host and
/// path.</summary>
internal static class RequestAddress
{
    // Without this option System.Uri removes dot segments and unescapes characters, which changes the address.
    private static readonly UriCreationOptions AsWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <exception cref="ArgumentException"><paramref name="baseAddress"/> is not an absolute http(s)
    /// address.</exception>
    /// <exception cref="InvalidOperationException">The address leads to another host or path. This is a defect of the
    /// template or of this library.</exception>
    public static Uri Join(Uri baseAddress, string path, int segments, IReadOnlyList<string> query)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"The base address must be absolute and http or https, but is '{baseAddress}'."
            );
        }

        var origin = baseAddress.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var basePath = baseAddress.AbsolutePath.TrimEnd('/');
        var pathAndQuery = basePath + path + (query.Count == 0 ? string.Empty : "?" + string.Join('&', query));
        var result = new Uri(origin + pathAndQuery, in AsWritten);
        if (
            result.Scheme != baseAddress.Scheme
            || result.Host != baseAddress.Host
            || result.Port != baseAddress.Port
            || result.UserInfo.Length > 0
            || result.PathAndQuery != pathAndQuery
            || path.Count(c => c == '/') != segments
            || PathSegment.HasDotSegment(PathSegment.Decode(path))
        )
        {
            throw new InvalidOperationException("The request would leave the path of its operation. Nothing was sent.");
        }

        return result;
    }
}
