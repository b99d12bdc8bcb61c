using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NeonPanel.Mcp.Tools.Research;

namespace NeonPanel.Mcp.Tools;

/// <summary>All tools of this build, in ordinal order of name, and what the specification says about them
/// together.</summary>
public sealed class ToolCatalog
{
    private readonly FrozenDictionary<string, ToolDescriptor> byName;

    /// <summary>Initializes the catalog.</summary>
    /// <param name="tools">In ordinal order of name, names unique.</param>
    public ToolCatalog(IReadOnlyList<ToolDescriptor> tools)
    {
        Tools = tools;
        byName = tools
            .SelectMany(tool => tool.Aliases.Append(tool.Name).Select(name => KeyValuePair.Create(name, tool)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gets the tools in ordinal order of name.</summary>
    public IReadOnlyList<ToolDescriptor> Tools { get; }

    /// <summary>Gets <c>info.title</c> of the specification.</summary>
    public required string SpecificationTitle { get; init; }

    /// <summary>Gets the API's name in sentences: the title without the word API.</summary>
    public string ApiName
    {
        get
        {
            if (SpecificationTitle.EndsWith(" API", StringComparison.Ordinal))
            {
                return SpecificationTitle[..^" API".Length];
            }

            if (SpecificationTitle.Length > 0)
            {
                return SpecificationTitle;
            }

            return "API";
        }
    }

    /// <summary>Gets <c>info.version</c> of the specification.</summary>
    public required string SpecificationVersion { get; init; }

    /// <summary>Gets the hash of the catalog: 16 lower-case hexadecimal digits; equal when all that a client sees is
    /// equal.</summary>
    public required string Hash { get; init; }

    /// <summary>Gets the server's <c>instructions</c>: how the tools work together.</summary>
    public required string Instructions { get; init; }

    /// <summary>Gets what is added to the sentence about an HTTP status of the API.</summary>
    public IReadOnlyDictionary<int, string> FailureHints { get; init; } = new Dictionary<int, string>();

    /// <summary>Gets <c>servers[0].url</c> of the specification, or <see langword="null"/> when it names none that is
    /// absolute.</summary>
    public required string? ServerAddress { get; init; }

    /// <summary>Gets the path below the API's origin where the specification names a path and no origin; otherwise it
    /// is empty.</summary>
    public string ServerPath { get; init; } = "";

    /// <summary>Gets the scopes of all security requirements, in ordinal order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets whether MCP server and API are one resource to one authorization server, so that the caller's
    /// token is meant for both.</summary>
    public bool IsOneResource { get; init; }

    /// <summary>Gets the security schemes of the specification that one fixed value satisfies.</summary>
    public IReadOnlyList<SecurityScheme> SecuritySchemes { get; init; } = [];

    /// <summary>Gets the names of the profiles: <c>all</c> first, the rest in ordinal order.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Gets where <c>search</c> and <c>fetch</c> look, or <see langword="null"/> where the overlay does not
    /// declare it.</summary>
    public ResearchSources? Research { get; init; }

    /// <summary>Gets the tools that are gone, and what a caller of each is told.</summary>
    public IReadOnlyDictionary<string, string> Retired { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the tools of a profile in ordinal order of name. The two for research are no operations of the
    /// API; they stand in their own profile alone.</summary>
    public IEnumerable<ToolDescriptor> OfProfile(string profile) =>
        Tools.Where(tool => tool.Profiles.Contains(profile)).Concat(profile == Research?.Profile ? ResearchTools : []);

    /// <summary>Finds a tool by a published name: the one it has, or one it had.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ToolDescriptor? tool)
    {
        tool = byName.GetValueOrDefault(name)
            ?? ResearchTools.FirstOrDefault(known => known.Name == name)
            ?? (Retired.TryGetValue(name, out var sentence) ? ToolDescriptor.Gone(name, sentence, Profiles) : null);
        return tool is not null;
    }

    private IReadOnlyList<ToolDescriptor> ResearchTools =>
        field ??= Research is null ? [] : NeonPanel.Mcp.Tools.Research.ResearchTools.Create(Research, ApiName);
}
