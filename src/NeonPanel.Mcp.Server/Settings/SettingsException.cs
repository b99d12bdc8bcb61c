namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Settings are wrong or missing.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : InvalidOperationException(string.Join('\n', faults));
