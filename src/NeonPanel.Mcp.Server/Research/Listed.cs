using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>The items of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Failed">The answer that could not be read: a failure, or text that is not JSON; otherwise
/// <see langword="null"/>.</param>
internal sealed record Listed(IReadOnlyList<JsonElement> Items, RawResponse? Failed = null);
