using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Views;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Decides which clients see views (<c>Mcp:Views</c>).</summary>
internal sealed class ViewOffer(ViewOptions options, ToolViews views)
{
    /// <summary>Gets an offer of nothing.</summary>
    public static ViewOffer None { get; } = new(new(ViewMode.Off, null), ToolViews.None);

    public ToolViews Views => views;

    /// <summary>Gets whether any client sees views.</summary>
    public bool HasViews => options.Mode != ViewMode.Off && views.Count > 0;

    /// <summary>Gets whether all clients see views.</summary>
    public bool IsToAll => options.Mode == ViewMode.On && HasViews;

    /// <summary>Returns whether the sender of a message sees views.</summary>
    public bool IsMadeTo(MessageOrigin origin) => HasViews && (IsToAll || origin.ViewHost != ViewHost.None);

    /// <summary>Gets the origin for hosts that read it from a key of their own, or <see langword="null"/>.</summary>
    public string? Domain => options.Domain;

    /// <summary>Returns the domain of a view for the sender of a message, or <see langword="null"/>. Each host requires
    /// another form and may reject the view for a wrong one, so only known hosts get one.</summary>
    public string? DomainFor(MessageOrigin origin) => origin.ViewHost == ViewHost.WithOrigin ? options.Domain : null;
}
