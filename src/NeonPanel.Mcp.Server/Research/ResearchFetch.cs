using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>Reads the record with an id that <see cref="ResearchSearch"/> returned: <c>kind/id</c> or
/// <c>kind/scope/id</c>.</summary>
internal sealed class ResearchFetch(ResearchSources sources) : ResearchCalls(sources)
{
    // Stands for "no such record" after the list was read successfully.
    private static readonly JsonElement None = JsonElement.Parse("null"u8);

    public async Task<RawResponse> CallAsync(
        HttpClient http,
        JsonElement arguments,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken
    )
    {
        var api = new ApiAccess(http, configure);
        var id = arguments.GetProperty("id").GetString()!;
        var parts = id.Split('/');
        if (
            Sources.Sources.FirstOrDefault(source =>
                source.Kind == parts[0] && parts.Length == (IsScoped(source) ? 3 : 2)
            )
            is not { } source
        )
        {
            return Unknown();
        }

        var scope = parts.Length == 3 ? parts[1] : null;
        var (answer, record) = source.Read is { } read
            ? await ReadAsync(api, read, source, scope, parts[^1], cancellationToken).ConfigureAwait(false)
            : await FindAsync(api, source, scope, parts[^1], cancellationToken).ConfigureAwait(false);
        if (record.ValueKind == JsonValueKind.Undefined)
        {
            return answer; // The caller reports the failure, or what the answer is instead of JSON.
        }

        if (record.ValueKind != JsonValueKind.Object)
        {
            return Unknown();
        }

        var within = scope is null ? null : await ScopeAsync(api, scope, cancellationToken).ConfigureAwait(false);
        return Document(id, source, record, scope, within);
    }

    private RawResponse Document(
        string id,
        ResearchSource source,
        JsonElement record,
        string? scope,
        ScopeRecord? within
    )
    {
        // The members that the list has may stand in an object of the whole record.
        var named = source.Inside is { } member && record.TryGetProperty(member, out var inside) ? inside : record;
        return Json(HttpStatusCode.OK, writer =>
        {
            writer.WriteString("id", id);
            writer.WriteString("title", RecordTitle.Of(source, named, within?.Short, id[(id.LastIndexOf('/') + 1)..]));
            writer.WriteString("text", RecordText.Of(record));
            writer.WriteString("url", UrlOf(record));
            writer.WriteStartObject("metadata");
            writer.WriteString("kind", source.Kind);
            if (scope is not null)
            {
                writer.WriteString(Sources.ScopeArgument!, scope);
            }

            if (within is { Name.Length: > 0 })
            {
                writer.WriteString(Sources.Scope!.Kind, within.Name);
            }

            writer.WriteEndObject();
        });
    }

    // Only the title needs it, so a failure is no failure of the call.
    private async Task<ScopeRecord?> ScopeAsync(ApiAccess api, string id, CancellationToken cancellationToken) =>
        Sources.Scope is null
            ? null
            : (await ScopesAsync(api, cancellationToken).ConfigureAwait(false)).Scopes.FirstOrDefault(scope =>
                scope.Id == id
            );

    private async Task<Found> ReadAsync(
        ApiAccess api,
        ToolDescriptor read,
        ResearchSource source,
        string? scope,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await api.SendAsync(
                read,
                [(Sources.ScopeArgument, scope), (source.ReadArgument, id)],
                cancellationToken
            )
            .ConfigureAwait(false);
        return new(answer, IsSuccess(answer) && Json(answer) is { } record ? record : default);
    }

    private async Task<Found> FindAsync(
        ApiAccess api,
        ResearchSource source,
        string? scope,
        string id,
        CancellationToken cancellationToken
    )
    {
        for (var page = 1; ; page++)
        {
            var answer = await ListAsync(api, source, new(scope, Page: page), cancellationToken).ConfigureAwait(false);
            if (!IsSuccess(answer))
            {
                return new(answer, default);
            }

            if (ItemsOf(source, answer) is not { } items)
            {
                return new(answer, default);
            }

            var record = items.Find(item => RecordTitle.Text(item, source.Id) == id);
            if (record.ValueKind == JsonValueKind.Object)
            {
                return new(answer, record);
            }

            if (items.Count == 0 || page == MaxPages || source.List.Paging.Page is null)
            {
                return new(answer, None);
            }
        }
    }

    private static RawResponse Unknown() =>
        Json(HttpStatusCode.NotFound, writer =>
            writer.WriteString("message", "There is no record with this id. Use ids from search without changing them.")
        );

    /// <param name="Answer">The last answer of the API.</param>
    /// <param name="Record">The record; <see cref="None"/> if the list does not have it; undefined if the answer is a
    /// failure or has another form.</param>
    private readonly record struct Found(RawResponse Answer, JsonElement Record);
}
