namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The edits, written down before the comparison was: class for an agent, class for a typed caller,
/// kind.</summary>
internal static class EditTable
{
    /// <summary>Returns the first edit with a name.</summary>
    public static Edit Find(string name) =>
        new[] { ToolEdits.All, ArgumentEdits.All, AnswerEdits.All, HarmlessEdits.All }
            .SelectMany(edits => edits)
            .First(edit => edit.Name == name);
}
