using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Checks what the schema of a tool does not: <c>fields</c> and files. Follows the links to files that the API
/// expects as bytes.</summary>
internal sealed class CallPreparation(FileLinks files)
{
    /// <param name="valid">Arguments that are valid by the schema.</param>
    public async Task<PreparedCall> PrepareAsync(
        CallContext call,
        JsonElement valid,
        CancellationToken cancellationToken
    )
    {
        var tool = call.Tool;
        var violations = new List<string>();
        var fields = FieldSelection.Read(tool, valid, violations);
        var form =
            violations.Count == 0 && tool.Upload is { } upload ? FileArgument.Read(upload, valid, violations) : null;
        var linked =
            violations.Count == 0 ? await files.FollowAsync(tool, valid, call.Token.Subject, cancellationToken) : null;
        violations.AddRange(linked?.Refused ?? []);
        return new(linked?.Arguments ?? valid, fields, form, linked)
        {
            Failure = violations.Count > 0 ? UpstreamFailures.Refused(tool, violations) : null,
        };
    }
}

/// <summary>A call that can be sent, or the reason why it cannot.</summary>
/// <param name="Arguments">The arguments with files in place of links.</param>
/// <param name="Fields">The members of the answer to keep, or <see langword="null"/> for all.</param>
/// <param name="Form">The file of a tool that accepts a link or bytes, or <see langword="null"/>.</param>
/// <param name="Linked">The memory of fetched files.</param>
internal sealed record PreparedCall(
    JsonElement Arguments,
    FieldSelection? Fields,
    FileForm? Form,
    FilledArguments? Linked
) : IDisposable
{
    public ToolResult? Failure { get; init; }

    public void Dispose() => Linked?.Dispose();
}
