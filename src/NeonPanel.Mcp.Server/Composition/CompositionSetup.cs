namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Adds the services that execute composed tools.</summary>
internal static class CompositionSetup
{
    public static IServiceCollection AddComposition(this IServiceCollection services, CompositionOptions options) =>
        services.AddSingleton(options).AddSingleton<Composer>();
}
