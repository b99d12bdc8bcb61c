using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Doctor.Clients;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Runs <c>doctor</c>: checks a deployment, or imitates a client at an issuer.</summary>
internal static class DoctorProgram
{
    private const long MaxBytes = 1024 * 1024;

    /// <returns>0 if no fault keeps clients from connecting, otherwise 1.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, ToolCatalog catalog)
    {
        if (!DoctorArguments.TryRead(args, out var arguments, out var fault))
        {
            await output.WriteLineAsync(fault);
            return 1;
        }

        var client = arguments.Client is { } name ? ClientHabits.Find(name) : null;
        if (arguments.Client is not null && client is null)
        {
            await output.WriteLineAsync(
                $"'--as' must be one of {string.Join(", ", ClientHabits.All.Select(known => known.Name))}, but is '{arguments.Client}'."
            );
            return 1;
        }

        var builder = ServerBuilder.Create([.. arguments.Settings]);
        using var http = new HttpClient(OutboundHandlers.Create(OutboundUse.Doctor))
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = MaxBytes,
        };
        var report = client is null
            ? await new DoctorVerb(catalog, http, TimeProvider.System).RunAsync(
                builder.Configuration,
                builder.Environment.IsDevelopment(),
                arguments.Token
            )
            : await ActAsync(client, arguments.ClientId, http, builder.Configuration, catalog);
        await output.WriteAsync(arguments.IsJson ? report.ToJson() + "\n" : report.ToText());
        return report.IsHealthy ? 0 : 1;
    }

    /// <summary>Imitates a client with the settings of a deployment. Without <c>Server:PublicUrl</c> it uses the
    /// address of a local server, because only the parameter <c>resource</c> depends on it.</summary>
    public static async Task<DoctorReport> ActAsync(
        ClientHabits client,
        string? clientId,
        HttpClient http,
        IConfiguration configuration,
        ToolCatalog catalog
    )
    {
        var settings = new SettingsReader(configuration);
        var server = ServerOptions.Read(settings, isDevelopment: true);
        var auth = AuthOptions.Read(settings, server, api: null, catalog);
        if (settings.Faults.Count > 0)
        {
            var report = new DoctorReport();
            foreach (var fault in settings.Faults)
            {
                report.Fault("settings", fault, "Correct the setting.");
            }

            return report;
        }

        return await new ClientPlay(
            client,
            new(http),
            auth.Issuer,
            server.PublicUrl + "/mcp",
            auth.AdvertisedScopes,
            clientId
        ).RunAsync();
    }
}
