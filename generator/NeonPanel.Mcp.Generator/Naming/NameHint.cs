namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>The end of a sentence about a name that does not exist: the name that was probably meant, or all that
/// exist.</summary>
internal static class NameHint
{
    public static string Of(string name, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        return NearestMember.Find(name, names) is { } meant
            ? $"; did you mean '{meant}'?"
            : $"; there are {(names.Count == 0 ? "none" : string.Join(", ", names))}";
    }
}
