using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>What each user may name, asked for with that user's own rights and kept for five minutes.</summary>
internal sealed class NamedThings(ToolCatalog catalog, UpstreamCaller caller, TimeProvider time) : IDisposable
{
    private const int MaxPages = 20;

    /// <summary>A page of things with more text than this is not read: as a document tree it takes up to ten times as much.</summary>
    private const int MaxPageBytes = 1024 * 1024;

    /// <summary>Most things that are kept, of all users together: some 20 MB.</summary>
    private const int MaxKept = 50_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Within the call that waits for it (rule A9).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    // Calls of one user that come at once ask once.
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<NamedList> ListAsync(ArgumentLookup lookup, AccessToken token, string correlationId, CancellationToken cancellationToken)
    {
        var key = (token.Subject, lookup.List, lookup.Items, lookup.Value, string.Join('\n', lookup.Match));
        var gate = gates[(uint)key.GetHashCode() % gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (kept.TryGetValue(key, out (NamedList List, DateTimeOffset Until) known) && time.GetUtcNow() < known.Until)
            {
                return known.List;
            }

            var list = await AskAsync(lookup, token, correlationId, cancellationToken);
            if (list.Failure is null)
            {
                kept.Set(key, (list, time.GetUtcNow() + Lifetime), new MemoryCacheEntryOptions
                {
                    Size = list.Things.Count + 1,
                    AbsoluteExpirationRelativeToNow = Lifetime,
                });
            }

            return list;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        kept.Dispose();
        foreach (var gate in gates)
        {
            gate.Dispose();
        }
    }

    private async Task<NamedList> AskAsync(ArgumentLookup lookup, AccessToken token, string correlationId, CancellationToken cancellationToken)
    {
        catalog.TryGet(lookup.List, out var tool);
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var things = new List<NamedThing>();
        var isWhole = false;
        try
        {
            for (var page = 1; page <= MaxPages && !isWhole; page++)
            {
                var answer = await caller.SendAsync(tool!, tool!.Call, Page(tool, page), token, correlationId, arrays: null, both.Token);
                if (answer.Failure is { } failure)
                {
                    return new([], Failure: failure);
                }

                if (answer.Response!.Body.Length > MaxPageBytes)
                {
                    return new([], Failure: ToolResult.Failure($"{lookup.List} answered with more than can be looked through; send the {lookup.Value} itself."));
                }

                using var document = JsonDocument.Parse(answer.Response.Body);
                var count = things.Count;
                things.AddRange(Read(lookup, document.RootElement));
                isWhole = things.Count == count || !tool.Arguments.Properties.ContainsKey(Paging.Page)
                    || Paging.Number(document.RootElement, Paging.LastPage) is not { } last || page >= last;
            }

            return new(things, isWhole);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: text that is half of a surrogate pair.
            return new([], Failure: ToolResult.Failure($"{lookup.List} answered with something that is no valid JSON."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new([], Failure: ToolResult.Failure($"{lookup.List} did not answer within {Deadline.TotalSeconds:0} s; the call may be repeated."));
        }
    }

    // The largest pages that the schema allows.
    private static JsonElement Page(ToolDescriptor tool, int page)
    {
        var most = tool.Arguments.Properties.GetValueOrDefault(Paging.PerPage)?.Maximum;
        var members = (IEnumerable<string>)
        [
            .. tool.Arguments.Properties.ContainsKey(Paging.Page) ? [$"\"{Paging.Page}\":{page}"] : Array.Empty<string>(),
            .. most is null ? [] : new[] { $"\"{Paging.PerPage}\":{most}" },
        ];
        using var document = JsonDocument.Parse("{" + string.Join(',', members) + "}");
        return document.RootElement.Clone();
    }

    private static IEnumerable<NamedThing> Read(ArgumentLookup lookup, JsonElement answer)
    {
        var items = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(lookup.Items, out var member) ? member : answer;
        if (items.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var item in items.EnumerateArray())
        {
            var names = lookup.Match.Select(name => Text(item, name)).OfType<string>().Select(NameText.Plain).Where(name => name.Length > 0).ToList();
            if (Text(item, lookup.Value) is { Length: > 0 } value && names.Count > 0)
            {
                yield return new(value, names);
            }
        }
    }

    private static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var member)
        && member.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.ToString() : null;
}
