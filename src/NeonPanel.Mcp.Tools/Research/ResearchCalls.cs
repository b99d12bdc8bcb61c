using System.Buffers;
using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Tools.Research;

/// <summary>The code that <c>search</c> and <c>fetch</c> share: calls of other tools with the caller's own credential,
/// and ids of records.</summary>
internal abstract class ResearchCalls(ResearchSources sources)
{
    /// <summary>Page size to request. A source without this argument uses its own page size.</summary>
    private const int PageSize = 60;

    /// <summary>Largest list to read, in bytes. As a document tree, a list takes up to ten times as much
    /// memory.</summary>
    private const int MaxListBytes = 1024 * 1024;

    protected ResearchSources Sources { get; } = sources;

    protected bool IsScoped(ResearchSource source) =>
        Sources.ScopeArgument is { } argument && source.List.Arguments.Properties.ContainsKey(argument);

    /// <summary>Calls a tool with the given arguments.</summary>
    protected static Task<RawResponse> SendAsync(
        ToolDescriptor tool,
        HttpClient http,
        Action<HttpRequestMessage>? configure,
        IReadOnlyList<(string Name, string? Value)> arguments,
        CancellationToken cancellationToken
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                if (value is not null && tool.Arguments.Properties.TryGetValue(name, out var shape))
                {
                    writer.WritePropertyName(name);
                    if ((shape.Kinds & ValueKinds.String) == 0 && value.All(char.IsAsciiDigit))
                    {
                        writer.WriteRawValue(value);
                    }
                    else
                    {
                        writer.WriteStringValue(value);
                    }
                }
            }

            writer.WriteEndObject();
        }

        return tool.Call(http, JsonElement.Parse(buffer.WrittenSpan), configure, cancellationToken);
    }

    /// <summary>Lists the records of a source: one page of the largest size.</summary>
    protected Task<RawResponse> ListAsync(
        ResearchSource source,
        HttpClient http,
        Action<HttpRequestMessage>? configure,
        string? scope,
        string? words,
        int page,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            source.List,
            http,
            configure,
            [
                (Sources.ScopeArgument ?? "", scope),
                (source.Search ?? "", words),
                (source.List.Paging.Size ?? "", SizeFor(source.List)),
                (source.List.Paging.Page ?? "", page.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ],
            cancellationToken
        );

    private static string SizeFor(ToolDescriptor list)
    {
        var most = list.Paging.Size is { } size ? list.Arguments.Properties[size].Maximum : null;
        return int.TryParse(most, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit < PageSize
            ? most!
            : PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture);
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

    protected static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var member)
            ? member.ValueKind switch
            {
                JsonValueKind.String => member.GetString(),
                JsonValueKind.Number => member.GetRawText(),
                _ => null,
            }
            : null;

    protected string UrlOf(JsonElement item) => Text(item, "link") ?? Text(item, "url") ?? Sources.Address;

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
