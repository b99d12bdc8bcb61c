namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Adds the service that turns failures into sentences.</summary>
internal static class FailuresSetup
{
    public static IServiceCollection AddFailures(this IServiceCollection services) =>
        services.AddSingleton<UpstreamFailures>();
}
