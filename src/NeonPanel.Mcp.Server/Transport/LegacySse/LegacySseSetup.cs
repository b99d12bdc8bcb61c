namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Adds and maps the older transport, where it is on.</summary>
internal static class LegacySseSetup
{
    public static IServiceCollection AddLegacySse(this IServiceCollection services, LegacySseOptions options) =>
        services.AddSingleton(options).AddSingleton<LegacySseSessions>().AddSingleton<LegacySseServer>().AddSingleton<LegacySseEndpoints>();

    public static IEndpointRouteBuilder MapLegacySse(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetRequiredService<LegacySseOptions>().Enabled)
        {
            var legacySse = services.GetRequiredService<LegacySseEndpoints>();
            endpoints.MapGet("/sse", legacySse.OpenAsync);
            endpoints.MapPost("/messages", legacySse.PostAsync);
        }

        return endpoints;
    }
}
