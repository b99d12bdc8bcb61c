namespace NeonPanel.Mcp.Generator.Diagnostics;

/// <summary>The ids of all diagnostics. A number is never reused.</summary>
internal static class DiagnosticIds
{
    /// <summary>The file cannot be read, or is neither JSON nor YAML.</summary>
    public const string Unreadable = "NPG001";

    /// <summary>The document is not an OpenAPI description.</summary>
    public const string NotOpenApi = "NPG002";

    /// <summary>A reference has no target or is circular. The operation is left out.</summary>
    public const string Reference = "NPG003";

    /// <summary>The operation has no operation id. Its tool is named after method and path.</summary>
    public const string NoOperationId = "NPG004";

    /// <summary>Two operations would have the same tool name.</summary>
    public const string NameClash = "NPG005";

    /// <summary>A path cannot be served safely.</summary>
    public const string UnsafePath = "NPG006";

    /// <summary>The OpenAPI reader found a fault in the document.</summary>
    public const string Structure = "NPG007";

    /// <summary>A reference points to another document.</summary>
    public const string ExternalReference = "NPG008";

    /// <summary>The file is not an overlay, or one of its actions matches or changes nothing.</summary>
    public const string Overlay = "NPG010";

    /// <summary>A member of <c>x-mcp</c> in the overlay has an unexpected value.</summary>
    public const string OverlayMember = "NPG011";

    /// <summary>A schema contains something that cannot be expressed for clients, so it accepts more than the
    /// original.</summary>
    public const string Loosened = "NPG012";

    /// <summary>The operation cannot be made a tool.</summary>
    public const string NotCallable = "NPG013";

    /// <summary>The document yields no tools.</summary>
    public const string NoTools = "NPG014";

    /// <summary>The arguments are too large for clients, so texts or parts of their schema were left out.</summary>
    public const string Shortened = "NPG015";

    /// <summary>The lock differs from the result of the current specification.</summary>
    public const string Drift = "NPG020";

    /// <summary>A published tool would disappear, be renamed or break.</summary>
    public const string Vanished = "NPG021";

    /// <summary>A size exceeds the token budget.</summary>
    public const string Budget = "NPG030";

    /// <summary>A tool contains something that clients reject.</summary>
    public const string Refused = "NPG031";

    /// <summary>A text is missing.</summary>
    public const string NoText = "NPG032";

    /// <summary>The schema of an argument contradicts its text, example, default or allowed values.</summary>
    public const string Contradiction = "NPG034";

    /// <summary>A profile lacks a tool that one of its tools names.</summary>
    public const string IncompleteProfile = "NPG035";

    /// <summary>A skill is malformed, or names a tool, argument, value or profile that the catalogue lacks.</summary>
    public const string Skill = "NPG036";

    /// <summary>A directory would refuse the server, or advises against something (<c>check --for</c>).</summary>
    public const string Directory = "NPG040";

    /// <summary>The publish file cannot be used.</summary>
    public const string PublishFile = "NPG041";

    /// <summary>The descriptions of two tools are too similar.</summary>
    public const string Alike = "NPG033";
}
