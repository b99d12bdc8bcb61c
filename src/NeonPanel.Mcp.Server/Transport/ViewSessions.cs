using System.Security.Cryptography;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Hosts;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Gives a client that announces MCP Apps at <c>initialize</c> a session id that repeats the announcement. In
/// these revisions, later requests carry no capabilities, but must carry the id (MCP 2025-11-25, Streamable HTTP,
/// Session Management, rule 2). The server keeps nothing: the id itself says what each instance must know, also after a
/// restart. It is not signed, because it selects between two lists that everyone may see
/// (docs/decisions/0054).</summary>
internal sealed class ViewSessions(RequestDelegate next, McpAddresses addresses, ViewOffer offer)
{
    private const string Header = "Mcp-Session-Id";
    private const int RandomBytes = 16;

    private static readonly (ViewHost Host, string Prefix)[] Prefixes =
    [
        (ViewHost.Announced, "views-"),
        (ViewHost.WithOrigin, "views-origin-"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        if (
            !offer.HasViews
            || !HttpMethods.IsPost(context.Request.Method)
            || context.Features.Get<IncomingMessage>() is not { } message
            || addresses.Find(context.Request.Path) is not { IsLegacySse: false }
        )
        {
            return next(context);
        }

        if (message.IsInitialize)
        {
            if (ViewAnnouncement.In(message.Root) is var host and not ViewHost.None)
            {
                context.Response.OnStarting(GiveIdAsync, (context.Response, host));
            }
        }
        else if (
            context.Request.Headers[Header] is [{ } id]
            && HostOf(id) is { } known
            && !Revisions.IsPerRequest(context.Request.Headers["MCP-Protocol-Version"])
        )
        {
            context.Features.Set(new ViewSession(known));
            // The SDK would respond with 400.
            context.Request.Headers.Remove(Header);
        }

        return next(context);
    }

    /// <summary>Returns what an id repeats, or <see langword="null"/> if it is not of this server.</summary>
    public static ViewHost? HostOf(string id)
    {
        foreach (var (host, prefix) in Prefixes)
        {
            if (
                id.Length == prefix.Length + (RandomBytes * 2)
                && id.StartsWith(prefix, StringComparison.Ordinal)
                && id[prefix.Length..].All(char.IsAsciiHexDigitLower)
            )
            {
                return host;
            }
        }

        return null;
    }

    // Random, because the specification wants ids to be unique.
    private static string IdOf(ViewHost host) =>
        Array.Find(Prefixes, known => known.Host == host).Prefix
        + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    private static Task GiveIdAsync(object state)
    {
        var (response, host) = ((HttpResponse, ViewHost))state;
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.Headers[Header] = IdOf(host);
        }

        return Task.CompletedTask;
    }
}

/// <summary>What the session id of a request repeats: a feature of the request.</summary>
internal sealed record ViewSession(ViewHost Host);
