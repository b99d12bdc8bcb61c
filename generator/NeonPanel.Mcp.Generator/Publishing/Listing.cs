using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>A server as directories see it: the published entries of its tools, and the publish file.</summary>
/// <param name="Tools">The entries as in the lock, in ordinal order of name.</param>
/// <param name="Version">The version of the release.</param>
internal sealed partial record Listing(
    CatalogModel Catalog,
    PublishData Data,
    IReadOnlyList<JsonObject> Tools,
    string Version
)
{
    private const int LongestSummary = 100;

    /// <summary>Gets the API's name in sentences: the title without the word API, as the server has it.</summary>
    public string ApiName
    {
        get
        {
            const string suffix = " API";
            var title = Catalog.Title;
            if (title.EndsWith(suffix, StringComparison.Ordinal))
            {
                return title[..^suffix.Length];
            }

            return title.Length > 0 ? title : "API";
        }
    }

    /// <summary>Gets the name in lower-case letters, digits and hyphens, as the server reports it.</summary>
    public string Slug =>
        NotLegal().Replace(ApiName.ToLowerInvariant(), "-").Trim('-') is { Length: > 0 } slug ? slug : "api";

    public string DisplayName => Data.Text("displayName") ?? ApiName;

    /// <summary>Gets the address of the server without a slash at its end, or the empty string if nothing names
    /// it.</summary>
    public string Address => Data.Address ?? "";

    public string McpAddress => Address + "/mcp";

    /// <summary>Gets the address for clients that are connected to many servers: that of the main tools, if there are
    /// such.</summary>
    public string CoreAddress => Catalog.Profiles.Contains("core") ? McpAddress + "/core" : McpAddress;

    /// <summary>Gets the name in reverse DNS form, as the server makes it of its address.</summary>
    public string Name =>
        Data.Text("name")
        ?? (
            Uri.TryCreate(Address, UriKind.Absolute, out var address) && address.HostNameType == UriHostNameType.Dns
                ? string.Join('.', address.IdnHost.Split('.').Reverse())
                : "localhost"
        )
            + "/"
            + Slug;

    /// <summary>Gets one line that says what the server is for. The server cuts it to the limit of
    /// directories.</summary>
    public string Summary =>
        Catalog.Summary.Length > 0 ? Catalog.Summary : $"{ApiName}: {Catalog.Tools.Count} tools for assistants.";

    public string ShortSummary =>
        Summary.Length <= LongestSummary ? Summary : Summary[..(LongestSummary - 1)].TrimEnd() + "…";

    /// <summary>Gets the version that the running server reports: that of the release, and after the plus sign the
    /// specification's and the hash of the catalogue.</summary>
    public string FullVersion
    {
        get
        {
            var whole = $"{Version}+spec.{Catalog.Version}.catalog.{CatalogEmitter.Hash(Catalog)}";
            return string.Concat(
                whole.Select(character =>
                    char.IsAsciiLetterOrDigit(character) || character is '.' or '+' ? character : '-'
                )
            );
        }
    }

    public bool HasViews => Catalog.Tools.Any(tool => tool.View is not null);

    /// <summary>Gets the icons of the publish file, otherwise the server's own.</summary>
    public JsonArray Icons =>
        Data.Root.Get("icons") is JsonArray icons
            ? (JsonArray)icons.DeepClone()
            :
            [
                new JsonObject
                {
                    ["src"] = Address + "/icon.svg",
                    ["mimeType"] = "image/svg+xml",
                    ["sizes"] = new JsonArray("any"),
                },
            ];

    public static Listing Of(CatalogModel catalog, PublishData data, string version) =>
        new(catalog, data, [.. catalog.Tools.Select(CatalogEmitter.Tool)], version);

    /// <summary>Returns the model of a tool, or <see langword="null"/>.</summary>
    public OperationModel? Find(string tool) => Catalog.Tools.FirstOrDefault(known => known.ToolName == tool);

    [GeneratedRegex("[^a-z0-9]")]
    private static partial Regex NotLegal();
}
