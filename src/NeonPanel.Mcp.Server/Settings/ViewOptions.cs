namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Which MCP hosts the server offers views of tool results.</summary>
/// <param name="Domain">The origin that is this server's own among all that ChatGPT shows, such as
/// <c>https://mcp.example.com</c>; <see langword="null"/> if the server has no public one.</param>
internal sealed record ViewOptions(ViewMode Mode, string? Domain)
{
    private const string ModeName = "Mcp:Views";
    private const string DomainName = "Mcp:ViewDomain";

    public static ViewOptions Read(SettingsReader settings, ServerOptions server) =>
        new(ReadMode(settings), ReadDomain(settings, server));

    // The setting was a flag: 'true' meant all clients.
    private static ViewMode ReadMode(SettingsReader settings)
    {
        if (bool.TryParse(settings.Text(ModeName), out var isOn))
        {
            return isOn ? ViewMode.On : ViewMode.Off;
        }

        return settings.Choice(ModeName, ViewMode.Auto);
    }

    private static string? ReadDomain(SettingsReader settings, ServerOptions server)
    {
        if (settings.Text(DomainName) is not { } text)
        {
            return server.PublicUrl.StartsWith("https://", StringComparison.Ordinal)
                ? new Uri(server.PublicUrl).GetLeftPart(UriPartial.Authority)
                : null;
        }

        if (text.StartsWith("https://", StringComparison.Ordinal) && SettingsReader.IsOrigin(text))
        {
            return text;
        }

        settings.Fault(DomainName, "must be an https origin without a path, such as 'https://mcp.example.com'", text);
        return null;
    }
}

/// <summary>To whom views are offered.</summary>
internal enum ViewMode
{
    /// <summary>To nobody.</summary>
    Off,

    /// <summary>To clients that announce MCP Apps.</summary>
    Auto,

    /// <summary>To all clients.</summary>
    On,
}
