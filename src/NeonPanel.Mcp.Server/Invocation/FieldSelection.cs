using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The members of an answer that the caller wants: <c>data.id,data.name</c>. A list adds no step to a path:
/// the path applies to each item.</summary>
internal sealed class FieldSelection
{
    /// <summary>Name of the argument that contains the paths, separated by commas.</summary>
    public const string Argument = "fields";

    private const int MaxPaths = 50;
    private static readonly string[] Paging =
    [
        Invocation.Paging.CurrentPage,
        Invocation.Paging.LastPage,
        Invocation.Paging.PerPage,
    ];
    private static readonly ConcurrentDictionary<ToolDescriptor, AnswerMembers> Known = new();

    private readonly Node wanted;

    private FieldSelection(Node wanted) => this.wanted = wanted;

    /// <summary>Reads the argument and checks each path against the shape of the tool's answer.</summary>
    /// <returns><see langword="null"/> if the argument is missing or wrong.</returns>
    public static FieldSelection? Read(ToolDescriptor tool, JsonElement arguments, List<string> violations)
    {
        if (
            !tool.TakesFields
            || !arguments.TryGetProperty(Argument, out var value)
            || value.ValueKind != JsonValueKind.String
        )
        {
            return null;
        }

        var members = Known.GetOrAdd(tool, static tool => AnswerMembers.Of(tool.Answer));
        // The text after the first paths is not split, so that a megabyte of commas does not become a million strings.
        var paths = value
            .GetString()!
            .Split(
                [',', ' ', '\n'],
                MaxPaths + 1,
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            );
        if (paths.Length is 0 or > MaxPaths)
        {
            violations.Add(
                $"Argument '{Argument}' must name 1 to {MaxPaths} members, separated by commas, but names {(paths.Length == 0 ? "none" : "more")}."
            );
            return null;
        }

        var root = new Node();
        foreach (var path in paths)
        {
            if (members.Find(path) is { } found)
            {
                root.Add(found.Split('.'));
            }
            else
            {
                var nearest = members.Nearest(path);
                violations.Add(
                    $"Argument '{Argument}' names '{ArgumentPath.Shown(path)}', which the answer does not have. "
                        + (nearest is null ? $"It has {members.Some()}." : $"Did you mean '{nearest}'?")
                );
            }
        }

        return violations.Count > 0 ? null : new(root);
    }

    /// <summary>Writes the selected members of an answer. Members about pages are always kept.</summary>
    /// <param name="json">Text that is known to be valid JSON.</param>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AnswerText.WriterOptions))
        {
            // An answer that is a list will be wrapped into an object. Paths begin at that object.
            var node = new AnswerParts(json.Span, 0).IsList ? wanted.Members.GetValueOrDefault("items") : wanted;
            Write(writer, json.Span, 0, node ?? wanted, isRoot: true);
        }

        return buffer.WrittenMemory;
    }

    // Returns the end of the value, so that each byte is read once, even in deeply nested lists.
    private static int Write(Utf8JsonWriter writer, ReadOnlySpan<byte> json, int start, Node node, bool isRoot)
    {
        var parts = new AnswerParts(json, start);
        if (node.IsWhole || !(parts.IsObject || parts.IsList))
        {
            var end = isRoot ? json.Length : JsonText.EndOfValue(json, start);
            writer.WriteRawValue(json[start..end], skipInputValidation: true);
            return end;
        }

        if (parts.IsList)
        {
            writer.WriteStartArray();
            while (parts.MoveNext())
            {
                parts.Leave(Write(writer, json, parts.Start, node, isRoot: false));
            }

            writer.WriteEndArray();
            return parts.End;
        }

        writer.WriteStartObject();
        while (parts.MoveNext())
        {
            if (NameOf(parts, node.Members.Keys) is { } name)
            {
                writer.WritePropertyName(name);
                parts.Leave(Write(writer, json, parts.Start, node.Members[name], isRoot: false));
            }
            else if (isRoot && NameOf(parts, Paging) is { } paging)
            {
                writer.WritePropertyName(paging);
                writer.WriteRawValue(json[parts.Value.Start..parts.Value.End], skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
        return parts.End;
    }

    private static string? NameOf(AnswerParts parts, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (parts.NameEquals(name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>A selected member: all of it, or some of its own members.</summary>
    private sealed class Node
    {
        public Dictionary<string, Node> Members { get; } = new(StringComparer.Ordinal);

        public bool IsWhole { get; private set; }

        public void Add(ReadOnlySpan<string> path)
        {
            if (path.IsEmpty)
            {
                IsWhole = true;
                return;
            }

            if (!Members.TryGetValue(path[0], out var member))
            {
                Members[path[0]] = member = new();
            }

            member.Add(path[1..]);
        }
    }
}
