using NeonPanel.Mcp.Generator.Catalog;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Emits how the server sees the end of a long work.</summary>
internal static class WorkEmitter
{
    public static string Emit(WorkModel? work)
    {
        if (work is null)
        {
            return "";
        }

        var members = Text("State", work.State)
            .Concat(List("Working", work.Working))
            .Concat(List("Failed", work.Failed))
            .Concat(List("Cancelled", work.Cancelled))
            .Concat(Text("Cancel", work.Cancel))
            .ToList();
        return $"        Work = new({CSharpLiteral.Quote(work.Poll)}, {CSharpLiteral.Quote(work.IdArgument)}, "
            + $"{CSharpLiteral.Quote(work.IdMember)}, {CSharpLiteral.List(work.Shared)})"
            + (members.Count == 0 ? "" : " { " + string.Join(", ", members) + " }")
            + ",\n";
    }

    private static IEnumerable<string> Text(string name, string? value) =>
        value is null ? [] : [$"{name} = {CSharpLiteral.Quote(value)}"];

    private static IEnumerable<string> List(string name, IReadOnlyList<string> values) =>
        values.Count == 0 ? [] : [$"{name} = {CSharpLiteral.List(values)}"];
}
