using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the behavior hints of a tool (rule C6): those of the HTTP method, unless the overlay says
/// otherwise.</summary>
internal static class HintReader
{
    /// <summary>The member of <c>x-mcp</c> with the reason why a write that overwrites is not destructive.</summary>
    public const string NotDestructive = "notDestructive";

    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"];

    // RFC 9110 §9.3.4 and §9.3.5, RFC 5789 §2: the present state is replaced, removed or changed in place. What was
    // there is lost, whether it could be written again or not.
    private static readonly string[] Overwriting = ["DELETE", "PUT", "PATCH"];

    /// <exception cref="FaultException">The overlay says without a reason that a write does not destroy
    /// anything.</exception>
    public static HintsModel Read(SpecificationDocument document, OperationSource source)
    {
        var isReadOnly = Flag(source, "readOnly") ?? Reading.Contains(source.Method);
        var overwrites = !isReadOnly && Overwriting.Contains(source.Method);
        var isDestructive = Flag(source, "destructive");
        if (overwrites && isDestructive == false)
        {
            throw Fault(
                "destructive",
                $"{source.Method} overwrites, so false needs a reason: write \"{NotDestructive}\": \"the reason\" in its place"
            );
        }

        if (Reason(source) is { } reason)
        {
            if (reason.Length == 0)
            {
                throw Fault(NotDestructive, "the reason must be a text that is not empty");
            }

            if (!overwrites || isDestructive == true)
            {
                throw Fault(
                    NotDestructive,
                    $"it has no effect here, because it stands at {(overwrites ? "a tool with \"destructive\": true" : "a tool that does not overwrite")}"
                );
            }

            overwrites = false;
        }

        return new(
            isReadOnly,
            isDestructive ?? overwrites,
            Flag(source, "idempotent") ?? (isReadOnly || source.Method is "DELETE" or "PUT"),
            Flag(source, "openWorld") ?? false
        );

        FaultException Fault(string member, string fault) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    $"{source.Pointer}/x-mcp/{member}",
                    $"x-mcp.{member}: {fault}. Correct the overlay."
                )
            );
    }

    /// <summary>Returns the reason of the overlay why the tool is not destructive, in one line; empty if it is not a
    /// text, and <see langword="null"/> if there is none.</summary>
    public static string? Reason(OperationSource source)
    {
        if (!source.Extension.TryGetPropertyValue(NotDestructive, out var reason) || reason is null)
        {
            return null;
        }

        return reason.GetValueKind() == JsonValueKind.String ? PlainText.Line(reason.ToString()).Trim() : "";
    }

    /// <summary>Returns a member of <c>x-mcp</c> that is true or false, or <see langword="null"/>.</summary>
    public static bool? Flag(OperationSource source, string name) =>
        source.Extension[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
