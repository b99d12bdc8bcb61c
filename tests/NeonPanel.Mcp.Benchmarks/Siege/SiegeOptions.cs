using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Options of the verb <c>siege</c>.</summary>
internal sealed record SiegeOptions
{
    public const string Usage =
        "siege [--short] [--only NAME]… [--server DIRECTORY] [--memory MEGABYTES] [--port PORT] [--list]";

    /// <summary>Gets whether each attack takes a second or two instead of ten.</summary>
    public bool IsShort { get; private init; }

    public bool IsList { get; private init; }

    /// <summary>Gets the attacks to run; all of them when it is empty. A name also selects those that begin with
    /// it.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>Gets the folder of a published server; without it the siege publishes one.</summary>
    public string? Server { get; init; }

    /// <summary>Gets the memory limit in MiB: that of the task in deploy/.</summary>
    public int Memory { get; private init; } = 1024;

    public int Port { get; private init; } = 4900;

    public TimeSpan Length => TimeSpan.FromSeconds(IsShort ? 1.2 : 10);

    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static SiegeOptions Read(string[] arguments)
    {
        var (options, only) = (new SiegeOptions(), new List<string>());
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            switch (name)
            {
                case "--short":
                    options = options with { IsShort = true };
                    break;
                case "--list":
                    options = options with { IsList = true };
                    break;
                case "--only":
                    only.Add(Value(rest, name));
                    break;
                case "--server":
                    options = options with { Server = Value(rest, name) };
                    break;
                case "--memory":
                    options = options with { Memory = Number(rest, name) };
                    break;
                case "--port":
                    options = options with { Port = Number(rest, name) };
                    break;
                default:
                    throw new ArgumentException($"'{name}' is no option of siege. Usage: {Usage}");
            }
        }

        return options with
        {
            Only = only,
        };
    }

    public bool Selects(Attack attack) =>
        Only.Count == 0 || Only.Any(name => attack.Name.StartsWith(name, StringComparison.Ordinal));

    private static string Value(Queue<string> rest, string name) =>
        rest.TryDequeue(out var value) ? value : throw new ArgumentException($"'{name}' needs a value. Usage: {Usage}");

    private static int Number(Queue<string> rest, string name) =>
        int.TryParse(Value(rest, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{name}' needs a whole number. Usage: {Usage}");
}
