using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>The facts about a failed call.</summary>
/// <param name="Template">The operation that was called, or <see langword="null"/>.</param>
/// <param name="IsUsers">Whether the call was sent with a credential of the user.</param>
/// <param name="Secrets">The credentials that were sent, which the API may repeat.</param>
internal sealed record SentCall(RequestTemplate? Template, bool IsUsers, IReadOnlyList<string> Secrets)
{
    /// <summary>Gets a call with the user's credential and no other known facts.</summary>
    public static SentCall Unknown { get; } = new(null, IsUsers: true, []);
}
