namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The settings with which a server starts.</summary>
/// <param name="PublicUrl">What clients type: its own address, or that of the proxy in front of it.</param>
/// <param name="ApiPort">Where the API listens; the issuer listens on the port after it.</param>
internal sealed record ServerStart(int Port, string PublicUrl, int ApiPort)
{
    /// <summary>Gets the folder of a published server; without it, the build beside this program is run.</summary>
    public string? Published { get; init; }

    /// <summary>Gets environment variables, such as <c>Server__DrainTime</c>.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Gets a command that gets the program as its last argument; none by default.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Gets the path that answers 200 once the server has started.</summary>
    public string ReadyPath { get; init; } = "/readyz";
}
