using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>Adds what the instances share: signed texts, and the connection to the other instances if
/// <c>Redis:ConnectionString</c> is set.</summary>
internal static class InstancesSetup
{
    public static IServiceCollection AddInstances(this IServiceCollection services, RedisOptions? redis, StateKey key)
    {
        services.AddSingleton(key).AddSingleton<SignedText>();
        return redis is null
            ? services
            : services
                .AddSingleton(redis)
                .AddSingleton<RedisConnection>()
                .AddSingleton<SharedUsers>()
                .AddSingleton<IUsersElsewhere>(provider => provider.GetRequiredService<SharedUsers>())
                .AddHostedService(provider => provider.GetRequiredService<SharedUsers>());
    }
}
