using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Adds the download of files that an argument links to.</summary>
internal static class FilesSetup
{
    public static IServiceCollection AddFiles(this IServiceCollection services, FileDownloadOptions options) =>
        services
            .AddSingleton(provider => new FileBudget(options.MaxBytes, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new FileDownload(
                options,
                FileDownload.PublicHandler(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<FileLinks>()
            .AddSingleton<FileFetch>();
}
