using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Overlay actions that change schemas so that observed answers fit.</summary>
/// <param name="Actions">The actions, in the order in which they must be applied.</param>
/// <param name="NotProposed">Observations without an action, each with the reason.</param>
/// <param name="Fitting">Observations that the current specification already accepts.</param>
/// <param name="AlsoAnswers">Other tools whose answers get a wider schema too, because they share it.</param>
/// <param name="AlsoArguments">Tools whose arguments change too, because they share a schema.</param>
internal sealed record OverlayProposal(
    IReadOnlyList<ProposedAction> Actions,
    IReadOnlyList<(Observation Observation, string Reason)> NotProposed,
    IReadOnlyList<Observation> Fitting,
    IReadOnlyList<string> AlsoAnswers,
    IReadOnlyList<string> AlsoArguments
)
{
    /// <summary>Gets whether the observations differ from the current specification.</summary>
    public bool IsNeeded => Actions.Count + NotProposed.Count > 0;

    public IReadOnlyList<Observation> Covered => [.. Actions.SelectMany(action => action.Observations).Distinct()];
}

/// <summary>One proposed overlay action.</summary>
/// <param name="Target">The target as a JSONPath.</param>
/// <param name="Update">The value to merge into the target, or <see langword="null"/> to remove the target.</param>
/// <param name="Text">A description of the action and its reason.</param>
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
