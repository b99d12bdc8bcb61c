using NeonPanel.Mcp.Generator.Catalog;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Emits how the server notices a repeated write.</summary>
internal static class OnceEmitter
{
    public static string Emit(OnceModel? once)
    {
        if (once is null)
        {
            return "";
        }

        if (once.List is null)
        {
            return "        Once = new(),\n";
        }

        var matches = once.Matches.Select(match =>
            $"new({CSharpLiteral.Quote(match.Key)}, {CSharpLiteral.Quote(match.Value)})"
        );
        return $"        Once = new({CSharpLiteral.Quote(once.List)}, {CSharpLiteral.Quote(once.Search)}, "
            + $"{CSharpLiteral.List(once.Scope)}, [{string.Join(", ", matches)}]),\n";
    }
}
