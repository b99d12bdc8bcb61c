using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the instructions of the server.</summary>
internal static class InstructionReader
{
    /// <summary>Reads <c>x-mcp.instructions</c>: a text, or a list of texts and of objects with <c>text</c> and
    /// <c>profiles</c>.</summary>
    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="clean">Cleans a text and replaces operation ids by names of tools.</param>
    /// <param name="tools">The names of all tools.</param>
    /// <param name="profiles">The names of all profiles.</param>
    /// <exception cref="FaultException">An entry is neither a text nor such an object, or names a profile that does not
    /// exist.</exception>
    public static IReadOnlyList<InstructionModel> Read(
        SpecificationDocument document,
        Func<string?, string> clean,
        IReadOnlyCollection<string> tools,
        IReadOnlyCollection<string> profiles
    )
    {
        var declared = document.Root.Get("x-mcp").Get("instructions");
        var entries = declared switch
        {
            null => [],
            JsonArray list => [.. list],
            _ => (IReadOnlyList<JsonNode?>)[declared],
        };
        return
        [
            .. entries
                .Select((entry, place) => Read(document, entry, place, clean, tools, profiles))
                .Where(entry => entry.Text.Length > 0),
        ];
    }

    private static InstructionModel Read(
        SpecificationDocument document,
        JsonNode? entry,
        int place,
        Func<string?, string> clean,
        IReadOnlyCollection<string> tools,
        IReadOnlyCollection<string> profiles
    )
    {
        var text = entry?.GetValueKind() switch
        {
            JsonValueKind.String => entry.ToString(),
            JsonValueKind.Object => entry.Text("text"),
            _ => null,
        };
        if (text is null)
        {
            throw Fault("is neither a text nor an object with 'text' and 'profiles'");
        }

        List<string> only = [.. entry.Items("profiles").Select(name => name?.ToString() ?? "")];
        if (only.Find(name => !profiles.Contains(name)) is { } unknown)
        {
            throw Fault($"names the profile '{unknown}'; there are {string.Join(", ", profiles)}");
        }

        var cleaned = clean(text);
        return new(cleaned, ToolMentions.In(cleaned, tools), only);

        FaultException Fault(string fault) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    "/x-mcp/instructions",
                    $"Entry {place + 1} of x-mcp.instructions {fault}. Correct the overlay."
                )
            );
    }
}
