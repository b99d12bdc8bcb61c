using System.Net;
using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Tools.Research;

/// <summary>Reads the record with an id that <see cref="ResearchSearch"/> returned: <c>kind/id</c> or
/// <c>kind/scope/id</c>.</summary>
internal sealed class ResearchFetch(ResearchSources sources) : ResearchCalls(sources)
{
    private const int MaxPages = 10;

    // Stands for "no such record" after the list was read successfully.
    private static readonly JsonElement None = JsonElement.Parse("null"u8);

    public async Task<RawResponse> CallAsync(
        HttpClient http,
        JsonElement arguments,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken
    )
    {
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
        RawResponse answer;
        JsonElement record;
        if (source.Read is { } read)
        {
            answer = await SendAsync(
                    read,
                    http,
                    configure,
                    [(Sources.ScopeArgument ?? "", scope), (source.ReadArgument ?? "", parts[^1])],
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (!IsSuccess(answer))
            {
                return answer;
            }

            if (Json(answer) is not { } found)
            {
                return answer; // The caller reports what the answer is instead of JSON.
            }

            record = found;
        }
        else
        {
            (answer, record) = await FindAsync(source, scope, parts[^1], http, configure, cancellationToken)
                .ConfigureAwait(false);
            if (!IsSuccess(answer) || record.ValueKind == JsonValueKind.Undefined)
            {
                return answer;
            }
        }

        return record.ValueKind != JsonValueKind.Object ? Unknown() : Json(HttpStatusCode.OK, writer =>
            {
                writer.WriteString("id", id);
                writer.WriteString("title", $"{source.Kind}: {Text(record, source.Title) ?? parts[^1]}");
                writer.WriteString(
                    "text",
                    Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(record))
                );
                writer.WriteString("url", UrlOf(record));
                writer.WriteStartObject("metadata");
                writer.WriteString("kind", source.Kind);
                if (scope is not null)
                {
                    writer.WriteString(Sources.ScopeArgument!, scope);
                }

                writer.WriteEndObject();
            });
    }

    private async Task<(RawResponse Answer, JsonElement Record)> FindAsync(
        ResearchSource source,
        string? scope,
        string id,
        HttpClient http,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken
    )
    {
        for (var page = 1; ; page++)
        {
            var answer = await ListAsync(source, http, configure, scope, null, page, cancellationToken)
                .ConfigureAwait(false);
            if (!IsSuccess(answer))
            {
                return (answer, default);
            }

            if (ItemsOf(source, answer) is not { } items)
            {
                return (answer, default);
            }

            var record = items.Find(item => Text(item, source.Id) == id);
            if (record.ValueKind == JsonValueKind.Object)
            {
                return (answer, record);
            }

            if (items.Count == 0 || page == MaxPages || source.List.Paging.Page is null)
            {
                return (answer, None);
            }
        }
    }

    private static RawResponse Unknown() =>
        Json(HttpStatusCode.NotFound, writer =>
            writer.WriteString("message", "There is no record with this id. Use ids from search without changing them.")
        );
}
