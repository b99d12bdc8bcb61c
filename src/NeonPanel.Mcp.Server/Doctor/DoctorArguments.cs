using System.Diagnostics.CodeAnalysis;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>The command line of <c>doctor</c>.</summary>
/// <param name="Client">Name of the client to imitate, or <see langword="null"/>.</param>
/// <param name="ClientId">Client id that a person enters in that client.</param>
/// <param name="Token">Access token to check, or <see langword="null"/>.</param>
/// <param name="Settings">All other arguments: settings in the form that the server reads.</param>
internal sealed record DoctorArguments(
    string? Client,
    string? ClientId,
    string? Token,
    bool IsJson,
    IReadOnlyList<string> Settings
)
{
    /// <summary>Reads the command line. An option is <c>--name value</c> or <c>--name=value</c>.</summary>
    /// <param name="fault">One sentence that names the fault.</param>
    public static bool TryRead(
        IReadOnlyList<string> args,
        [NotNullWhen(true)] out DoctorArguments? arguments,
        [NotNullWhen(false)] out string? fault
    )
    {
        arguments = null;
        var values = new Dictionary<string, string>();
        var settings = new List<string>();
        var isJson = false;
        for (var at = 0; at < args.Count; at++)
        {
            var parts = args[at].Split('=', 2);
            if (args[at] == "--json")
            {
                isJson = true;
            }
            else if (parts[0] is not ("--as" or "--issuer" or "--client-id" or "--token"))
            {
                settings.Add(args[at]);
            }
            else if ((parts.Length == 2 ? parts[1] : args.ElementAtOrDefault(++at)) is { } value)
            {
                values[parts[0]] = value;
            }
            else
            {
                fault = $"'{parts[0]}' needs a value after it.";
                return false;
            }
        }

        var client = values.GetValueOrDefault("--as");
        if (client is null && values.ContainsKey("--client-id"))
        {
            fault = "'--client-id' goes with '--as CLIENT'.";
            return false;
        }

        if (values.TryGetValue("--issuer", out var issuer))
        {
            settings.Add("--Auth:Issuer=" + issuer);
        }

        fault = null;
        arguments = new(
            client,
            values.GetValueOrDefault("--client-id"),
            WithoutScheme(values.GetValueOrDefault("--token")),
            isJson,
            settings
        );
        return true;
    }

    // A person may copy the whole value of an Authorization header.
    private static string? WithoutScheme(string? token) =>
        token?.Trim() is { } text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? text["Bearer ".Length..].Trim()
            : token?.Trim();
}
