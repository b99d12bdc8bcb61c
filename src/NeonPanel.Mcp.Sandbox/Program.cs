using NeonPanel.Mcp.Sandbox;

if (args.Contains("--help") || args.Contains("-h"))
{
    await Console.Out.WriteAsync(SandboxArguments.Usage);
    return 0;
}

var (arguments, fault) = SandboxArguments.Read(args);
if (arguments is null)
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

SandboxHost sandbox;
var port = arguments.Port;
try
{
    sandbox = await SandboxHost.StartAsync(
        port,
        arguments.Behavior,
        ledger: arguments.Ledger,
        dataFile: arguments.DataFile
    );
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync(
        $"The sandbox cannot listen on ports {port} and {port + 1}: {exception.Message} Choose others with --port N."
    );
    return 1;
}
catch (InvalidDataException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

await using (sandbox)
{
    var isPlain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    WelcomeScreen.Write(sandbox, Console.Out, isTerminal: !isPlain);
    await sandbox.WaitForShutdownAsync();
}

return 0;
