namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>The only one who may answer a form: a user in one session.</summary>
/// <param name="Subject">The subject of the token.</param>
/// <param name="Session">The session id.</param>
internal sealed record FormOwner(string Subject, string Session);
