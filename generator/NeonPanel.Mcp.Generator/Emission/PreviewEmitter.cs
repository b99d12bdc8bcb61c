using NeonPanel.Mcp.Generator.Catalog;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Emits how the server shows what a write would do.</summary>
internal static class PreviewEmitter
{
    private const string Indent = "            ";

    /// <returns>The initializer of <c>Preview</c>, or the empty string.</returns>
    public static string Emit(PreviewModel? preview)
    {
        if (preview is null)
        {
            return "";
        }

        var members = new List<string>();
        if (preview.IsOffered)
        {
            members.Add("IsOffered = true");
        }

        if (preview.Record is { } record)
        {
            members.Add("Record = " + Source(record));
        }

        if (preview.Members.Count > 0)
        {
            members.Add("Members = " + Members(preview.Members));
        }

        if (preview.Lines is { } lines)
        {
            members.Add(
                $"Lines = new({Quoted(lines.List, lines.Quantity, lines.Price, lines.Amount, lines.Currency)})"
            );
        }

        if (preview.Due is { } due)
        {
            members.Add(
                $"Due = new({Quoted(due.Term)}, {Source(due.Source)}, {Quoted(due.Parts, due.Anchor, due.Days, due.Percent)})"
            );
        }

        return members.Count == 0
            ? "        Preview = new(),\n"
            : "        Preview = new()\n        {\n"
                + string.Concat(members.Select(member => $"{Indent}{member},\n"))
                + "        },\n";
    }

    private static string Source(RecordSourceModel source) =>
        $"new({Quoted(source.Tool.ToolName)}, [{string.Join(", ", source.Scope.Select(pair => $"new({Quoted(pair.Key, pair.Value)})"))}], {Quoted(source.Path)})"
        + (source.Key is { } key ? $" {{ Key = {Quoted(key)}, KeyMember = {Quoted(source.KeyMember)} }}" : "");

    private static string Members(IEnumerable<RecordMemberModel> members) =>
        $"[{string.Join(", ", members.Select(Member))}]";

    private static string Member(RecordMemberModel member)
    {
        var more = new List<string>();
        if (member.Label is { } label)
        {
            more.Add("Label = " + CSharpLiteral.List(label));
        }

        if (member.Members.Count > 0)
        {
            more.Add("Members = " + Members(member.Members));
        }

        return $"new({Quoted(member.Name)}, {CSharpLiteral.List(member.Path)})"
            + (more.Count == 0 ? "" : $" {{ {string.Join(", ", more)} }}");
    }

    private static string Quoted(params string?[] texts) => string.Join(", ", texts.Select(CSharpLiteral.Quote));
}
