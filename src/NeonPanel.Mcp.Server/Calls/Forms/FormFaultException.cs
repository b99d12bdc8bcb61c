namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>The answers of a form, or its state, cannot be used. The message is for the client.</summary>
internal sealed class FormFaultException(string message) : Exception(message);
