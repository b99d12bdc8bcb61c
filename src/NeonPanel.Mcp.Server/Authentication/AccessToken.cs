namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>A token that was validated. Its text never appears in a log.</summary>
internal sealed record AccessToken(string Value, string Subject, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"AccessToken of {Subject}";
}
