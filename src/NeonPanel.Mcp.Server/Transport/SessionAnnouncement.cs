using System.Security.Cryptography;
using NeonPanel.Mcp.Server.Transport.Hosts;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>What a session id says: the announcements of the client's <c>initialize</c> that later requests need.
/// </summary>
/// <param name="Id">The id.</param>
/// <param name="Host">What the client announced about views.</param>
/// <param name="HasForms">Whether the client announced that it can show forms.</param>
internal sealed record SessionAnnouncement(string Id, ViewHost Host, bool HasForms)
{
    private const string Forms = "forms-";
    private const int RandomBytes = 16;
    private const int Digits = RandomBytes * 2;

    /// <summary>Creates an id. It is random, because ids must be unique, and because it takes part in the decision who
    /// may answer a form.</summary>
    public static SessionAnnouncement New(ViewHost host, bool hasForms) =>
        new(
            TextOf(host)
                + (hasForms ? Forms : "")
                + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)),
            host,
            hasForms
        );

    /// <summary>Reads an id. It is untrusted, because it comes from the client.</summary>
    /// <returns><see langword="null"/> if it does not have the form of <see cref="New"/>.</returns>
    public static SessionAnnouncement? Of(string id)
    {
        if (id.Length <= Digits || !id[^Digits..].All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        foreach (var host in new[] { ViewHost.None, ViewHost.Announced, ViewHost.WithOrigin })
        {
            foreach (var hasForms in new[] { false, true })
            {
                if (id.AsSpan(0, id.Length - Digits).SequenceEqual(TextOf(host) + (hasForms ? Forms : "")))
                {
                    return new(id, host, hasForms);
                }
            }
        }

        return null;
    }

    private static string TextOf(ViewHost host) =>
        host switch
        {
            ViewHost.None => "",
            ViewHost.Announced => "views-",
            _ => "views-origin-",
        };
}
