using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Adds what calls need that wait for forms. With Redis, answers reach the calls of other instances.</summary>
internal static class FormsSetup
{
    public static IServiceCollection AddForms(this IServiceCollection services, bool hasRedis)
    {
        services
            .AddSingleton<InstanceName>()
            .AddSingleton<WaitingForms>()
            .AddSingleton<FormPlaces>()
            .AddSingleton<FormDialog>()
            .AddSingleton<FormMessages>()
            .AddSingleton<IRelayReceiver>(provider => provider.GetRequiredService<FormMessages>());
        return hasRedis
            ? services
                .AddSingleton<RedisRelay>()
                .AddHostedService(provider => provider.GetRequiredService<RedisRelay>())
            : services;
    }
}
