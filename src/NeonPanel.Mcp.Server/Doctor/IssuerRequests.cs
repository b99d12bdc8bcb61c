using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Sends the doctor's requests. It does not throw for any response: a hostile or broken response becomes a
/// reason for the report.</summary>
internal sealed partial class IssuerRequests(HttpClient http)
{
    private const int MaxExcerpt = 200;

    public Task<IssuerResponse> GetAsync(Uri address) => SendAsync(new(HttpMethod.Get, address));

    public Task<IssuerResponse> PostAsync(Uri address, JsonObject body) =>
        SendAsync(
            new(HttpMethod.Post, address)
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            }
        );

    /// <summary>Fetches a JSON object.</summary>
    /// <returns>The object of a successful response, or the end of a sentence that says what is wrong with the
    /// response.</returns>
    public async Task<IssuerDocument> FetchAsync(Uri address)
    {
        var response = await GetAsync(address);
        return new(response.IsSuccess ? response.Document : null, response.Reason);
    }

    /// <summary>Parses a JSON object, and decodes every string in it once, so that later reads cannot fail.</summary>
    /// <returns>The object, or the end of a sentence that says what is wrong with the text.</returns>
    public static IssuerDocument Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.TrimStart(" \t\r\n"u8).StartsWith("<"u8))
        {
            return new(null, "answers with HTML instead of JSON");
        }

        try
        {
            // Duplicate members are rejected here, because JsonObject throws at the first access to one of them.
            var node = JsonNode.Parse(utf8, documentOptions: new() { AllowDuplicateProperties = false });
            ReadTexts(node);
            return new(node as JsonObject, "answers with something else than a JSON object");
        }
        catch (JsonException exception)
        {
            return new(
                null,
                exception.Message.Contains("uplicate", StringComparison.Ordinal)
                    ? "answers with JSON that names a member twice"
                    : "answers with something else than JSON"
            );
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return new(null, "answers with JSON whose text is not valid Unicode");
        }
    }

    private async Task<IssuerResponse> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request);
                // Read as bytes: JSON is UTF-8 (RFC 8259 §8.1), and the header may name a charset that does not exist.
                var bytes = await response.Content.ReadAsByteArrayAsync();
                var body = Parse(bytes);
                var status = (int)response.StatusCode;
                return new(
                    status,
                    body.Document,
                    Location(response),
                    response.IsSuccessStatusCode ? body.Reason : $"answers with status {status}",
                    Excerpt(bytes)
                );
            }
            // UriFormatException: the host name is not valid.
            catch (Exception exception)
                when (exception
                        is HttpRequestException
                            or UriFormatException
                            or OperationCanceledException
                            or IOException
                )
            {
                return new(null, null, null, "cannot be reached: " + exception.Message, "");
            }
        }
    }

    // The raw header, because the typed one is null if the value is not a URI.
    private static string? Location(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Location", out var values) ? values.First() : null;

    // The parser finds lone surrogates and broken UTF-8 only when the string is read.
    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    ReadTexts(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    ReadTexts(item);
                }

                break;
            case JsonValue value:
                value.TryGetValue<string>(out _);
                break;
        }
    }

    private static string Excerpt(byte[] page)
    {
        var text = Encoding.UTF8.GetString(page.AsSpan(0, Math.Min(page.Length, 16 * 1024)));
        text = WebUtility.HtmlDecode(Tags().Replace(text, " "));
        text = Spaces().Replace(text, " ").Trim();
        return text.Length > MaxExcerpt ? text[..MaxExcerpt] + "…" : text;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}

/// <summary>The response of a server.</summary>
/// <param name="Status">The status, or <see langword="null"/> if no response arrived.</param>
/// <param name="Document">The body, if it is a JSON object.</param>
/// <param name="Location">The <c>Location</c> header as sent.</param>
/// <param name="Reason">End of a sentence that says what is wrong with the response.</param>
/// <param name="Excerpt">The beginning of the body without tags, for the report.</param>
internal sealed record IssuerResponse(
    int? Status,
    JsonObject? Document,
    string? Location,
    string Reason,
    string Excerpt
)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsRedirect => Status is >= 300 and < 400 && Location is not null;
}
