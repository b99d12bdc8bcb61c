using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The published tool catalogue: the names, arguments and meaning that clients rely on.</summary>
internal sealed class ToolLock
{
    private const string HowToLock =
        "Run the verb 'lock' to publish the change, and commit the lock with the specification.";

    private readonly string file;
    private readonly Dictionary<string, JsonObject> tools;

    private ToolLock(string file, JsonObject root, Dictionary<string, JsonObject> tools)
    {
        this.file = file;
        Root = root;
        this.tools = tools;
    }

    /// <summary>Gets the lock as it was read.</summary>
    public JsonObject Root { get; }

    /// <summary>Gets the published names.</summary>
    public PublishedNames Names =>
        new([.. tools.Values.Select(Published)], [.. Root.Items("retired").Select(Published)]);

    /// <exception cref="FaultException">The file is not a lock.</exception>
    public static ToolLock Read(string file, byte[] bytes) => Of(file, SpecificationReader.Parse(file, bytes, []));

    /// <exception cref="FaultException">The tree is not a lock.</exception>
    public static ToolLock Of(string file, JsonObject root)
    {
        var tools = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var tool in root["tools"] as JsonArray ?? throw Fault(file, "The file has no list 'tools'."))
        {
            if (tool is not JsonObject map || map.Text("name") is not { Length: > 0 } name || !tools.TryAdd(name, map))
            {
                throw Fault(file, "Each entry of 'tools' must be an object with a 'name' of its own.");
            }
        }

        return new(file, root, tools);
    }

    /// <summary>Returns the number of tokens in the lock if the tool is unchanged for clients, otherwise
    /// <see langword="null"/>.</summary>
    public int? TokensOf(OperationModel tool) =>
        tools.TryGetValue(tool.ToolName, out var locked)
        && locked.Text("description") == tool.Description
        && locked["inputSchema"] is { } schema
        && JsonText.Compact(schema) == JsonText.Compact(tool.InputSchema)
        && locked["tokens"] is JsonValue value
        && value.TryGetValue<int>(out var tokens)
            ? tokens
            : null;

    /// <summary>Returns a lock without tools.</summary>
    public static ToolLock Empty(string file) => new(file, new() { ["tools"] = new JsonArray() }, []);

    /// <summary>Writes the first lock of a catalogue.</summary>
    public static string Write(CatalogModel catalog) => Empty("").Publish(catalog);

    /// <summary>Writes the lock of the catalogue that follows this lock. A removed name stays in the list of retired
    /// tools, so that no other operation gets it.</summary>
    public string Publish(CatalogModel catalog)
    {
        var lived = catalog
            .Tools.SelectMany(tool => tool.Aliases.Append(tool.ToolName))
            .ToHashSet(StringComparer.Ordinal);
        var next = new JsonObject
        {
            ["specVersion"] = catalog.Version,
            ["catalogHash"] = CatalogEmitter.Hash(catalog),
            ["tools"] = new JsonArray([.. catalog.Tools.Select(Entry)]),
        };
        var retired = Names
            .Tools.Concat(Names.Retired)
            .Where(name => !lived.Contains(name.Name))
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(name =>
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = name.Name,
                        ["operation"] = name.Key,
                        ["operationId"] = name.OperationId,
                    }
            )
            .ToArray();
        if (retired.Length > 0)
        {
            next["retired"] = new JsonArray(retired);
        }

        return JsonText.Indented(next);
    }

    /// <summary>Reports how the catalogue differs from the lock.</summary>
    public IEnumerable<Diagnostic> Compare(CatalogModel catalog)
    {
        var current = catalog
            .Tools.DistinctBy(tool => tool.ToolName)
            .ToDictionary(tool => tool.ToolName, Entry, StringComparer.Ordinal);
        var names = tools
            .Keys.Union(current.Keys)
            .Order(StringComparer.Ordinal)
            .Where(name =>
                !tools.TryGetValue(name, out var locked)
                || !current.TryGetValue(name, out var tool)
                || Differences(locked, tool).Any()
            )
            .ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var changes = CatalogComparer
            .Compare(
                PublishedSide.Read(file, Root),
                PublishedSide.Read(
                    file,
                    (JsonObject)
                        JsonNode.Parse(Write(catalog), documentOptions: new() { MaxDepth = 2 * JsonTree.MaxDepth })!
                )
            )
            .ToLookup(change => change.Tool);
        return names.Select(name => Difference(name, [.. changes[name]], current.GetValueOrDefault(name)));
    }

    private Diagnostic Difference(string name, List<Change> changes, JsonObject? current)
    {
        var broken = changes
            .Where(change => change.Class == ChangeClass.Breaking)
            .Select(change => change.Sentence)
            .ToList();
        if (broken.Count > 0)
        {
            return new(
                DiagnosticIds.Vanished,
                Severity.Error,
                file,
                "/tools/" + name,
                $"The published tool '{name}' would break its callers: {string.Join(" ", broken)} "
                    + "Keep its names in the overlay (x-mcp.name, aliases, argumentAliases), or run 'lock --accept-breaking' if that is intended."
            );
        }

        string what;
        if (!tools.TryGetValue(name, out var locked))
        {
            what = "is not in the lock";
        }
        else if (changes.Count > 0)
        {
            what = "differs from the lock: " + string.Join(" ", changes.Select(change => change.Sentence).Distinct());
        }
        else if (current is null)
        {
            what = "is known by another name now";
        }
        else
        {
            what = "differs from the lock in " + string.Join(", ", Differences(locked, current));
        }
        return new(
            DiagnosticIds.Drift,
            Severity.Error,
            file,
            "/tools/" + name,
            $"The tool '{name}' {what.TrimEnd('.')}. {HowToLock}"
        );
    }

    // In addition to what clients see: the typed client's name, the nullable paths, and the shape of the answer, which
    // clients see only as a description.
    private static JsonObject Entry(OperationModel tool)
    {
        var entry = CatalogEmitter.Tool(tool);
        entry["tokens"] = tool.Tokens;
        if (tool.Composition is null)
        {
            entry["client"] = tool.ClientName + "." + tool.MethodName;
        }

        var nullable = new JsonObject();
        entry["nullable"] = nullable;
        Add("arguments", NullablePaths.Of(tool.Arguments));
        Add("answer", tool.NullableAnswers);
        entry[AnswerShapes.Member] = AnswerShapes.Write(tool.AnswerShape);
        return entry;

        void Add(string part, IEnumerable<string> paths)
        {
            var list = paths.Select(path => (JsonNode)path).ToArray();
            if (list.Length > 0)
            {
                nullable[part] = new JsonArray(list);
            }
        }
    }

    // A lock of an earlier version lacks the tokens and the shape of the answer. They do not count as differences,
    // because the texts determine them.
    private static IEnumerable<string> Differences(JsonObject locked, JsonObject current) =>
        current
            .Select(pair => pair.Key)
            .Union(locked.Select(pair => pair.Key))
            .Where(member => member is not ("tokens" or AnswerShapes.Member) || locked.ContainsKey(member))
            .Where(member => (locked[member]?.ToJsonString() ?? "null") != (current[member]?.ToJsonString() ?? "null"));

    private static PublishedName Published(JsonNode? tool) =>
        new(
            tool.Text("name") ?? "",
            tool.Text("operation") ?? tool.Text("method") + " " + tool.Text("path"),
            tool.Text("operationId")
        );

    private static FaultException Fault(string file, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, file, "", message));
}
