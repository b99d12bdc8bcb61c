namespace NeonPanel.Mcp.Generator.Diagnostics;

/// <summary>Every diagnostic there is. A number is never reused.</summary>
internal static class DiagnosticIds
{
    /// <summary>The file cannot be read, or is neither JSON nor YAML.</summary>
    public const string Unreadable = "NPG001";

    /// <summary>The document is no OpenAPI description.</summary>
    public const string NotOpenApi = "NPG002";

    /// <summary>A reference leads nowhere or in a circle: the operation is left out.</summary>
    public const string Reference = "NPG003";

    /// <summary>The operation has no operation id; its tool is named after method and path.</summary>
    public const string NoOperationId = "NPG004";

    /// <summary>Two operations meet in one tool name.</summary>
    public const string NameClash = "NPG005";

    /// <summary>A path cannot be served safely.</summary>
    public const string UnsafePath = "NPG006";

    /// <summary>The OpenAPI reader found a fault in the document.</summary>
    public const string Structure = "NPG007";

    /// <summary>A reference leads out of the document.</summary>
    public const string ExternalReference = "NPG008";

    /// <summary>The overlay is no overlay, or one of its actions matches nothing or changes nothing.</summary>
    public const string Overlay = "NPG010";

    /// <summary>The overlay's own members (<c>x-mcp</c>) hold something unexpected.</summary>
    public const string OverlayMember = "NPG011";

    /// <summary>A schema says something that cannot be said to clients; it was loosened.</summary>
    public const string Loosened = "NPG012";

    /// <summary>The operation cannot be made a tool.</summary>
    public const string NotCallable = "NPG013";

    /// <summary>The document gives no tool at all.</summary>
    public const string NoTools = "NPG014";

    /// <summary>The arguments are too large for clients; texts or parts of their schema were left out.</summary>
    public const string Shortened = "NPG015";

    /// <summary>The lock differs from what the specification gives today.</summary>
    public const string Drift = "NPG020";

    /// <summary>A published tool would vanish, be renamed or break.</summary>
    public const string Vanished = "NPG021";

    /// <summary>A size beyond the budget of tokens.</summary>
    public const string Budget = "NPG030";

    /// <summary>Something that clients refuse.</summary>
    public const string Refused = "NPG031";

    /// <summary>A text that is missing.</summary>
    public const string NoText = "NPG032";

    /// <summary>A schema of arguments that contradicts its text, example, default or allowed values.</summary>
    public const string Contradiction = "NPG034";

    /// <summary>Two tools whose descriptions are too alike.</summary>
    public const string Alike = "NPG033";
}
