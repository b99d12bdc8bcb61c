namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Tells the client how far a call is (MCP, "Progress").</summary>
/// <param name="done">What is done, such as pages or seconds. It grows with each report.</param>
/// <param name="total">All that is to be done, or <see langword="null"/> if it is unknown.</param>
/// <param name="message">A sentence for people.</param>
internal delegate Task ProgressReport(int done, int? total, string message, CancellationToken cancellationToken);
