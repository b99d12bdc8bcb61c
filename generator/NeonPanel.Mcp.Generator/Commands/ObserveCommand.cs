using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Generator.Proposals;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>observe</c>: adds observed kinds of values to the file that proves types of answers.</summary>
internal static class ObserveCommand
{
    private const string Separator = " or ";

    /// <param name="specification">The specification beside which the file lies.</param>
    public static int Run(InputFile observed, string specification, TextWriter output, TextWriter errors)
    {
        if (Disk.SeenFileOf(specification) is not { } file)
        {
            errors.WriteLine("'observe' writes a file beside the specification, so --spec must name a file, not '-'.");
            return ExitCodes.Usage;
        }

        var answers = ObservedAnswers.Read(observed);
        var seen = Disk.SeenBeside(specification) is { } before ? SeenAnswers.Read(before) : SeenAnswers.Empty();
        var changed = answers
            .Places.Where(IsKnown)
            .Count(place => seen.Add(place.Tool, place.Pointer, [.. place.Kinds]));
        Disk.WriteIfChanged(file, Disk.Utf8.GetBytes(seen.Write()));
        output.WriteLine($"{file}: {changed} places have new kinds. Run the verb 'lock' to publish the types.");
        return ExitCodes.Success;
    }

    // A kind that the specification does not declare counts from the first answer, because it disproves a type. A
    // declared kind counts if it was seen often.
    private static bool IsKnown(Observation place)
    {
        var declared = place.Declared?.Split(Separator) ?? [];
        return declared.Length > 0
            && (
                place.Found.Sum(found => found.Answers) >= SeenAnswers.Enough
                || place.Kinds.Any(kind =>
                    !declared.Contains(kind) && !(kind == "integer" && declared.Contains("number"))
                )
            );
    }
}
