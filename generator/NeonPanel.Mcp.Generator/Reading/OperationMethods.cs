namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>The members of a Path Item Object (OpenAPI 3.2) that are operations.</summary>
internal static class OperationMethods
{
    /// <summary>Their names.</summary>
    public static readonly string[] All =
    [
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
        "trace",
        "query",
    ];
}
