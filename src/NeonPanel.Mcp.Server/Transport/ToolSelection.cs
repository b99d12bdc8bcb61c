using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The tools that a client wants of those of an address (<c>X-MCP-Tools</c>, <c>X-MCP-Exclude-Tools</c>). A
/// selection only narrows what the address offers.</summary>
/// <param name="Tools">The first header as sent, or <see langword="null"/> for all tools.</param>
/// <param name="ExcludedTools">The second header as sent, or <see langword="null"/>.</param>
internal sealed record ToolSelection(string? Tools, string? ExcludedTools)
{
    public const string Header = "X-MCP-Tools";
    public const string ExcludeHeader = "X-MCP-Exclude-Tools";

    private readonly HashSet<string>? named = Tools is null ? null : Names(Tools);
    private readonly HashSet<string> excluded = ExcludedTools is null ? [] : Names(ExcludedTools);

    /// <returns>The selection, or <see langword="null"/> if both texts are absent or blank.</returns>
    public static ToolSelection? Read(string? tools, string? excludedTools)
    {
        tools = string.IsNullOrWhiteSpace(tools) ? null : tools;
        excludedTools = string.IsNullOrWhiteSpace(excludedTools) ? null : excludedTools;
        return tools is null && excludedTools is null ? null : new(tools, excludedTools);
    }

    public bool Has(ToolDescriptor tool) => named?.Contains(tool.Name) != false && !excluded.Contains(tool.Name);

    /// <summary>Returns a sentence about the first unknown name, because a misspelled name would otherwise leave a tool
    /// out, or in, without a word; <see langword="null"/> if all names are known.</summary>
    public string? Fault(ToolCatalog catalog, string profile)
    {
        var offered = catalog.OfProfile(profile).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        if (named?.FirstOrDefault(name => !offered.Contains(name)) is { } unknown)
        {
            return Sentence(Header, unknown, offered, "that this address does not have");
        }

        return excluded.FirstOrDefault(name => !catalog.TryGet(name, out _)) is { } other
            ? Sentence(ExcludeHeader, other, offered, "that does not exist")
            : null;
    }

    private static string Sentence(string header, string name, IEnumerable<string> offered, string why)
    {
        var nearest = NearestName.Find(name, offered);
        return $"{header} names a tool {why}: '{ArgumentPath.Shown(name)}'."
            + (nearest is null ? "" : $" Did you mean '{nearest}'?");
    }

    private static HashSet<string> Names(string header) =>
        header
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
}
