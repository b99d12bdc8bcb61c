namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>The arguments of the server without a text of their own: the instructions or the answers explain
/// them.</summary>
internal static class UntoldArguments
{
    public static readonly string[] Names = ["all_pages", "repeat", "preview"];
}
