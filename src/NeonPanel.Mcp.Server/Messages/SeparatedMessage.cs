using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>A long message whose files stand beside it.</summary>
/// <param name="Rest">The message with a short text in the place of each file.</param>
/// <param name="Fault">Why the message is too long all the same, or <see langword="null"/>.</param>
internal sealed record SeparatedMessage(ReadOnlyMemory<byte> Rest, AttachedFiles Files, LongMessageFault? Fault = null)
{
    public static SeparatedMessage Of(LongMessageFault fault) => new(default, new(), fault);
}

/// <summary>Why a message is too long.</summary>
internal enum LongMessageFault
{
    /// <summary>It is no call of a tool that takes files.</summary>
    NoFileCall,

    /// <summary>It is too long without its files.</summary>
    Rest,

    /// <summary>Its files are too long.</summary>
    Files,
}
