using System.Globalization;
using NeonPanel.Mcp.Server.Http;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>The verb <c>health</c>: checks whether the server in the same container is alive. An image without a shell
/// and <c>curl</c> uses it as its health check. It therefore builds no host and reads only the listening
/// address.</summary>
internal sealed class HealthVerb(HttpClient http, Func<string, string?> environment)
{
    /// <summary>Port of the container image, if no setting names another.</summary>
    private const int DefaultPort = 3030;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Checks the server on this machine that runs with the same environment variables.</summary>
    /// <returns>0 if the server answers, otherwise 1.</returns>
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

    // Same order as the host: ASPNETCORE_URLS before ASPNETCORE_HTTP_PORTS. Uses the first http address, because https
    // would also check the certificate's name, which says nothing about whether the server is alive.
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

    // An address that means "all addresses" is replaced by loopback, as a number, because an image may not resolve
    // names.
    private static Uri Healthz(string host, int port) =>
        new UriBuilder(
            "http",
            host is "*" or "+" or "localhost" or "0.0.0.0" or "[::]" ? "127.0.0.1" : host,
            port,
            "/healthz"
        ).Uri;
}
