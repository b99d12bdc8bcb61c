using System.Globalization;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;

namespace NeonPanel.Mcp.Sandbox;

/// <summary>The command line of the sandbox.</summary>
/// <param name="Port">Port of the MCP server. The issuer and the API have the next one.</param>
internal sealed record SandboxArguments(int Port, IssuerBehavior Behavior)
{
    private const int UsualPort = 3030;

    /// <summary>The help, with every issuer.</summary>
    public static string Usage =>
        $"""
            NeonPanel.Mcp.Sandbox [--port N] [--issuer NAME]

              --port N       port of the MCP server (default {UsualPort}); the API and the issuer have N + 1
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
        var result = new SandboxArguments(UsualPort, IssuerBehavior.Default);
        for (var at = 0; at < args.Count; at++)
        {
            // As everywhere: "--name value" or "--name=value".
            var parts = args[at].Split('=', 2);
            var name = parts[0];
            if (name is not ("--port" or "--issuer"))
            {
                return (
                    null,
                    $"There is no option '{name}'. The options are --port and --issuer; --help explains them."
                );
            }

            var value = parts.Length == 2 ? parts[1] : args.ElementAtOrDefault(++at);
            if (value is null)
            {
                return (null, $"{name} needs a value.");
            }

            var (changed, fault) = name == "--port" ? result.WithPort(value) : result.WithIssuer(value);
            if (changed is null)
            {
                return (null, fault);
            }

            result = changed;
        }

        return (result, null);
    }

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
