using Amazon.CDK;
using NeonPanel.Mcp.Deploy;

try
{
    var app = new App();
    _ = new NeonPanelMcpStack(app, StackSettings.Read(name => app.Node.TryGetContext(name)));
    app.Synth();
    return 0;
}
catch (StackSettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
