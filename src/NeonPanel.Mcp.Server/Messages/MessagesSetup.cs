using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Adds the reading of messages.</summary>
internal static class MessagesSetup
{
    /// <param name="maxFileBytes">Most bytes of all files of a call.</param>
    /// <param name="maxRequestBytes">Most bytes of a message without them.</param>
    public static IServiceCollection AddMessages(
        this IServiceCollection services,
        ToolCatalog catalog,
        long maxFileBytes,
        long maxRequestBytes
    ) =>
        services
            .AddSingleton(new FileCalls(catalog, maxFileBytes, maxRequestBytes))
            .AddSingleton<BodyFiller>()
            .AddSingleton<LongMessageReader>()
            .AddSingleton<MessageReader>();
}
