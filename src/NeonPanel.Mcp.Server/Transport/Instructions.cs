using System.Collections.Frozen;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The instructions for the clients of each address. They name only tools that these clients see (rule
/// C11).</summary>
internal sealed class Instructions(ToolCatalog catalog)
{
    private readonly FrozenDictionary<(string Profile, bool IsReadOnly), string?> texts = catalog
        .Profiles.SelectMany(_ => (bool[])[false, true], (profile, isReadOnly) => (profile, isReadOnly))
        .ToFrozenDictionary(
            key => key,
            key => catalog.InstructionsFor(key.profile, tool => !key.isReadOnly || tool.Hints.ReadOnly)
        );

    /// <summary>Sets the instructions in the options of one message's server.</summary>
    public void Set(McpServerOptions options, MessageOrigin origin) =>
        options.ServerInstructions = texts[(origin.Address.Profile, origin.IsReadOnly)];
}
