using System.Globalization;
using NeonPanel.Mcp.Server.Http;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>The verb <c>health</c>: asks the server of the same container whether it lives. It is what an image without
/// shell and <c>curl</c> checks itself with, so it builds no host and reads no settings but the listening
/// address.</summary>
internal sealed class HealthVerb(HttpClient http, Func<string, string?> environment)
{
    /// <summary>The port of the container, where nothing else is set.</summary>
    private const int DefaultPort = 3030;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Asks the server of this machine that was started with the same environment.</summary>
    /// <returns>0 when it answers, else 1.</returns>
    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient(OutboundHandlers.Create(OutboundUse.HealthVerb)) { Timeout = Longest };
        return await new HealthVerb(http, Environment.GetEnvironmentVariable).RunAsync(Console.Out);
    }

    public async Task<int> RunAsync(TextWriter output)
    {
        if (Address() is not { } address)
        {
            await output.WriteLineAsync("unhealthy: ASPNETCORE_URLS names no http address to ask.");
            return 1;
        }

        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            await output.WriteLineAsync(
                $"{(response.IsSuccessStatusCode ? "healthy" : "unhealthy")}: {address} answers {(int)response.StatusCode}."
            );
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException exception)
        {
            await output.WriteLineAsync($"unhealthy: {address} does not answer ({exception.HttpRequestError}).");
        }
        catch (TaskCanceledException)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"unhealthy: {address} does not answer within {http.Timeout.TotalSeconds} s."
                )
            );
        }

        return 1;
    }

    // As the host does: ASPNETCORE_URLS goes before ASPNETCORE_HTTP_PORTS. Of several addresses the first plain one:
    // TLS would ask for the name in a certificate, and tells nothing about whether the server lives.
    private Uri? Address()
    {
        if (environment("ASPNETCORE_URLS") is { Length: > 0 } urls)
        {
            return urls.Split(';', StringSplitOptions.TrimEntries)
                .Where(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                .Select(url => BindingAddress.Parse(url))
                .Where(binding => !binding.IsUnixPipe)
                .Select(binding => Healthz(binding.Host, binding.Port))
                .FirstOrDefault();
        }

        var ports = environment("ASPNETCORE_HTTP_PORTS")
            ?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [];
        return Healthz(
            "*",
            ports is [var first, ..]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? port
                : DefaultPort
        );
    }

    // What is listened to on all addresses is asked on loopback. By number: an image may know no names.
    private static Uri Healthz(string host, int port) =>
        new UriBuilder(
            "http",
            host is "*" or "+" or "localhost" or "0.0.0.0" or "[::]" ? "127.0.0.1" : host,
            port,
            "/healthz"
        ).Uri;
}
