namespace NeonPanel.Mcp.Server.Edge;

/// <summary>The calls that users make at other instances. Without other instances there is no implementation.</summary>
internal interface IUsersElsewhere
{
    /// <summary>Counts a call of a user that this instance admits. The caller disposes the place when the call
    /// ends.</summary>
    IDisposable Enter(string subject);

    /// <summary>Returns how a user's calls at all instances stand to the limits.</summary>
    UserLoad LoadOf(string subject);
}

/// <summary>A user's calls at all instances. What other instances did in the last fraction of a second is not part of
/// it.</summary>
/// <param name="Wait">How long until the limit of calls per minute admits another call; zero if it does now.</param>
/// <param name="Running">Calls that are running.</param>
internal readonly record struct UserLoad(TimeSpan Wait, int Running);
