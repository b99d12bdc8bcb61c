using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.LongWork;

/// <summary>Writes and reads the ids of tasks. The id itself is the state of the task: the tool, the arguments for the
/// tool that reads the state of the work, and the time at which it began, signed for one user. The server stores
/// nothing.</summary>
internal sealed class TaskIds(SignedText signed, ToolCatalog catalog, TimeProvider time)
{
    /// <summary>The time for which a task can be asked for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const string Purpose = "task";

    /// <summary>Longest id, in characters. <see cref="Calls.BegunWork"/> keeps those of this server shorter.</summary>
    private const int MaxChars = 4096;

    private const string LookForOutcome = "The work itself may go on: look for its outcome with the tools that read.";

    /// <param name="tool">The tool that was called.</param>
    /// <param name="owner">The subject of the caller's token.</param>
    /// <param name="arguments">The arguments for the tool that reads the state, as JSON text.</param>
    public LongTask Create(ToolDescriptor tool, string owner, ReadOnlyMemory<byte> arguments)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content, AnswerText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", tool.Name);
            writer.WriteNumber("at", now.ToUnixTimeMilliseconds());
            writer.WritePropertyName("with");
            writer.WriteRawValue(arguments.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new(
            signed.Write(Purpose, owner, Life, content.WrittenSpan),
            tool,
            now,
            JsonElement.Parse(arguments.Span)
        );
    }

    /// <param name="owner">The subject of the caller's token.</param>
    /// <param name="id">The id as the client sent it.</param>
    /// <param name="fault">A sentence that says why the id is not valid, and what to do.</param>
    public bool TryRead(
        string owner,
        string id,
        [NotNullWhen(true)] out LongTask? task,
        [NotNullWhen(false)] out string? fault
    )
    {
        task = null;
        var content = Array.Empty<byte>();
        var state = id.Length > MaxChars ? SignedTextState.Unreadable : signed.Read(Purpose, owner, id, out content);
        fault = Sentence(state);
        if (fault is not null)
        {
            return false;
        }

        var root = JsonElement.Parse(content);
        var name = root.GetProperty("tool").GetString()!;
        if (!catalog.TryGet(name, out var tool) || tool.Work is null)
        {
            fault = $"'params.taskId' belongs to the tool '{name}', which begins no tasks any more. {LookForOutcome}";
            return false;
        }

        var created = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("at").GetInt64());
        task = new(id, tool, created, root.GetProperty("with"));
        return true;
    }

    // Returns null if the id is valid.
    private static string? Sentence(SignedTextState state) =>
        state switch
        {
            SignedTextState.Valid => null,
            SignedTextState.Unreadable =>
                "'params.taskId' is not an id of this server: it is incomplete, too long, or of another server. Send the 'taskId' of the result of tools/call without change.",
            SignedTextState.Forged =>
                $"'params.taskId' does not have a signature of this server: it was changed, or signed with another key (Mcp:StateKey), such as that before a restart. {LookForOutcome}",
            SignedTextState.Foreign =>
                "'params.taskId' belongs to another user. Sign in as the user who began the task.",
            _ => $"'params.taskId' has expired: a task can be asked for {Life.TotalHours:0} h. {LookForOutcome}",
        };
}
