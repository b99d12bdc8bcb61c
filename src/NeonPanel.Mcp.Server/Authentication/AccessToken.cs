using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>An access token that passed validation. Logs contain neither the token nor its subject, only
/// <see cref="SubjectHash"/>.</summary>
internal sealed record AccessToken(string Value, string Subject, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt)
{
    /// <summary>Gets twelve hexadecimal digits that replace the subject in logs. All tokens of one subject have the
    /// same digits.</summary>
    public string SubjectHash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Subject)))[..12];

    public override string ToString() => $"AccessToken of {SubjectHash}";
}
