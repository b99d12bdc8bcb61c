namespace NeonPanel.Mcp.Sandbox.Api.Import;

/// <summary>The PDF files that come with the sandbox.</summary>
internal static class BundledFiles
{
    public static readonly IReadOnlyList<string> Names =
    [
        "SPP-6093.pdf",
        "SPP-7000.pdf",
        "GBF-23001.pdf",
        "NST-1188.pdf",
        "SSC-3104.pdf",
        // Its total is not the sum of its lines, so that the import ends as an error.
        "HDC-4410.pdf",
    ];

    /// <summary>The bytes of a file; <see langword="null"/> if there is none with this name.</summary>
    public static byte[]? Find(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var stream = typeof(BundledFiles).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
