namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>Result of posting a message to a stream, or to a call that waits for it.</summary>
internal enum Admission
{
    /// <summary>The server handles the message and sends its response on the stream.</summary>
    Accepted,

    /// <summary>There is no stream with this id, and no call that waits for the message; it belongs to another user; or
    /// it is ending.</summary>
    NoSession,

    /// <summary>An earlier request with the same id is still in progress.</summary>
    IdInUse,

    /// <summary>It has files beside it, and its stream is on another instance.</summary>
    TooLong,

    /// <summary>The body is not exactly one JSON-RPC message.</summary>
    NoMessage,

    /// <summary>The user exceeds a limit on the instance that holds the stream.</summary>
    TooMany,

    /// <summary>The instance that holds the stream did not confirm. It may have received the message.</summary>
    Unreachable,
}
