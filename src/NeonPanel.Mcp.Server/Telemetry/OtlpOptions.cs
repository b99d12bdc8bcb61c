using NeonPanel.Mcp.Server.Settings;
using OpenTelemetry.Exporter;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The collector to which the server exports traces, metrics and logs.</summary>
/// <param name="Setting">Name of the setting that contains the address.</param>
/// <param name="Endpoint">Base address of the collector. Over HTTP, paths such as <c>/v1/traces</c> are
/// appended.</param>
/// <param name="Timeout">Longest time for exporting one batch. Up to three batches may be in progress when the server
/// stops.</param>
internal sealed record OtlpOptions(string Setting, Uri Endpoint, OtlpExportProtocol Protocol, TimeSpan Timeout)
{
    private const string Own = "Telemetry:OtlpEndpoint";

    // Names from the OpenTelemetry specification (OTLP Exporter Configuration). The exporter itself reads the headers.
    private const string Endpoints = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocols = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Timeouts = "OTEL_EXPORTER_OTLP_TIMEOUT";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string OverHttp = "http/protobuf";

    public static OtlpOptions? Read(SettingsReader settings)
    {
        var name = settings.Text(Own) is null ? Endpoints : Own;
        if (settings.Text(name) is null)
        {
            return null;
        }

        var endpoint = settings.Url(name, null);
        // The specification's default. It works through proxies, and needs no HTTP/2 without TLS.
        var protocol =
            settings.Choice(Protocols, OverHttp, OverHttp, "grpc") == OverHttp
                ? OtlpExportProtocol.HttpProtobuf
                : OtlpExportProtocol.Grpc;
        var milliseconds = settings.Integer(Timeouts, 3000, 1, 60_000);
        if (
            settings.Text(Headers) is { } headers
            && !headers.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0)
        )
        {
            // The message omits the value, because the value may contain a credential.
            settings.Faults.Add(
                $"{Headers} must be pairs such as 'name=value,name=value', but cannot be read as such."
            );
        }

        return endpoint is null ? null : new(name, new(endpoint), protocol, TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Returns the address for one signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public Uri Of(string signal) =>
        Protocol == OtlpExportProtocol.Grpc ? Endpoint : new(Endpoint.AbsoluteUri.TrimEnd('/') + "/v1/" + signal);
}
