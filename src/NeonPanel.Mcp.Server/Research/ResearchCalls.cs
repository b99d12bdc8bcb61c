using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>The code that <c>search</c> and <c>fetch</c> share: calls of other tools with the caller's own credential,
/// and ids of records.</summary>
internal abstract class ResearchCalls(ResearchSources sources)
{
    /// <summary>Page size to request. A source without this argument uses its own page size.</summary>
    private const int PageSize = 60;

    /// <summary>Most pages of a list without a search of its own.</summary>
    protected const int MaxPages = 10;

    /// <summary>Largest list to read, in bytes. As a document tree, a list takes up to ten times as much
    /// memory.</summary>
    private const int MaxListBytes = 1024 * 1024;

    protected ResearchSources Sources { get; } = sources;

    protected bool IsScoped(ResearchSource source) =>
        Sources.ScopeArgument is { } argument && source.List.Arguments.Properties.ContainsKey(argument);

    /// <summary>Lists the records of a source: one page of the largest size.</summary>
    protected Task<RawResponse> ListAsync(
        ApiAccess api,
        ResearchSource source,
        ListQuery query,
        CancellationToken cancellationToken
    ) =>
        api.SendAsync(
            source.List,
            [
                (Sources.ScopeArgument, query.Scope),
                (source.Search, query.Words),
                (source.List.Paging.Size, SizeFor(source.List)),
                (source.List.Paging.Page, query.Page.ToString(CultureInfo.InvariantCulture)),
            ],
            cancellationToken
        );

    /// <summary>Reads one page of a list.</summary>
    protected async Task<Listed> PageAsync(
        ApiAccess api,
        ResearchSource source,
        ListQuery query,
        CancellationToken cancellationToken
    )
    {
        var answer = await ListAsync(api, source, query, cancellationToken).ConfigureAwait(false);
        return IsSuccess(answer) && ItemsOf(source, answer) is { } items ? new(items) : new([], answer);
    }

    /// <summary>Reads a list to its end, at most <see cref="MaxPages"/> pages.</summary>
    protected async Task<Listed> AllPagesAsync(
        ApiAccess api,
        ResearchSource source,
        string? scope,
        CancellationToken cancellationToken
    )
    {
        var all = new List<JsonElement>();
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await ListAsync(api, source, new(scope, Page: page), cancellationToken).ConfigureAwait(false);
            if (!IsSuccess(answer) || ItemsOf(source, answer) is not { } items)
            {
                return new(all, answer);
            }

            all.AddRange(items);
            if (items.Count == 0 || source.List.Paging.Page is null || IsLastPage(answer, page))
            {
                break;
            }
        }

        return new(all);
    }

    /// <summary>Reads the records that limit searches.</summary>
    /// <returns>The failed answer, if the list could not be read.</returns>
    protected async Task<(IReadOnlyList<ScopeRecord> Scopes, RawResponse? Refused)> ScopesAsync(
        ApiAccess api,
        CancellationToken cancellationToken
    )
    {
        var scope = Sources.Scope!;
        var listed = await AllPagesAsync(api, scope, null, cancellationToken).ConfigureAwait(false);
        return (
            [
                .. listed
                    .Items.Select(item => new ScopeRecord(
                        RecordTitle.Text(item, scope.Id) ?? "",
                        RecordTitle.Text(item, scope.Title) ?? "",
                        Sources.ScopeShort is { } member ? RecordTitle.Text(item, member) ?? "" : ""
                    ))
                    .Where(record => record.Id.Length > 0),
            ],
            listed.Items.Count == 0 ? listed.Failed : null
        );
    }

    private static bool IsLastPage(RawResponse answer, int page) =>
        Json(answer) is { } root && Paging.Number(root, Paging.LastPage) is { } last && page >= last;

    private static string SizeFor(ToolDescriptor list)
    {
        var most = list.Paging.Size is { } size ? list.Arguments.Properties[size].Maximum : null;
        return int.TryParse(most, CultureInfo.InvariantCulture, out var limit) && limit < PageSize
            ? most!
            : PageSize.ToString(CultureInfo.InvariantCulture);
    }

    protected static bool IsSuccess(RawResponse response) => (int)response.StatusCode is >= 200 and < 300;

    /// <summary>Returns the items of an answer; an empty list if the answer does not have the expected list.</summary>
    /// <returns><see langword="null"/> if the answer is not JSON.</returns>
    /// <exception cref="HttpRequestException">The answer is too large.</exception>
    protected static List<JsonElement>? ItemsOf(ResearchSource source, RawResponse response)
    {
        if (response.Body.IsEmpty)
        {
            return [];
        }

        if (response.Body.Length > MaxListBytes)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded);
        }

        if (Json(response) is not { } root)
        {
            return null;
        }

        return
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty(source.Items, out var items)
            && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : [];
    }

    /// <summary>Parses an answer as JSON. All its strings are valid Unicode.</summary>
    /// <returns><see langword="null"/> if the answer is not JSON.</returns>
    protected static JsonElement? Json(RawResponse response)
    {
        try
        {
            return JsonElement.Parse(AnswerCharset.ReadableJson(response).Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A record without a page of its own has no address: the home page would be cited as if it showed the record.
    protected static string UrlOf(JsonElement item) =>
        RecordTitle.Text(item, "link") ?? RecordTitle.Text(item, "url") ?? "";

    protected static string IdOf(ResearchSource source, string? scope, string id) =>
        scope is null ? $"{source.Kind}/{id}" : $"{source.Kind}/{scope}/{id}";

    protected static RawResponse Json(HttpStatusCode status, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return new(status, "application/json", null, buffer.WrittenMemory, null);
    }
}
