namespace NeonPanel.Mcp.Server;

/// <summary>The help text of the command line.</summary>
internal static class Usage
{
    /// <param name="program">The name of the executable.</param>
    public static string Of(string program) =>
        $"""
            {program} [--SETTING VALUE …]                              serves until it is told to stop
            {program} doctor [--token T] [--json] [--SETTING VALUE …]  tells what keeps clients from connecting; exit code 0 or 1
            {program} doctor --as CLIENT --issuer URL [--client-id ID] [--json] [--SETTING VALUE …]
            {new string(
                ' ',
                program.Length
            )}                                                    acts a client up to the sign-in page; exit code 0 or 1
            {program} health                                           asks the running server of this machine; exit code 0 or 1
            {program} --version                                        tells the version

            Settings come from appsettings.json, the environment (Server__PublicUrl=…) and the command line (--Server:PublicUrl …).

            """;

    /// <summary>Returns whether the first argument is neither a verb nor a setting in a form that .NET's command line
    /// provider reads.</summary>
    public static bool IsUnknownVerb(string word) =>
        word is not (['-' or '/', ..] or "doctor" or "health") && !word.Contains('=', StringComparison.Ordinal);
}
