using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Applies an OpenAPI Overlay 1.0.0 to the generator's own tree, which keeps digits and order.</summary>
internal static class OverlayApplier
{
    /// <returns>The actions that matched nothing and were skipped.</returns>
    /// <exception cref="FaultException">The file is not an overlay, or an action matches or changes
    /// nothing.</exception>
    public static IReadOnlyList<OverlayAction> Apply(
        SpecificationDocument document,
        string overlayFile,
        JsonObject overlay,
        OverlayUse use
    )
    {
        if (
            overlay["overlay"]?.ToString() is not { } version
            || !version.StartsWith("1.", StringComparison.Ordinal)
            || overlay["actions"] is not JsonArray actions
        )
        {
            throw Fault(
                overlayFile,
                "",
                "The file is not an OpenAPI Overlay: expected 'overlay: 1.0.0' and a list 'actions'."
            );
        }

        var passedOver = new List<OverlayAction>();
        for (var index = 0; index < actions.Count; index++)
        {
            var pointer = JsonPointer.Append("/actions", index);
            if (actions[index] is not JsonObject action || action["target"]?.ToString() is not { } target)
            {
                throw Fault(overlayFile, pointer, "The action has no 'target'.");
            }

            // Searched again for each action, because an earlier action may have created the target (Overlay 1.0.0
            // §4.4.3).
            var nodes = Select(document.Root, overlayFile, pointer, target);
            if (nodes.Count == 0 && use == OverlayUse.Whole)
            {
                throw Fault(
                    overlayFile,
                    pointer,
                    $"The target {target} matches nothing in {document.File}. "
                        + "Correct the target, or delete the action."
                );
            }

            if (nodes.Count == 0)
            {
                passedOver.Add(new(pointer, target));
            }

            foreach (var path in nodes)
            {
                if (FaultOfChange(document.Root, path, action, target) is { } fault)
                {
                    throw Fault(overlayFile, pointer, fault);
                }
            }
        }

        return passedOver;
    }

    // Changes one node, or returns the reason why the action cannot change it.
    private static string? FaultOfChange(JsonObject root, IReadOnlyList<object> path, JsonObject action, string target)
    {
        if (path.Count == 0 && action.IsTrue("remove"))
        {
            return $"The target {target} is the whole document, which cannot be removed. Name what is to go.";
        }

        if (TryChange(root, path, action))
        {
            return null;
        }

        return action["update"] is null
            ? $"The action on {target} has neither 'update' nor 'remove: true'; 'copy' of Overlay 1.1 is not supported. Say what to change."
            : $"The target {target} is an object, so 'update' must be an object to merge with it. Give one, or 'remove: true'.";
    }

    private static bool TryChange(JsonObject root, IReadOnlyList<object> path, JsonObject action)
    {
        if (action["remove"] is JsonValue remove && remove.TryGetValue<bool>(out var isRemoved) && isRemoved)
        {
            Remove(Walk(root, path.Take(path.Count - 1)), path[^1]);
            return true;
        }

        var node = Walk(root, path);
        switch (node, action["update"])
        {
            case (JsonObject target, JsonObject update):
                Merge(target, update);
                return true;
            case (JsonArray target, { } update):
                target.Add(update.DeepClone());
                return true;
            case (JsonValue, { } update):
                node.ReplaceWith(update.DeepClone());
                return true;
            default:
                return false;
        }
    }

    // Overlay 1.0.0 §4.4.3: objects are merged, arrays are concatenated, all other values are replaced.
    private static void Merge(JsonObject target, JsonObject update)
    {
        foreach (var (name, value) in update)
        {
            switch (target[name], value)
            {
                case (JsonObject inner, JsonObject change):
                    Merge(inner, change);
                    break;
                case (JsonArray inner, JsonArray more):
                    foreach (var item in more)
                    {
                        inner.Add(item?.DeepClone());
                    }

                    break;
                default:
                    target[name] = value?.DeepClone();
                    break;
            }
        }
    }

    private static void Remove(JsonNode? parent, object key)
    {
        switch (parent)
        {
            case JsonObject map:
                map.Remove((string)key);
                break;
            case JsonArray list:
                list.RemoveAt((int)key);
                break;
        }
    }

    private static JsonNode? Walk(JsonNode? node, IEnumerable<object> path)
    {
        foreach (var key in path)
        {
            node = key is int index ? node![index] : node![(string)key];
        }

        return node;
    }

    // The last match first, so that removing an item does not move the items that are still to be removed.
    private static List<IReadOnlyList<object>> Select(
        JsonObject root,
        string overlayFile,
        string pointer,
        string target
    )
    {
        try
        {
            return [.. OverlayTarget.Find(root, target).Reverse()];
        }
        catch (FormatException exception)
        {
            throw Fault(overlayFile, pointer, $"The target '{target}' is not a valid JSONPath: {exception.Message}");
        }
    }

    private static FaultException Fault(string file, string pointer, string message) =>
        new(new(DiagnosticIds.Overlay, Severity.Error, file, pointer, message));
}

/// <summary>One action of an overlay.</summary>
internal sealed record OverlayAction(string Pointer, string Target);

/// <summary>How to handle an action that matches nothing.</summary>
internal enum OverlayUse
{
    /// <summary>A fault, because the overlay was written for this document.</summary>
    Whole,

    /// <summary>The action is skipped, because the document is another version than that of the overlay.</summary>
    WhereItFits,
}
