using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>The sandbox of a run.</summary>
internal static class Ground
{
    /// <summary>The folder of the repository.</summary>
    public static string Repository => Server.Tests.Fixtures.Repository.Folder;

    /// <summary>Starts the sandbox on free ports, with its usual books.</summary>
    public static async Task<SandboxHost> StartAsync()
    {
        var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        // Made now, so that no call waits for it.
        _ = sandbox.Workspaces.Generated;
        return sandbox;
    }

    /// <summary>The profile that a run uses: the one that is asked for, else the question's.</summary>
    public static string Profile(Question question, string? wanted) => wanted ?? question.Profile;
}
