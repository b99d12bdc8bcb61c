using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NeonPanel.Mcp.Tools.Research;

namespace NeonPanel.Mcp.Tools;

/// <summary>All tools of this build, in ordinal order of name, and the facts of the specification that concern all of
/// them.</summary>
public sealed class ToolCatalog
{
    private readonly FrozenDictionary<string, ToolDescriptor> byName;

    /// <summary>Initializes the catalog.</summary>
    /// <param name="tools">The tools, in ordinal order of their unique names.</param>
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

    /// <summary>Gets the hash of the catalog: 16 lower-case hexadecimal digits. Two catalogs have the same hash if
    /// clients see the same.</summary>
    public required string Hash { get; init; }

    /// <summary>Gets the <c>instructions</c> that the server sends to clients. They say how the tools work
    /// together.</summary>
    public required string Instructions { get; init; }

    /// <summary>Gets hints by HTTP status. The hint is appended to the message about an answer with that
    /// status.</summary>
    public IReadOnlyDictionary<int, string> FailureHints { get; init; } = new Dictionary<int, string>();

    /// <summary>Gets <c>servers[0].url</c> of the specification, or <see langword="null"/> if it is missing or not
    /// absolute.</summary>
    public required string? ServerAddress { get; init; }

    /// <summary>Gets the path below the API's origin, if the specification names only a path; otherwise the empty
    /// string.</summary>
    public string ServerPath { get; init; } = "";

    /// <summary>Gets the scopes of all security requirements, in ordinal order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets whether the MCP server and the API are one resource to the authorization server. The caller's
    /// token is then valid for both.</summary>
    public bool IsOneResource { get; init; }

    /// <summary>Gets the metadata of the authorization server that people sign in at unless the operator sets another,
    /// as JSON text (RFC 8414 §2), or <see langword="null"/>.</summary>
    public string? AuthorizationServer { get; init; }

    /// <summary>Gets the security schemes of the specification that one fixed value satisfies.</summary>
    public IReadOnlyList<SecurityScheme> SecuritySchemes { get; init; } = [];

    /// <summary>Gets the names of the profiles: <c>all</c> first, the others in ordinal order.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Gets the sources of <c>search</c> and <c>fetch</c>, or <see langword="null"/> if the overlay does not
    /// declare them.</summary>
    public ResearchSources? Research { get; init; }

    /// <summary>Gets the retired tools: their names, and the message for a caller.</summary>
    public IReadOnlyDictionary<string, string> Retired { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns the tools of a profile in ordinal order of name. The two tools for research are not operations
    /// of the API; only their own profile contains them.</summary>
    public IEnumerable<ToolDescriptor> OfProfile(string profile) =>
        Tools.Where(tool => tool.Profiles.Contains(profile)).Concat(profile == Research?.Profile ? ResearchTools : []);

    /// <summary>Finds a tool by its current name or one of its earlier names.</summary>
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
