namespace NeonPanel.Mcp.Server.Transport.Hosts;

/// <summary>Decides what only some hosts get in <c>tools/list</c>: the tool that tells accounts apart, and icons. The
/// answer depends on the message alone, so that every instance lists the same (rule A5).</summary>
internal sealed class HostOffer(ProfileToolMode mode)
{
    /// <summary>Gets an offer of nothing.</summary>
    public static HostOffer None { get; } = new(ProfileToolMode.Off);

    /// <summary>Gets whether all hosts get the tool.</summary>
    public bool HasProfileForAll => mode == ProfileToolMode.On;

    /// <summary>Gets whether any host gets the tool.</summary>
    public bool HasProfile => mode != ProfileToolMode.Off;

    /// <summary>Returns whether the sender of a message gets the tool. A client that selects tools gets only
    /// those.</summary>
    public bool HasProfileFor(MessageOrigin origin) =>
        origin.Selection is null && (HasProfileForAll || (HasProfile && HostOf(origin) is { ReadsProfile: true }));

    /// <summary>Returns whether the sender of a message gets icons.</summary>
    public static bool HasIconsFor(MessageOrigin origin) => HostOf(origin) is { ShowsToolIcons: true };

    // In revisions with initialize, only that message names the host, so the user agent has to do.
    private static KnownHost? HostOf(MessageOrigin origin) =>
        KnownHosts.All.Find(origin.ClientName) ?? KnownHosts.All.Find(origin.UserAgent);
}

/// <summary>Which hosts get the tool that tells the accounts of a user apart (<c>Mcp:ProfileTool</c>).</summary>
internal enum ProfileToolMode
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Those that are known to use it (<c>hosts.json</c>).</summary>
    Auto,

    /// <summary>All.</summary>
    On,
}
