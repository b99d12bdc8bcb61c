using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The published tool catalogue: what was promised to clients.</summary>
internal sealed class ToolLock
{
    private const string HowToLock =
        "Run the verb 'lock' to publish the change, and commit the lock with the specification.";

    private readonly string file;
    private readonly Dictionary<string, JsonObject> tools;

    private ToolLock(string file, Dictionary<string, JsonObject> tools)
    {
        this.file = file;
        this.tools = tools;
    }

    /// <summary>Gets published names by operation key (<c>GET /path</c>).</summary>
    public IReadOnlyDictionary<string, string> Names => tools.Values.DistinctBy(Key).ToDictionary(Key, Name, StringComparer.Ordinal);

    /// <exception cref="FaultException">The file is no lock.</exception>
    public static ToolLock Read(string file, byte[] bytes) => Of(file, SpecificationReader.Parse(file, bytes, []));

    /// <exception cref="FaultException">The tree is no lock.</exception>
    public static ToolLock Of(string file, JsonObject root)
    {
        var tools = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var tool in root["tools"] as JsonArray ?? throw Fault(file, "The file has no list 'tools'."))
        {
            if (tool is not JsonObject map || Name(map).Length == 0 || !tools.TryAdd(Name(map), map))
            {
                throw Fault(file, "Each entry of 'tools' must be an object with a 'name' of its own.");
            }
        }

        return new(file, tools);
    }

    /// <summary>A lock that holds nothing yet.</summary>
    public static ToolLock Empty(string file) => new(file, []);

    public static string Write(CatalogModel catalog) => JsonText.Indented(new JsonObject
    {
        ["specVersion"] = catalog.Version,
        ["catalogHash"] = CatalogEmitter.Hash(catalog),
        ["tools"] = new JsonArray([.. catalog.Tools.Select(CatalogEmitter.Tool)]),
    });

    /// <summary>Tells how the catalogue differs from what is published.</summary>
    public IEnumerable<Diagnostic> Compare(CatalogModel catalog)
    {
        var current = catalog.Tools.DistinctBy(tool => tool.ToolName).ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
        foreach (var (name, locked) in tools.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var pointer = "/tools/" + name;
            if (!current.TryGetValue(name, out var tool))
            {
                var renamed = catalog.Tools.FirstOrDefault(other => other.Method + " " + other.Path == Key(locked));
                yield return new(DiagnosticIds.Vanished, Severity.Error, file, pointer, renamed is null
                    ? $"The published tool '{name}' ({Key(locked)}) is gone from the specification. " +
                        "Run 'lock --accept-breaking' if its users may lose it."
                    : $"The published tool '{name}' would be renamed to '{renamed.ToolName}'. Keep the name in the overlay " +
                        "(x-mcp.name), or run 'lock --accept-breaking'.");
            }
            else if (LostArguments(locked, tool).ToList() is { Count: > 0 } lost)
            {
                yield return new(DiagnosticIds.Vanished, Severity.Error, file, pointer,
                    $"The published tool '{name}' would break its callers: {string.Join("; ", lost)}. " +
                    "Run 'lock --accept-breaking' if that is meant.");
            }
            else if (Differences(locked, CatalogEmitter.Tool(tool)).ToList() is { Count: > 0 } members)
            {
                yield return new(DiagnosticIds.Drift, Severity.Error, file, pointer,
                    $"The tool '{name}' differs from the lock in {string.Join(", ", members)}. " + HowToLock);
            }
        }

        foreach (var tool in catalog.Tools.Where(tool => !tools.ContainsKey(tool.ToolName)))
        {
            yield return new(DiagnosticIds.Drift, Severity.Error, file, "/tools",
                $"The tool '{tool.ToolName}' ({tool.Method} {tool.Path}) is not in the lock. " + HowToLock);
        }
    }

    private static IEnumerable<string> LostArguments(JsonObject locked, OperationModel tool)
    {
        var known = tool.InputSchema["properties"] as JsonObject ?? [];
        foreach (var (argument, _) in locked.Get("inputSchema").Members("properties"))
        {
            if (!known.ContainsKey(argument))
            {
                yield return $"the argument '{argument}' is gone";
            }
        }

        var needed = locked.Get("inputSchema").Items("required").Select(name => name?.ToString()).ToHashSet();
        foreach (var name in (tool.InputSchema["required"] as JsonArray ?? []).Select(name => name?.ToString()))
        {
            if (!needed.Contains(name))
            {
                yield return $"the argument '{name}' is newly required";
            }
        }
    }

    private static IEnumerable<string> Differences(JsonObject locked, JsonObject current) =>
        current.Select(pair => pair.Key).Where(member =>
            (locked[member]?.ToJsonString() ?? "null") != (current[member]?.ToJsonString() ?? "null"));

    private static string Name(JsonObject tool) => tool.Text("name") ?? "";

    private static string Key(JsonObject tool) => tool.Text("method") + " " + tool.Text("path");

    private static FaultException Fault(string file, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, file, "", message));
}
