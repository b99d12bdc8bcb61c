using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace NeonPanel.Mcp.Tools;

/// <summary>All tools of this build, in ordinal order of name, and the facts of the specification that concern all of
/// them.</summary>
public sealed record ToolCatalog
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

    /// <summary>Gets the specification that the tools were generated from.</summary>
    public EmbeddedSpecification Specification { get; init; } = new(typeof(ToolCatalog).Assembly);

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

    /// <summary>Gets <c>info.summary</c> of the specification (OpenAPI 3.1 §4.8.2); the empty string if there is
    /// none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Gets one line that says what the server is for, of at most 100 characters, which is the limit of
    /// directories.</summary>
    public string ShortSummary
    {
        get
        {
            const int longest = 100;
            var text = Summary.Length > 0 ? Summary : $"{ApiName}: {Tools.Count} tools for assistants.";
            return text.Length <= longest ? text : text[..(longest - 1)].TrimEnd() + "…";
        }
    }

    /// <summary>Gets <c>info.version</c> of the specification.</summary>
    public required string SpecificationVersion { get; init; }

    /// <summary>Gets the hash of the catalog: 16 lower-case hexadecimal digits. Two catalogs have the same hash if
    /// clients see the same.</summary>
    public required string Hash { get; init; }

    /// <summary>Gets the paragraphs of the <c>instructions</c> that the server sends to clients. They say how the tools
    /// work together.</summary>
    public IReadOnlyList<InstructionText> Instructions { get; init; } = [];

    /// <summary>Gets the skills in ordinal order of name.</summary>
    public IReadOnlyList<ToolSkill> Skills { get; init; } = [];

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

    /// <summary>Gets the page with the API's terms of service, or <see langword="null"/>.</summary>
    public string? TermsAddress { get; init; }

    /// <summary>Gets the page about the API's use of data, or <see langword="null"/>.</summary>
    public string? PolicyAddress { get; init; }

    /// <summary>Gets the security schemes of the specification that one fixed value satisfies.</summary>
    public IReadOnlyList<SecurityScheme> SecuritySchemes { get; init; } = [];

    /// <summary>Gets the names of the profiles: <c>all</c> first, the others in ordinal order.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Gets the sources of <c>search</c> and <c>fetch</c>, or <see langword="null"/> if the overlay does not
    /// declare them.</summary>
    public ResearchSources? Research { get; init; }

    /// <summary>Gets the tools that the server composes of other tools, in ordinal order of name. Only the profiles
    /// that such a tool names contain it.</summary>
    public IReadOnlyList<ToolDescriptor> ComposedTools { get; init; } = [];

    /// <summary>Gets the retired tools: their names, and the message for a caller.</summary>
    public IReadOnlyDictionary<string, string> Retired { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns the tools of a profile in ordinal order of name, then the composed tools.</summary>
    public IEnumerable<ToolDescriptor> OfProfile(string profile) =>
        Tools.Concat(ComposedTools).Where(tool => tool.Profiles.Contains(profile));

    /// <summary>Returns the instructions for clients of a profile, a paragraph a line, or <see langword="null"/> if
    /// there are none. They name only tools that these clients see (rule C11).</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="sees">Whether the clients see a tool of the profile.</param>
    public string? InstructionsFor(string profile, Func<ToolDescriptor, bool> sees)
    {
        var tools = OfProfile(profile).Where(sees).ToList();
        var visible = tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var paragraphs = Instructions
            .Where(part => part.Profiles.Count == 0 || part.Profiles.Contains(profile))
            .Where(part => part.Tools.All(visible.Contains))
            .Select(part => part.Text)
            .Concat(tools.Exists(tool => tool.Rows is not null) ? [ToolRows.Instructions] : [])
            .Concat(tools.Exists(tool => tool.Preview is { IsOffered: true }) ? [ToolPreview.Instructions] : [])
            .ToList();
        return paragraphs.Count == 0 ? null : string.Join('\n', paragraphs);
    }

    /// <summary>Finds a tool by its current name or one of its earlier names.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ToolDescriptor? tool)
    {
        tool = byName.GetValueOrDefault(name)
            ?? ComposedTools.FirstOrDefault(known => known.Name == name)
            ?? (Retired.TryGetValue(name, out var sentence) ? ToolDescriptor.Gone(name, sentence, Profiles) : null);
        return tool is not null;
    }
}
