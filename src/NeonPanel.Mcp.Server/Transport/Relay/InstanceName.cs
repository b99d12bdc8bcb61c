namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>The name under which other instances reach this instance. It is new at each start.</summary>
internal sealed class InstanceName
{
    public string Value { get; } = SessionId.NewInstance();
}
