using NeonPanel.Mcp.Server;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools.Generated;

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
    return await DoctorProgram.RunAsync(rest, Console.Out);
}

if (args is ["--help" or "-h" or "help", ..] or ["doctor", ..])
{
    await Console.Out.WriteAsync(Usage.Text);
    return 0;
}

if (args is [var word, ..] && Usage.IsUnknownVerb(word))
{
    await Console.Error.WriteAsync($"There is no verb '{word}'.\n{Usage.Text}");
    return 1;
}

try
{
    var builder = ServerBuilder.Create(args).AddNeonPanelMcp(GeneratedCatalog.Create());
    await using var app = builder.Build().MapNeonPanelMcp();
    await app.ListenAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
