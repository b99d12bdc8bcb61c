using System.Globalization;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;

namespace NeonPanel.Mcp.Sandbox;

/// <summary>The command line of the sandbox.</summary>
/// <param name="Port">Port of the MCP server. The issuer and the API have the next one.</param>
/// <param name="Ledger">What the books hold.</param>
/// <param name="DataFile">The file that keeps what is written; <see langword="null"/> to keep nothing.</param>
internal sealed record SandboxArguments(int Port, IssuerBehavior Behavior, LedgerOptions Ledger, string? DataFile)
{
    private const int UsualPort = 3030;

    private static readonly Dictionary<
        string,
        Func<SandboxArguments, string, (SandboxArguments? Arguments, string? Fault)>
    > Options = new()
    {
        ["--port"] = (arguments, value) => arguments.WithPort(value),
        ["--issuer"] = (arguments, value) => arguments.WithIssuer(value),
        ["--seed"] = (arguments, value) => arguments.WithSeed(value),
        ["--today"] = (arguments, value) => arguments.WithToday(value),
        ["--companies"] = (arguments, value) =>
            arguments.WithCount(
                "--companies",
                value,
                LedgerOptions.FewestCompanies,
                LedgerOptions.MostCompanies,
                (ledger, count) => ledger with { Companies = count }
            ),
        ["--scale"] = (arguments, value) =>
            arguments.WithCount("--scale", value, 1, LedgerOptions.MostScale, (ledger, count) =>
                ledger with
                {
                    Scale = count,
                }
            ),
        ["--data"] = (arguments, value) => (arguments with { DataFile = value }, null),
    };

    /// <summary>The help, with every issuer.</summary>
    public static string Usage =>
        $"""
            NeonPanel.Mcp.Sandbox [--port N] [--issuer NAME] [--seed N] [--today DAY] [--companies N] [--scale N] [--data FILE]

              --port N       port of the MCP server (default {UsualPort}); the API and the issuer have N + 1
              --seed N       another seed makes other books (default {LedgerOptions.Default.Seed})
              --today DAY    last day of the books, YYYY-MM-DD (default {Json.Text(LedgerOptions.Default.Today)})
              --companies N  companies in all, {LedgerOptions.FewestCompanies} to {LedgerOptions.MostCompanies} (default {LedgerOptions.FewestCompanies})
              --scale N      how many times the usual number of documents, 1 to {LedgerOptions.MostScale}
              --data FILE    an SQLite file that keeps what is written; without it nothing is kept
              --issuer NAME  how the authorization server behaves:

            {string.Join(
                '\n',
                IssuerBehavior.All.Select(behavior => $"             {behavior.Name, -19} {behavior.Summary}")
            )}

            """;

    /// <summary>Reads the command line.</summary>
    /// <returns>The arguments, or one sentence that names what is wrong.</returns>
    public static (SandboxArguments? Arguments, string? Fault) Read(IReadOnlyList<string> args)
    {
        var result = new SandboxArguments(UsualPort, IssuerBehavior.Default, LedgerOptions.Default, null);
        for (var at = 0; at < args.Count; at++)
        {
            // As everywhere: "--name value" or "--name=value".
            var parts = args[at].Split('=', 2);
            var name = parts[0];
            if (!Options.TryGetValue(name, out var read))
            {
                return (
                    null,
                    $"There is no option '{name}'. The options are {string.Join(", ", Options.Keys)}; --help explains them."
                );
            }

            var value = parts.Length == 2 ? parts[1] : args.ElementAtOrDefault(++at);
            if (string.IsNullOrEmpty(value))
            {
                return (null, $"{name} needs a value.");
            }

            var (changed, fault) = read(result, value);
            if (changed is null)
            {
                return (null, fault);
            }

            result = changed;
        }

        return (result, null);
    }

    private (SandboxArguments? Arguments, string? Fault) WithSeed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? (this with { Ledger = Ledger with { Seed = seed } }, null)
            : (null, $"--seed must be a whole number, but is '{text}'.");

    private (SandboxArguments? Arguments, string? Fault) WithToday(string text)
    {
        var isDay = DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        return isDay && day >= LedgerOptions.ExampleDay && day <= LedgerOptions.LastDay
            ? (this with { Ledger = Ledger with { Today = day } }, null)
            : (
                null,
                $"--today must be a day from {Json.Text(LedgerOptions.ExampleDay)} to {Json.Text(LedgerOptions.LastDay)}, but is '{text}'."
            );
    }

    private (SandboxArguments? Arguments, string? Fault) WithCount(
        string name,
        string text,
        int least,
        int most,
        Func<LedgerOptions, int, LedgerOptions> set
    ) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count >= least
        && count <= most
            ? (this with { Ledger = set(Ledger, count) }, null)
            : (null, $"{name} must be a number from {least} to {most}, but is '{text}'.");

    private (SandboxArguments? Arguments, string? Fault) WithPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65534
            ? (this with { Port = port }, null)
            : (null, $"--port must be a number from 1 to 65534, but is '{text}'.");

    private (SandboxArguments? Arguments, string? Fault) WithIssuer(string name) =>
        IssuerBehavior.Find(name) is { } behavior
            ? (this with { Behavior = behavior }, null)
            : (
                null,
                $"--issuer must be one of {string.Join(", ", IssuerBehavior.All.Select(known => known.Name))}, but is '{name}'."
            );
}
