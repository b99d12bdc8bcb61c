using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Adds and maps the older transport if <c>Mcp:LegacySse:Enabled</c> is true. With Redis, messages reach the
/// streams of other instances.</summary>
internal static class LegacySseSetup
{
    public static IServiceCollection AddLegacySse(this IServiceCollection services, LegacySseOptions options)
    {
        if (!options.Enabled)
        {
            return services;
        }

        services
            .AddSingleton(options)
            .AddSingleton<LegacySseSessions>()
            .AddSingleton<LegacySseServer>()
            .AddSingleton<MessageDelivery>()
            .AddSingleton<IRelayReceiver>(provider => provider.GetRequiredService<MessageDelivery>());
        return services.AddSingleton<LegacySseEndpoints>();
    }

    public static IEndpointRouteBuilder MapLegacySse(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<LegacySseEndpoints>() is { } legacySse)
        {
            endpoints.MapGet("/sse", legacySse.OpenAsync);
            endpoints.MapPost("/messages", legacySse.PostAsync);
        }

        return endpoints;
    }
}
