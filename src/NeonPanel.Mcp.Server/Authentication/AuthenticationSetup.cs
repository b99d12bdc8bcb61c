using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Adds the validation of access tokens.</summary>
internal static class AuthenticationSetup
{
    private const long MaxKeySetBytes = 1024 * 1024;

    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services, AuthOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton<TokenValidator>()
            .AddSingleton<Challenges>()
            .AddSingleton(provider => new SigningKeys(
                options,
                KeyClient(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SigningKeys>>(),
                provider.GetRequiredService<ServerMetrics>()
            ));

    public static IApplicationBuilder UseTokenAuthentication(this IApplicationBuilder app) =>
        app.UseMiddleware<AuthenticationGate>().UseMiddleware<AnonymousAnswers>();

    private static HttpClient KeyClient() =>
        new(OutboundHandlers.Create(OutboundUse.SigningKeys)) { MaxResponseContentBufferSize = MaxKeySetBytes };
}
