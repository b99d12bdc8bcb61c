using NeonPanel.Mcp.Sandbox;

var port = 3030;
if (args is ["--port", var text] && (!int.TryParse(text, out port) || port is < 1 or > 65534))
{
    await Console.Error.WriteLineAsync($"--port must be a number from 1 to 65534, but is '{text}'.");
    return 2;
}

SandboxHost sandbox;
try
{
    sandbox = await SandboxHost.StartAsync(port);
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync($"The sandbox cannot listen on ports {port} and {port + 1}: {exception.Message} Choose others with --port N.");
    return 1;
}

await using (sandbox)
{
    var isPlain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    WelcomeScreen.Write(sandbox, Console.Out, isTerminal: !isPlain);
    await sandbox.WaitForShutdownAsync();
}

return 0;
