namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>A file that was read.</summary>
internal sealed record InputFile(string Name, byte[] Bytes)
{
    /// <summary>Gets the kinds of values that answers of the API had, if this file is a specification and such a file
    /// lies beside it; otherwise <see langword="null"/>.</summary>
    public InputFile? Seen { get; init; }
}
