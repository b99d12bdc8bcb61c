using System.Text.Json;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Arguments with files in the place of links. They hold a part of the <see cref="FileBudget"/> until they are
/// disposed of, which must be after the request was sent.</summary>
/// <param name="Refused">Why links are not followed, one sentence or half of one each; then the arguments are those
/// that were sent.</param>
/// <param name="Writer">Holds the arguments, or <see langword="null"/> where nothing was fetched.</param>
internal sealed record FilledArguments(JsonElement Arguments, IReadOnlyList<string> Refused, FileWriter? Writer)
    : IDisposable
{
    public void Dispose() => Writer?.Dispose();
}
