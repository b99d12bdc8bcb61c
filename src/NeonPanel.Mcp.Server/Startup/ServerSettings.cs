using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Calls.Repeats;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Server.Composition;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Transport.LegacySse;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Startup;

/// <summary>The settings of all folders. The server and the verb <c>doctor</c> both read them here, so they find the
/// same faults.</summary>
internal sealed record ServerSettings(
    ServerOptions Server,
    AuthOptions Auth,
    DiscoveryOptions Discovery,
    UpstreamOptions Upstream,
    CredentialOptions Credential,
    TransportOptions Transport,
    ViewOptions Views,
    AnswerOptions Answers,
    TotalsOptions Totals,
    CompositionOptions Composition,
    FileDownloadOptions Files,
    LimitOptions Limits,
    LegacySseOptions LegacySse,
    RedisOptions? Redis,
    StateKey StateKey,
    RepeatOptions Repeats,
    FormOptions Forms,
    TelemetryOptions Telemetry
)
{
    /// <summary>Reads all settings. If the reader's fault list is not empty afterwards, the result must not be
    /// used.</summary>
    public static ServerSettings Read(SettingsReader settings, bool isDevelopment, ToolCatalog catalog)
    {
        var server = ServerOptions.Read(settings, isDevelopment);
        var limits = LimitOptions.Read(settings);
        var upstream = UpstreamOptions.Read(settings, catalog, limits.CallsPerMinutePerUser);
        var credential = CredentialOptions.Read(settings, catalog);
        return new(
            server,
            AuthOptions.Read(
                settings,
                server,
                credential.Kind == CredentialKind.Forward ? upstream.BaseAddress : null,
                catalog
            ),
            DiscoveryOptions.Read(settings, server, catalog),
            upstream,
            credential,
            TransportOptions.Read(settings, catalog),
            ViewOptions.Read(settings, server),
            AnswerOptions.Read(settings),
            TotalsOptions.Read(settings),
            CompositionOptions.Read(settings),
            FileDownloadOptions.Read(settings),
            limits,
            LegacySseOptions.Read(settings),
            RedisOptions.Read(settings),
            StateKey.Read(settings),
            RepeatOptions.Read(settings),
            FormOptions.Read(settings),
            TelemetryOptions.Read(settings)
        );
    }
}
