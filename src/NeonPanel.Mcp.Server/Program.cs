using NeonPanel.Mcp.Server;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Tools.Generated;

if (args is ["--version"])
{
    Console.WriteLine(ServerBuilder.Version);
    return 0;
}

if (args is ["health"])
{
    return await HealthVerb.RunAsync();
}

if (args is ["doctor", ..])
{
    return await DoctorProgram.RunAsync(args[1..], Console.Out);
}

try
{
    var builder = ServerBuilder.Create(args).AddNeonPanelMcp(GeneratedCatalog.Create());
    await builder.Build().MapNeonPanelMcp().RunAsync();
    return 0;
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
