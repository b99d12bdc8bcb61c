using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What is known of a call that failed.</summary>
/// <param name="Template">The operation that was called, or <see langword="null"/>.</param>
/// <param name="IsUsers">Whether it went out with a credential of the user.</param>
/// <param name="Secrets">The credentials that went out, which the API may repeat.</param>
internal sealed record SentCall(RequestTemplate? Template, bool IsUsers, IReadOnlyList<string> Secrets)
{
    /// <summary>Gets a call of the user of which nothing else is known.</summary>
    public static SentCall Unknown { get; } = new(null, IsUsers: true, []);
}
