namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>What became of a posted message.</summary>
internal enum Admission
{
    /// <summary>What comes of it goes down the stream.</summary>
    Accepted,

    /// <summary>There is no such stream, it is another user's, or it is ending.</summary>
    NoSession,

    /// <summary>A request with the same id is not answered yet.</summary>
    IdInUse,

    /// <summary>It has files beside it, and its stream is on another instance.</summary>
    TooLong,

    /// <summary>It is not one JSON-RPC message.</summary>
    NoMessage,

    /// <summary>The user is over a limit, on the instance that holds the stream.</summary>
    TooMany,

    /// <summary>Whether the instance that holds the stream has it is not known.</summary>
    Unreachable,
}
