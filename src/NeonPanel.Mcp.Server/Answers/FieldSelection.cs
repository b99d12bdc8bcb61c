using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The members of an answer to keep: those that the caller names (<c>data.id,data.name</c>), or the brief ones
/// of the tool. A list adds no step to a path: the path applies to each item.</summary>
internal sealed class FieldSelection
{
    /// <summary>Name of the argument that contains the paths: a text with commas, or a list.</summary>
    public const string Argument = "fields";

    /// <summary>The value of the argument that keeps all members.</summary>
    public const string Everything = "*";

    private const int MaxPaths = 50;
    private static readonly char[] Separators = [',', ' ', '\n'];
    private static readonly SelectedMember Paging = Of([
        Answers.Paging.CurrentPage,
        Answers.Paging.LastPage,
        Answers.Paging.PerPage,
    ]);
    private static readonly FieldSelection Whole = new(Of([""]), [], null);
    private static readonly ConcurrentDictionary<ToolDescriptor, AnswerMembers> Known = new();
    private static readonly ConcurrentDictionary<ToolDescriptor, FieldSelection> Briefs = new();

    private readonly SelectedMember selected;
    private readonly IReadOnlyList<string> silent;

    private FieldSelection(SelectedMember selected, IReadOnlyList<string> silent, string? note)
    {
        this.selected = selected;
        this.silent = silent;
        Note = note;
    }

    /// <summary>Gets the sentence about the members that were left out, or <see langword="null"/> if the caller named
    /// the members.</summary>
    public string? Note { get; }

    /// <summary>Reads the argument and checks each path against the shape of the tool's answer.</summary>
    /// <returns><see langword="null"/> if all members are kept, or if the argument is wrong.</returns>
    public static FieldSelection? Read(ToolDescriptor tool, JsonElement arguments, List<string> violations)
    {
        if (
            !tool.TakesFields
            || !arguments.TryGetProperty(Argument, out var value)
            || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)
        )
        {
            return tool.Brief.Count == 0 ? null : Briefs.GetOrAdd(tool, Brief);
        }

        var paths = Paths(value);
        if (paths.Count is 0 or > MaxPaths)
        {
            violations.Add(
                $"Argument '{Argument}' must name 1 to {MaxPaths} members, separated by commas, but names {(paths.Count == 0 ? "none" : "more")}."
            );
            return null;
        }

        return paths.Contains(Everything) ? Whole : Read(MembersOf(tool), paths, violations);
    }

    /// <summary>Copies the selected members of an answer. Members about pages are always kept.</summary>
    /// <param name="json">Text that is known to be valid JSON.</param>
    /// <param name="isReduced">Whether a member was left out.</param>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json, out bool isReduced)
    {
        isReduced = false;
        if (selected.IsWhole)
        {
            return json;
        }

        var array = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var copy = new MemberCopy(json.Span, array, Paging, silent);
            // An answer that is a list will be wrapped into an object. Paths begin at that object.
            var root = new AnswerParts(json.Span, 0).IsList ? selected.Find(AnswerReader.Items) : null;
            copy.Add(0, root ?? selected, isRoot: true);
            isReduced = copy.IsReduced;
            return array.AsSpan(0, copy.Length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private static FieldSelection? Read(AnswerMembers members, List<string> paths, List<string> violations)
    {
        var root = SelectedMember.Root();
        foreach (var path in paths)
        {
            // data.* is all of data.
            var plain = path.EndsWith("." + Everything, StringComparison.Ordinal) ? path[..^2] : path;
            if (members.Find(plain) is { } found)
            {
                root.Add(found.Split('.'));
            }
            else
            {
                violations.Add($"Argument '{Argument}' names '{ArgumentPath.Shown(path)}', {members.Fault(plain)}");
            }
        }

        return violations.Count > 0 ? null : new(root, [], null);
    }

    // The text after the first paths is not split, so that a megabyte of commas does not become a million strings.
    private static List<string> Paths(JsonElement value)
    {
        var paths = new List<string>();
        if (value.ValueKind == JsonValueKind.String)
        {
            Split(value.GetString()!);
            return paths;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (paths.Count > MaxPaths)
            {
                break;
            }

            Split(item.ValueKind == JsonValueKind.String ? item.GetString()! : "");
        }

        return paths;

        // Some clients send the list as JSON text.
        void Split(string text) =>
            paths.AddRange(
                (text is ['[', .., ']'] ? text[1..^1] : text)
                    .Split(
                        Separators,
                        MaxPaths + 1,
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                    .Select(path => path.Trim('"'))
                    .Where(path => path.Length > 0)
            );
    }

    private static FieldSelection Brief(ToolDescriptor tool)
    {
        var selected = Of(tool.Brief);
        return new(selected, tool.EchoMembers, BriefNote.Of(tool, MembersOf(tool), selected));
    }

    private static AnswerMembers MembersOf(ToolDescriptor tool) => Known.GetOrAdd(tool, static tool => new(tool));

    private static SelectedMember Of(IEnumerable<string> paths)
    {
        var root = SelectedMember.Root();
        foreach (var path in paths)
        {
            root.Add(path.Split('.', StringSplitOptions.RemoveEmptyEntries));
        }

        return root;
    }
}
