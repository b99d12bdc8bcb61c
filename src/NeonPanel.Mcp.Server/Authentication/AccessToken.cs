using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>A token that was validated. Its text never appears in a log, nor does its subject as it is.</summary>
internal sealed record AccessToken(string Value, string Subject, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt)
{
    /// <summary>Gets twelve hexadecimal digits that stand for the subject in logs: the same for all of its
    /// calls.</summary>
    public string SubjectHash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Subject)))[..12];

    public override string ToString() => $"AccessToken of {SubjectHash}";
}
