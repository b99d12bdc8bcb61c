using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Overlay actions after which observed answers fit their schemas.</summary>
/// <param name="Actions">In the order in which they are applied.</param>
/// <param name="NotProposed">What no action was found for, each with the reason.</param>
/// <param name="Fitting">Observations that the specification of today takes already.</param>
/// <param name="AlsoAnswers">Other tools of whose answers more is told then: they share a schema.</param>
/// <param name="AlsoArguments">Tools whose arguments change with it.</param>
internal sealed record OverlayProposal(
    IReadOnlyList<ProposedAction> Actions,
    IReadOnlyList<(Observation Observation, string Reason)> NotProposed,
    IReadOnlyList<Observation> Fitting,
    IReadOnlyList<string> AlsoAnswers,
    IReadOnlyList<string> AlsoArguments
)
{
    /// <summary>Gets whether the observations differ from the specification of today.</summary>
    public bool IsNeeded => Actions.Count + NotProposed.Count > 0;

    public IReadOnlyList<Observation> Covered => [.. Actions.SelectMany(action => action.Observations).Distinct()];
}

/// <summary>One action.</summary>
/// <param name="Target">A JSONPath.</param>
/// <param name="Update">What is merged there, or <see langword="null"/> to remove it.</param>
/// <param name="Text">What it does, and why.</param>
internal sealed record ProposedAction(
    string Target,
    JsonObject? Update,
    string Text,
    IReadOnlyList<Observation> Observations
)
{
    public JsonObject ToJson() =>
        Update is null
            ? new()
            {
                ["target"] = Target,
                ["description"] = Text,
                ["remove"] = true,
            }
            : new()
            {
                ["target"] = Target,
                ["description"] = Text,
                ["update"] = Update.DeepClone(),
            };
}
