using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Hosts;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Gives a client that announces MCP Apps or forms at <c>initialize</c> a session id that repeats the
/// announcement. In these revisions, later requests carry no capabilities, but must carry the id (MCP 2025-11-25,
/// Streamable HTTP, Session Management, rule 2). The server keeps nothing: the id itself says what each instance must
/// know, also after a restart. It is not signed: whoever invents one only selects between two lists that everyone may
/// see, or is asked with forms (docs/decisions/0054, 0056).</summary>
internal sealed class SessionAnnouncements(
    RequestDelegate next,
    McpAddresses addresses,
    ViewOffer offer,
    FormOptions forms
)
{
    private const string Header = "Mcp-Session-Id";

    public Task InvokeAsync(HttpContext context)
    {
        if (
            !(offer.HasViews || forms.InSessions)
            || !HttpMethods.IsPost(context.Request.Method)
            || context.Features.Get<IncomingMessage>() is not { } message
            || addresses.Find(context.Request.Path) is not { IsLegacySse: false }
        )
        {
            return next(context);
        }

        if (message.IsInitialize)
        {
            var host = offer.HasViews ? ViewAnnouncement.In(message.Root) : ViewHost.None;
            var hasForms = forms.InSessions && FormAnnouncement.InInitialize(message.Root);
            if (host != ViewHost.None || hasForms)
            {
                context.Response.OnStarting(GiveIdAsync, (context.Response, SessionAnnouncement.New(host, hasForms)));
            }
        }
        else if (
            context.Request.Headers[Header] is [{ } id]
            && SessionAnnouncement.Of(id) is { } known
            && IsOffered(known)
            && !Revisions.IsPerRequest(context.Request.Headers["MCP-Protocol-Version"])
        )
        {
            context.Features.Set(known);
            // The SDK would respond with 400.
            context.Request.Headers.Remove(Header);
        }

        return next(context);
    }

    // After a change of the settings, the client must start again.
    private bool IsOffered(SessionAnnouncement known) =>
        (offer.HasViews || known.Host == ViewHost.None) && (forms.InSessions || !known.HasForms);

    private static Task GiveIdAsync(object state)
    {
        var (response, announcement) = ((HttpResponse, SessionAnnouncement))state;
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.Headers[Header] = announcement.Id;
        }

        return Task.CompletedTask;
    }
}
