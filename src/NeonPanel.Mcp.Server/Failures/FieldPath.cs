namespace NeonPanel.Mcp.Server.Failures;

/// <summary>The position of a field in a request, in the API's notation: <c>details[0].rate</c>,
/// <c>/data/attributes/name</c>, <c>$.items[0]</c> or <c>body.price</c>.</summary>
internal static class FieldPath
{
    private const int MaxSteps = 20;

    /// <summary>Returns the steps from the root of the request to the field.</summary>
    public static List<string> Steps(string path)
    {
        var isPointer = path.StartsWith('/') || path.StartsWith("#/", StringComparison.Ordinal);
        return
        [
            .. path.Split(isPointer ? ['/'] : ['.', '/', '[', ']'], MaxSteps, StringSplitOptions.RemoveEmptyEntries)
                .Select(step => step.Trim(' ', '\'', '"'))
                .Where(step => step is not ("" or "$" or "#"))
                // RFC 6901 §3
                .Select(step =>
                    isPointer
                        ? step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                        : step
                ),
        ];
    }
}
