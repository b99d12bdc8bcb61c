namespace NeonPanel.Mcp.Agent;

/// <summary>Options of a verb: <c>--name value</c> or <c>--name=value</c>, and switches without a value.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = [];

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">An option is unknown or lacks its value.</exception>
    public static Options Read(IReadOnlyList<string> args, IReadOnlyList<string> names, IReadOnlyList<string> switches)
    {
        var result = new Options();
        for (var at = 0; at < args.Count; at++)
        {
            var parts = args[at].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "";
            if (switches.Contains(name))
            {
                result.values[name] = "";
                continue;
            }

            if (!names.Contains(name))
            {
                throw new FormatException(
                    $"There is no option '{args[at]}'. The options are {string.Join(", ", names.Concat(switches).Select(known => "--" + known))}."
                );
            }

            result.values[name] = (parts.Length == 2 ? parts[1] : args.ElementAtOrDefault(++at))
                ?? throw new FormatException($"--{name} needs a value.");
        }

        return result;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>A whole number above zero.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int Number(string name, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, out var number) && number > 0
            ? number
            : throw new FormatException($"--{name} must be a whole number above zero, but is '{text}'.");
    }
}
