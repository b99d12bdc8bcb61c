namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The places where an answer repeats arguments.</summary>
/// <param name="Members">Members at the root that repeat the arguments in force, such as <c>filters</c>.</param>
/// <param name="Arguments">The arguments, each with its place.</param>
internal sealed record EchoModel(IReadOnlyList<string> Members, IReadOnlyList<ArgumentEchoModel> Arguments)
{
    public static EchoModel None { get; } = new([], []);
}

/// <summary>The place where an answer repeats an argument.</summary>
/// <param name="Path">The names of the members from the root of the answer to the value.</param>
/// <param name="Kind">A name of the server's <c>EchoKind</c>.</param>
internal sealed record ArgumentEchoModel(string Argument, IReadOnlyList<string> Path, string Kind)
{
    public const string Value = "Value";
    public const string Complete = "Complete";
    public const string Id = "Id";
}
