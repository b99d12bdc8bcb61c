namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>The outcome for one document.</summary>
/// <param name="File">Path below the corpus folder.</param>
internal sealed record DocumentScore(string File)
{
    /// <summary>Gets the size of the document.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets how many operations the document declares, counted without the generator.</summary>
    public int Operations { get; init; }

    public int Tools { get; init; }

    public int Excluded { get; init; }

    /// <summary>Gets the wall time of <c>generate</c> in a process of its own.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Gets the peak of resident memory of that process.</summary>
    public long PeakBytes { get; init; }

    /// <summary>Gets the first line of the diagnostic when the document was refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>Gets what failed: line of the score table → how.</summary>
    public Dictionary<string, List<string>> Failures { get; } = [];

    public void Fail(string line, string how)
    {
        if (!Failures.TryGetValue(line, out var list))
        {
            Failures[line] = list = [];
        }

        list.Add(how);
    }
}
