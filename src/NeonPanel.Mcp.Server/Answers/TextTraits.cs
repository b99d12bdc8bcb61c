namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Properties of the strings of a JSON text, found while the text is checked.</summary>
[Flags]
internal enum TextTraits
{
    None = 0,

    /// <summary>An escape of a surrogate, which may lack its other half.</summary>
    Surrogates = 1,

    /// <summary>An escape that UTF-8 text does not need: <c>\/</c> or <c>\u00e9</c>.</summary>
    Escapes = 2,

    /// <summary>Characters that a reader does not see.</summary>
    Hidden = 4,

    /// <summary>Words that an instruction to a model has.</summary>
    Instructions = 8,

    /// <summary>Only characters of ASCII other than DEL, so that no character but an escaped one can be
    /// hidden.</summary>
    Ascii = 16,
}
