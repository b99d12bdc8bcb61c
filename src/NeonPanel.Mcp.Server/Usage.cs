namespace NeonPanel.Mcp.Server;

/// <summary>The help text of the command line.</summary>
internal static class Usage
{
    public const string Text = """
        NeonPanel.Mcp.Server [--SETTING VALUE …]                              serves until it is told to stop
        NeonPanel.Mcp.Server doctor [--token T] [--json] [--SETTING VALUE …]  tells what keeps clients from connecting; exit code 0 or 1
        NeonPanel.Mcp.Server doctor --as CLIENT --issuer URL [--client-id ID] [--json] [--SETTING VALUE …]
                                                                              acts a client up to the sign-in page; exit code 0 or 1
        NeonPanel.Mcp.Server health                                           asks the running server of this machine; exit code 0 or 1
        NeonPanel.Mcp.Server --version                                        tells the version

        Settings come from appsettings.json, the environment (Server__PublicUrl=…) and the command line (--Server:PublicUrl …).

        """;

    /// <summary>Returns whether the first argument is neither a verb nor a setting in a form that .NET's command line
    /// provider reads.</summary>
    public static bool IsUnknownVerb(string word) =>
        word is not (['-' or '/', ..] or "doctor" or "health") && !word.Contains('=', StringComparison.Ordinal);
}
