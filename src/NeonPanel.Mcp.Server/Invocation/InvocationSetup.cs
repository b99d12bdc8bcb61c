using NeonPanel.Mcp.Server.Invocation.Names;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Adds the services that execute a tool call.</summary>
internal static class InvocationSetup
{
    public static IServiceCollection AddInvocation(this IServiceCollection services, InvocationOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton<UpstreamFailures>()
            .AddSingleton<UpstreamCaller>()
            .AddSingleton<AnswerHeaders>()
            .AddSingleton<AnswerReader>()
            .AddSingleton<NamedThings>()
            .AddSingleton<NameLookup>()
            .AddSingleton(_ => LargeArgumentTurns.ForThisMachine())
            .AddSingleton<ToolInvoker>();
}
