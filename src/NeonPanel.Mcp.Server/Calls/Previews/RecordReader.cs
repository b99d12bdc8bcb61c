using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Reads one record with a tool that reads, with the caller's own credential.</summary>
internal sealed class RecordReader(ToolCatalog catalog, UpstreamCaller caller, AuthOptions auth, TimeProvider time)
{
    /// <summary>Most pages of a list to search for the record.</summary>
    private const int MaxPages = 5;

    /// <summary>Largest answer to read, in bytes. As a document tree, it takes up to ten times as much
    /// memory.</summary>
    private const int MaxBytes = 1024 * 1024;

    // Shorter than the deadline of the tool call (rule A9).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <param name="call">The call of the write.</param>
    /// <param name="arguments">Its arguments, with values in place of names.</param>
    public async Task<RecordReading> ReadAsync(
        RecordSource source,
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        if (!catalog.TryGet(source.Tool, out var tool) || !auth.NeededScopes(tool).All(call.Token.Scopes.Contains))
        {
            return Failed($"{source.Tool} needs a scope that the sign-in does not grant.");
        }

        var key = source.Key is { } name ? JsonPlaces.Text(arguments, name) : null;
        if ((source.Key is not null && key is null) || Scope(source, arguments) is not { } scope)
        {
            return Failed($"{source.Tool} needs an argument that the call does not have.");
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReadAsync(source, key, call with { Tool = tool, Arrays = null }, scope, both.Token);
        }
        catch (JsonException)
        {
            return Failed($"{tool.Name} answered with invalid JSON.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{tool.Name} did not answer within {Deadline.TotalSeconds:0} s.");
        }
    }

    private async Task<RecordReading> ReadAsync(
        RecordSource source,
        string? key,
        CallContext call,
        NameScope scope,
        CancellationToken cancellationToken
    )
    {
        var arguments = new ListRequest(call.Tool, scope, null).FirstPage();
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await caller.SendAsync(call, arguments, cancellationToken);
            if (answer.Failure is { } failure)
            {
                return new(null, failure);
            }

            if (answer.Response!.Body.Length > MaxBytes)
            {
                return Failed($"{source.Tool} returned more than can be compared.");
            }

            var json = AnswerCharset.ReadableJson(answer.Response);
            using var document = JsonDocument.Parse(json);
            if (Find(document.RootElement, source, key) is { } record)
            {
                return new(record.Clone());
            }

            var next = key is null
                ? null
                : PageArguments.Next(call.Tool, arguments, document.RootElement, json.Span, page, out _);
            if (next is null)
            {
                return Failed($"{source.Tool} does not contain it.");
            }

            arguments = next.Value;
        }

        return Failed($"the first {MaxPages} pages of {source.Tool} do not contain it.");
    }

    private static JsonElement? Find(JsonElement answer, RecordSource source, string? key)
    {
        if (source.Path.Length == 0)
        {
            return answer.ValueKind == JsonValueKind.Object ? answer : null;
        }

        foreach (var record in JsonPlaces.At(answer, source.Path))
        {
            if (key is null || JsonPlaces.Text(record, source.KeyMember) == key)
            {
                return record;
            }
        }

        return null;
    }

    private static NameScope? Scope(RecordSource source, JsonElement arguments)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var argument in source.Scope)
        {
            if (!arguments.TryGetProperty(argument.Call, out var value))
            {
                return null;
            }

            values.Add(KeyValuePair.Create(argument.List, value.GetRawText()));
        }

        return new(values);
    }

    private static RecordReading Failed(string sentence) => new(null, ToolResult.Failure(sentence));
}

/// <summary>The outcome of reading a record.</summary>
/// <param name="Record">The record, or <see langword="null"/> if it could not be read.</param>
/// <param name="Failure">Why it could not be read.</param>
internal sealed record RecordReading(JsonElement? Record, ToolResult? Failure = null);
