using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>The calls that may be longer than <c>Limits:MaxRequestBytes</c>: those of tools that take files, by the
/// length of their files.</summary>
/// <param name="maxFileBytes">Most bytes of all files of a call (<c>Files:MaxBytes</c>).</param>
/// <param name="maxRestBytes">Most bytes of a message without its files (<c>Limits:MaxRequestBytes</c>).</param>
internal sealed class FileCalls(ToolCatalog catalog, long maxFileBytes, long maxRestBytes)
{
    public long MaxFileBytes => maxFileBytes;

    public long MaxRestBytes => maxRestBytes;

    /// <summary>Gets the most bytes of a message, or 0 where no tool takes a file. Base64 has four digits for three
    /// bytes; a tenth more is for line breaks, and for the escapes that some clients write for <c>/</c> and
    /// <c>+</c>.</summary>
    public long MaxBytes { get; } =
        catalog.Tools.Any(TakesFiles)
            ? Math.Min(((maxFileBytes + 2) / 3 * 4 / 10 * 11) + maxRestBytes, Array.MaxLength)
            : 0;

    /// <summary>Returns whether a message may be such a call, by what has arrived of it.</summary>
    public bool MayBe(CallStart start) => !start.IsOther && (start.ToolName is not { } name || Find(name) is not null);

    /// <summary>Gets the arguments of a tool that take files, under all their names; none for other tools.</summary>
    public IReadOnlyList<string> ArgumentsOf(string? name)
    {
        if (name is null || Find(name) is not { } tool)
        {
            return [];
        }

        List<string> names = [.. tool.FileArguments];
        if (tool.Upload is { } upload)
        {
            names.Add(upload.Argument);
        }

        return
        [
            .. names,
            .. tool.ArgumentAliases.Where(alias => names.Contains(alias.Value)).Select(alias => alias.Key),
        ];
    }

    private ToolDescriptor? Find(string name) => catalog.TryGet(name, out var tool) && TakesFiles(tool) ? tool : null;

    private static bool TakesFiles(ToolDescriptor tool) => tool.FileArguments.Count > 0 || tool.Upload is not null;
}
