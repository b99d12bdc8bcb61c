namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Adds the services that read the arguments of a call.</summary>
internal static class ArgumentsSetup
{
    public static IServiceCollection AddArguments(this IServiceCollection services) =>
        services.AddSingleton(_ => LargeArgumentTurns.ForThisMachine());
}
