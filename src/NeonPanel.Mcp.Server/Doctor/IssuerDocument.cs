using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>A JSON object of a server, or what is wrong with it.</summary>
/// <param name="Document">The object, or <see langword="null"/>.</param>
/// <param name="Reason">End of a sentence that says what is wrong. It has a meaning only without an object.</param>
internal sealed record IssuerDocument(JsonObject? Document, string Reason);
