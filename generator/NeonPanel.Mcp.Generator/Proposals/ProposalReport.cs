using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Writes a proposal as a report for people, or as an overlay.</summary>
internal static class ProposalReport
{
    /// <param name="specVersion">The version of the specification that the proposal is for.</param>
    /// <param name="format"><c>text</c>, <c>markdown</c>, or <c>json</c>: an overlay whose actions can be appended to
    /// the existing one.</param>
    public static string Write(OverlayProposal proposal, ObservedAnswers observed, string specVersion, string format) =>
        format switch
        {
            "json" => JsonText.Indented(Overlay(proposal, specVersion)),
            "markdown" => Markdown(proposal, observed, specVersion),
            _ => Text(proposal, observed, specVersion),
        };

    /// <summary>Returns one sentence: how many places differ, and how many of them the proposal corrects.</summary>
    public static string Summary(OverlayProposal proposal, ObservedAnswers observed)
    {
        if (observed.Places.Count == 0)
        {
            return $"Nothing to propose: none of {observed.Compared} compared answers differed.";
        }

        if (!proposal.IsNeeded)
        {
            return $"Nothing to propose: the specification and overlay of today take all that was observed ({Places(observed.Places)}).";
        }

        var differing = proposal.Covered.Count(place => proposal.NotProposed.All(item => item.Observation != place));
        var actions =
            proposal.Actions.Count == 1
                ? "1 overlay action settles"
                : $"{proposal.Actions.Count} overlay actions settle";
        List<Observation> places =
        [
            .. proposal.Covered.Concat(proposal.NotProposed.Select(item => item.Observation)).Distinct(),
        ];
        return $"{Places(places)} {(places.Count == 1 ? "differs" : "differ")} from the specification in {observed.Compared} compared answers; "
            + $"{actions} {differing} of them{(proposal.NotProposed.Count == 0 ? "" : $", {proposal.NotProposed.Count} left to a person")}.";
    }

    private static JsonObject Overlay(OverlayProposal proposal, string specVersion)
    {
        var overlay = new JsonObject
        {
            ["overlay"] = "1.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "What answers hold beyond the specification",
                ["version"] = specVersion,
            },
            ["actions"] = new JsonArray([.. proposal.Actions.Select(action => action.ToJson())]),
        };
        if (proposal.NotProposed.Count > 0)
        {
            overlay["x-not-proposed"] = new JsonArray([
                .. proposal.NotProposed.Select(item => new JsonObject
                {
                    ["tool"] = item.Observation.Tool,
                    ["pointer"] = item.Observation.Pointer,
                    ["found"] = new JsonObject(
                        item.Observation.Found.Select(found =>
                            KeyValuePair.Create(found.Kind, (JsonNode?)found.Answers)
                        )
                    ),
                    ["reason"] = item.Reason,
                }),
            ]);
        }

        return overlay;
    }

    private static string Text(OverlayProposal proposal, ObservedAnswers observed, string specVersion)
    {
        var text = new StringBuilder(Summary(proposal, observed)).Append('\n');
        foreach (var action in proposal.Actions)
        {
            text.Append(
                $"\n  {action.Text}\n      {action.Target}\n      {(action.Update is null ? "remove" : "update " + JsonText.Compact(action.Update))}\n"
            );
        }

        foreach (var (place, reason) in proposal.NotProposed)
        {
            text.Append($"\n  Not proposed: {place}\n      {reason}\n");
        }

        foreach (var note in Notes(proposal, observed, specVersion))
        {
            text.Append($"\n{note}\n");
        }

        return text.ToString();
    }

    private static string Markdown(OverlayProposal proposal, ObservedAnswers observed, string specVersion)
    {
        var text = new StringBuilder($"**{MarkdownText.Escape(Summary(proposal, observed))}**\n\n");
        text.Append(
            MarkdownText.Table(
                ["Target", "Change", "Why"],
                proposal.Actions.Select(action =>
                    new[]
                    {
                        action.Target,
                        action.Update is null ? "remove" : JsonText.Compact(action.Update),
                        action.Text,
                    }
                )
            )
        );
        if (proposal.NotProposed.Count > 0)
        {
            text.Append("## Not proposed\n\n")
                .Append(
                    MarkdownText.Table(
                        ["Place", "Why"],
                        proposal.NotProposed.Select(item => new[] { item.Observation.ToString(), item.Reason })
                    )
                );
        }

        foreach (var note in Notes(proposal, observed, specVersion))
        {
            text.Append(MarkdownText.Escape(note)).Append("\n\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Notes(OverlayProposal proposal, ObservedAnswers observed, string specVersion)
    {
        if (proposal.Actions.Count > 0)
        {
            yield return "To take it: append the actions that '--format json' prints to those of the overlay, then run 'lock'.";
        }

        if (proposal.AlsoAnswers.Count > 0)
        {
            yield return $"The same schemas are answers of {string.Join(", ", proposal.AlsoAnswers)}: they are told of the change too.";
        }

        if (proposal.AlsoArguments.Count > 0)
        {
            yield return $"The same schemas are arguments, and what may be sent changes with them: {string.Join(", ", proposal.AlsoArguments)}. Look at these before taking it.";
        }

        if (proposal.IsNeeded && proposal.Fitting.Count > 0)
        {
            yield return $"{Places(proposal.Fitting)} {(proposal.Fitting.Count == 1 ? "fits" : "fit")} the specification and overlay of today already.";
        }

        if (observed.Beyond > 0)
        {
            yield return $"The server saw {observed.Beyond} further differences that it had no room to name; ask again after these are settled.";
        }

        if (observed.SpecVersion is { } version && version != specVersion)
        {
            yield return $"The server runs with version {version} of the specification, this one is {specVersion}.";
        }
    }

    private static string Places(IReadOnlyList<Observation> places)
    {
        var tools = places.Select(place => place.Tool).Distinct(StringComparer.Ordinal).Count();
        return $"{places.Count} {(places.Count == 1 ? "place" : "places")} in answers of {tools} {(tools == 1 ? "tool" : "tools")}";
    }
}
