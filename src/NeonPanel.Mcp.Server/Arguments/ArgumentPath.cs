using System.Globalization;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>The current position of a walk through the arguments.</summary>
internal sealed class ArgumentPath
{
    private const int LongestName = 64;
    private const int LongestPath = 160;

    private readonly List<(string? Name, int Index)> steps = [];

    public bool IsRoot => steps.Count == 0;

    /// <summary>Returns whether the position is an argument with this name.</summary>
    public bool IsOnly(string? name) => name is not null && steps is [{ Name: { } only }] && only == name;

    public void Enter(string name) => steps.Add((name, 0));

    public void Enter(int index) => steps.Add((null, index));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    /// <summary>Returns the argument's name, or for a value inside an argument a JSON Pointer (RFC 6901) such as
    /// <c>/details/0/rate</c>. Long paths are shortened, because callers choose the names.</summary>
    public override string ToString()
    {
        if (steps is [{ Name: { } only }])
        {
            return Shown(only);
        }

        var pointer = string.Concat(
            steps.Select(step =>
                "/"
                + (
                    step.Name is { } name
                        ? Shown(name)
                            .Replace("~", "~0", StringComparison.Ordinal)
                            .Replace("/", "~1", StringComparison.Ordinal)
                        : step.Index.ToString(CultureInfo.InvariantCulture)
                )
            )
        );
        return pointer.Length > LongestPath
            ? pointer[..(LongestPath / 2)] + "…" + pointer[^(LongestPath / 2)..]
            : pointer;
    }

    /// <summary>Returns a name in a form that is safe in a message.</summary>
    public static string Shown(string name)
    {
        var plain = string.Concat(
            name.Take(LongestName)
                .Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character)
        );
        return name.Length > LongestName ? plain + "…" : plain;
    }
}
