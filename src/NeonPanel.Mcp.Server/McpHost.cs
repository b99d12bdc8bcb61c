using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server;

/// <summary>The command line of a server. A program that serves a catalog consists of one call of this class.</summary>
public static class McpHost
{
    /// <summary>Runs the verb that the arguments name. Without a verb, serves until the process is told to
    /// stop.</summary>
    /// <param name="args">The arguments of the command line: a verb, or settings such as
    /// <c>--Server:PublicUrl=…</c>.</param>
    /// <param name="catalog">Creates the tools. It runs only if the verb needs them.</param>
    /// <returns>The exit code of the process: 0, or 1 after a message on standard error.</returns>
    public static async Task<int> RunAsync(string[] args, Func<ToolCatalog> catalog)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(catalog);
        if (args is ["--version"])
        {
            Console.WriteLine(ServerVersion.Number);
            return 0;
        }

        if (args is ["health"])
        {
            return await HealthVerb.RunAsync();
        }

        if (args is ["doctor", .. var rest] && !rest.Contains("--help"))
        {
            return await DoctorProgram.RunAsync(rest, Console.Out, catalog());
        }

        if (args is ["--help" or "-h" or "help", ..] or ["doctor", ..])
        {
            await Console.Out.WriteAsync(Usage.Of(AppDomain.CurrentDomain.FriendlyName));
            return 0;
        }

        if (args is [var word, ..] && Usage.IsUnknownVerb(word))
        {
            await Console.Error.WriteAsync(
                $"There is no verb '{word}'.\n{Usage.Of(AppDomain.CurrentDomain.FriendlyName)}"
            );
            return 1;
        }

        return await ServeAsync(args, catalog());
    }

    private static async Task<int> ServeAsync(string[] args, ToolCatalog catalog)
    {
        try
        {
            await using var app = await StartAsync(args, catalog);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>Starts a server inside this process, for example in a test. The caller disposes it.</summary>
    /// <param name="args">Settings such as <c>--Server:PublicUrl=…</c>.</param>
    /// <param name="catalog">The tools.</param>
    /// <exception cref="InvalidOperationException">Settings are wrong or missing; the message lists all of
    /// them.</exception>
    public static async Task<WebApplication> StartAsync(string[] args, ToolCatalog catalog)
    {
        var app = ServerBuilder.Create(args).AddNeonPanelMcp(catalog).Build().MapNeonPanelMcp();
        try
        {
            await app.ListenAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
