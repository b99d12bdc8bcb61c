using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>The verb's command line: what is not its own is a setting, as for the server.</summary>
internal static class DoctorProgram
{
    private const long MaxBytes = 1024 * 1024;

    /// <returns>0 when nothing keeps clients from connecting, else 1.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        // As settings are given: "--name value" or "--name=value".
        const string option = "--token";
        var rest = args.SelectMany(argument => argument.StartsWith(option + "=", StringComparison.Ordinal) ? [option, argument[(option.Length + 1)..]] : (string[])[argument]).ToList();
        var isJson = rest.Remove("--json");
        string? token = null;
        if (rest.IndexOf(option) is var at and >= 0)
        {
            if (at + 1 == rest.Count)
            {
                await output.WriteLineAsync("'--token' needs a token behind it.");
                return 1;
            }

            token = WithoutScheme(rest[at + 1]);
            rest.RemoveRange(at, 2);
        }

        var builder = ServerBuilder.Create([.. rest]);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = MaxBytes,
        };
        var report = await new DoctorVerb(GeneratedCatalog.Create(), http, TimeProvider.System)
            .RunAsync(builder.Configuration, builder.Environment.IsDevelopment(), token);
        await output.WriteAsync(isJson ? report.ToJson() + "\n" : report.ToText());
        return report.IsHealthy ? 0 : 1;
    }

    // Copied out of a header as it stood there.
    private static string WithoutScheme(string token) =>
        token.Trim().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? token.Trim()["Bearer ".Length..].Trim() : token.Trim();
}
