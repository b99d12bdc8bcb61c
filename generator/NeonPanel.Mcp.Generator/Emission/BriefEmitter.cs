using NeonPanel.Mcp.Generator.Catalog;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes which members an answer has by default, and where it repeats arguments.</summary>
internal static class BriefEmitter
{
    public static string Emit(OperationModel tool) =>
        (tool.Brief.Count == 0 ? "" : $"        Brief = {CSharpLiteral.List(tool.Brief)},\n")
        + (tool.Echo.Members.Count == 0 ? "" : $"        EchoMembers = {CSharpLiteral.List(tool.Echo.Members)},\n")
        + (
            tool.Echo.Arguments.Count == 0
                ? ""
                : $"        Echoes = [{string.Join(", ", tool.Echo.Arguments.Select(Echo))}],\n"
        );

    private static string Echo(ArgumentEchoModel echo) =>
        $"new({CSharpLiteral.Quote(echo.Argument)}, {CSharpLiteral.List(echo.Path)}, EchoKind.{echo.Kind})";
}
