using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>The names that each token may look up. They are requested with that token's own rights and cached for five
/// minutes.</summary>
internal sealed class NamedThings(ToolCatalog catalog, UpstreamCaller caller, AuthOptions auth, TimeProvider time)
    : IDisposable
{
    private const int MaxPages = 20;

    /// <summary>Largest page to read, in bytes. As a document tree, a page takes up to ten times as much
    /// memory.</summary>
    private const int MaxPageBytes = 1024 * 1024;

    /// <summary>Largest list to cache, in characters (<see cref="NamedList.Size"/>). The rest of a longer list is not
    /// searched.</summary>
    private const int MaxListSize = 500_000;

    /// <summary>Size of all cached lists in characters: about 20 MB, because a character takes two bytes.</summary>
    private const int MaxKeptSize = 10_000_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // How long a failure is cached, so that parallel calls and immediate retries do not repeat the request.
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromSeconds(2);

    // Shorter than the deadline of the call that waits for the lookup (rule A9).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<Key, SharedLookup> running = [];
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxKeptSize });

    /// <summary>Returns the list that contains the names for an argument.</summary>
    /// <remarks>All calls with one token that need the same list share one lookup. Lookups of different tokens are
    /// independent. The lookup is cancelled when the last call that waits for it leaves.</remarks>
    public async Task<NamedList> ListAsync(
        ArgumentLookup lookup,
        AccessToken token,
        string correlationId,
        CancellationToken cancellationToken
    )
    {
        catalog.TryGet(lookup.List, out var tool);
        if (!auth.NeededScopes(tool).All(token.Scopes.Contains))
        {
            return new(
                [],
                Failure: ToolResult.Failure(
                    $"{lookup.List} needs a scope that the sign-in does not grant; send the {lookup.Value} itself."
                )
            );
        }

        // The key is per token, because another token of the same user may have other rights. It is a hash, so that the
        // table does not contain the token.
        var key = new Key(
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value))),
            lookup.List,
            lookup.Items,
            lookup.Value,
            string.Join('\n', lookup.Match)
        );
        SharedLookup? shared;
        lock (gate)
        {
            if (
                kept.TryGetValue(key, out (NamedList List, DateTimeOffset Until) known)
                && time.GetUtcNow() < known.Until
            )
            {
                return known.List;
            }

            if (!running.TryGetValue(key, out shared))
            {
                var lookupOfKey = running[key] = shared = new();
                shared.Start(
                    cancelled => AskAsync(lookup, tool!, token, correlationId, cancelled),
                    list => End(key, lookupOfKey, list)
                );
            }

            shared.Enter();
        }

        try
        {
            return await shared.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                if (shared.Leave())
                {
                    Forget(key, shared);
                }
            }
        }
    }

    public void Dispose() => kept.Dispose();

    // Without a list, the lookup was cancelled or met a defect of the server, which its callers report.
    private void End(Key key, SharedLookup lookup, NamedList? list)
    {
        lock (gate)
        {
            Forget(key, lookup);
            lookup.Dispose();
            if (list is not null)
            {
                var lifetime = list.Failure is null ? Lifetime : LifetimeOfFailure;
                kept.Set(
                    key,
                    (list, time.GetUtcNow() + lifetime),
                    new MemoryCacheEntryOptions { Size = list.Size, AbsoluteExpirationRelativeToNow = lifetime }
                );
            }
        }
    }

    // After a cancellation, a new lookup may already have taken its place.
    private void Forget(Key key, SharedLookup lookup)
    {
        if (running.GetValueOrDefault(key) == lookup)
        {
            running.Remove(key);
        }
    }

    private static NamedList Failed(string sentence) => new([], Failure: ToolResult.Failure(sentence));

    private async Task<NamedList> AskAsync(
        ArgumentLookup lookup,
        ToolDescriptor tool,
        AccessToken token,
        string correlationId,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var things = new List<NamedThing>();
        var (size, isWhole) = (0, false);
        try
        {
            var arguments = FirstPage(tool);
            for (var page = 1; page <= MaxPages && !isWhole; page++)
            {
                var answer = await caller.SendAsync(
                    tool,
                    tool.Call,
                    arguments,
                    token,
                    correlationId,
                    arrays: null,
                    both.Token
                );
                if (answer.Failure is { } failure)
                {
                    return new([], Failure: failure);
                }

                if (answer.Response!.Body.Length > MaxPageBytes)
                {
                    return Failed($"{lookup.List} returned more than can be searched; send the {lookup.Value} itself.");
                }

                using var document = JsonDocument.Parse(AnswerCharset.ReadableJson(answer.Response));
                var count = things.Count;
                foreach (var thing in Read(lookup, document.RootElement))
                {
                    size += NamedList.SizeOf(thing);
                    if (size > MaxListSize)
                    {
                        return new(things, IsWhole: false);
                    }

                    things.Add(thing);
                }

                var next = NextPage(tool, arguments, answer.Response, document.RootElement, page, out isWhole);
                isWhole |= things.Count == count;
                if (next is null)
                {
                    break;
                }

                arguments = next.Value;
            }

            return new(things, isWhole);
        }
        catch (JsonException)
        {
            return Failed($"{lookup.List} answered with invalid JSON.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(
                $"{lookup.List} did not answer within {Deadline.TotalSeconds:0} s; the call may be repeated."
            );
        }
    }

    private static JsonElement FirstPage(ToolDescriptor tool) =>
        tool.Paging.Page is { } page ? Page(tool, (page, "1")) : Page(tool, null);

    // The arguments of the next page; none after the last, nor where only an address leads to it.
    private static JsonElement? NextPage(
        ToolDescriptor tool,
        JsonElement arguments,
        RawResponse response,
        JsonElement answer,
        int page,
        out bool isWhole
    )
    {
        if (Paging.Number(answer, Paging.LastPage) is { } last && tool.Paging.Page is { } argument)
        {
            isWhole = page >= last;
            return isWhole ? null : Page(tool, (argument, (page + 1).ToString(CultureInfo.InvariantCulture)));
        }

        var pages = AnswerPages.Read(AnswerCharset.ReadableJson(response).Span);
        var next = pages.Next(tool, arguments);
        isWhole = next is null && pages.NextLink is null;
        return next?.Argument is { } name ? Page(tool, (name, next.Value)) : null;
    }

    // The largest pages that the schema allows.
    private static JsonElement Page(ToolDescriptor tool, (string Argument, string Value)? place)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (place is var (argument, value))
            {
                writer.WritePropertyName(argument);
                if (
                    (tool.Arguments.Properties[argument].Kinds & (ValueKinds.Integer | ValueKinds.Number)) != 0
                    && value.All(char.IsAsciiDigit)
                )
                {
                    writer.WriteRawValue(value);
                }
                else
                {
                    writer.WriteStringValue(value);
                }
            }

            if (tool.Paging.Size is { } size && tool.Arguments.Properties[size].Maximum is { } most)
            {
                writer.WritePropertyName(size);
                writer.WriteRawValue(most);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static IEnumerable<NamedThing> Read(ArgumentLookup lookup, JsonElement answer)
    {
        var items =
            answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(lookup.Items, out var member)
                ? member
                : answer;
        if (items.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var item in items.EnumerateArray())
        {
            // A longer text cannot be sent as a name.
            var names = lookup
                .Match.Select(name => Text(item, name))
                .OfType<string>()
                .Where(name => name.Length <= NameText.Longest)
                .Select(NameText.Plain)
                .Where(name => name.Length is > 0 and <= NameText.Longest)
                .ToList();
            // A value that is not valid Unicode would be changed when it is sent.
            if (
                Text(item, lookup.Value) is { Length: > 0 and <= NameText.Longest } value
                && !value.Contains('\uFFFD', StringComparison.Ordinal)
                && names.Count > 0
            )
            {
                yield return new(value, names);
            }
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out var member)
        && member.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? member.ToString()
            : null;

    private readonly record struct Key(string TokenHash, string List, string Items, string Value, string Match);
}
