using System.Text.Json;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Arguments with files instead of links. They hold a part of the <see cref="FileBudget"/> until they are
/// disposed, which must happen after the request is sent.</summary>
/// <param name="Refused">Reasons for not following links, each a sentence or the end of one. If there are any, the
/// arguments are unchanged.</param>
/// <param name="Writer">Owner of the arguments' memory, or <see langword="null"/> if no file was fetched.</param>
internal sealed record FilledArguments(JsonElement Arguments, IReadOnlyList<string> Refused, FileWriter? Writer)
    : IDisposable
{
    public void Dispose() => Writer?.Dispose();
}
