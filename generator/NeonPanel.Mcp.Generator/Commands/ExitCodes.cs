using NeonPanel.Mcp.Generator.Comparison;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The exit codes of all verbs (contract, section 3).</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Faults = 1;
    public const int Usage = 2;
    public const int Drifted = 3;
    public const int Risky = 3;
    public const int Breaking = 4;
    public const int NotFetched = 5;

    public static int Of(IReadOnlyList<Change> changes) =>
        changes.Count == 0
            ? Success
            : changes.Max(change => change.Class) switch
            {
                ChangeClass.Breaking => Breaking,
                ChangeClass.Risky => Risky,
                _ => Success,
            };
}
