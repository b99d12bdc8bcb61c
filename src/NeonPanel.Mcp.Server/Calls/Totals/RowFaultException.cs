namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The rows cannot be added up or compared as the call asks.</summary>
/// <param name="message">One sentence for the caller. It contains no value of a row.</param>
internal sealed class RowFaultException(string message) : Exception(message);
