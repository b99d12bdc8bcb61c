using System.Net;
using System.Net.Http.Headers;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>What a caller of the raw client gets of the API's response.</summary>
public sealed class RawCallTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [TestCase("Application/JSON; charset=\"UTF-8\"", "application/json", "UTF-8")]
    [TestCase("text/csv;charset=iso-8859-1", "text/csv", "iso-8859-1")]
    [TestCase("text/csv", "text/csv", null)]
    [TestCase(null, null, null)]
    public async Task Response_ContentType_IsLowerCaseWithItsCharsetApart(
        string? sent,
        string? mediaType,
        string? charset
    )
    {
        var response = await SendAsync(_ =>
        {
            var content = new ByteArrayContent("[1]"u8.ToArray());
            content.Headers.ContentType = sent is null ? null : MediaTypeHeaderValue.Parse(sent);
            return new(HttpStatusCode.Created) { Content = content };
        });
        Assert.That((response.ContentType, response.Charset), Is.EqualTo((mediaType, charset)));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(response.Body.ToArray(), Is.EqualTo("[1]"u8.ToArray()));
    }

    [Test]
    public async Task Response_Headers_AreGiven()
    {
        var response = await SendAsync(_ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.PartialContent)
            {
                Content = new ByteArrayContent([]),
                Headers = { { "X-Request-Id", "r-1" }, { "Retry-After", "7" } },
            };
            answer.Content.Headers.Add("Content-Range", "items 0-9/57");
            return answer;
        });
        Assert.That(
            (response.RequestId, response.ContentRange, response.RetryAfter),
            Is.EqualTo(("r-1", "items 0-9/57", TimeSpan.FromSeconds(7)))
        );
        Assert.That(response.Headers!.GetValues("X-Request-Id"), Is.EqualTo(new[] { "r-1" }));
    }

    [Test]
    public async Task Response_WithoutThoseHeaders_HasNone()
    {
        var response = await SendAsync(_ => new(HttpStatusCode.NoContent));
        Assert.That(
            (response.RequestId, response.ContentRange, response.RetryAfter),
            Is.EqualTo(((string?)null, (string?)null, (TimeSpan?)null))
        );
    }

    // A handler that has read the whole body saves the copy.
    [Test]
    public async Task Response_BodyThatAHandlerRead_IsTaken()
    {
        var response = await SendAsync(request =>
        {
            request.Options.Set(RawCall.Body, "read"u8.ToArray());
            return new(HttpStatusCode.OK) { Content = new ByteArrayContent("other"u8.ToArray()) };
        });
        Assert.That(response.Body.ToArray(), Is.EqualTo("read"u8.ToArray()));
    }

    [Test]
    public async Task Request_IsConfiguredBeforeItIsSent()
    {
        string? sent = null;
        using var handler = new Answering(request =>
        {
            sent = request.Headers.Authorization?.ToString();
            return new(HttpStatusCode.OK);
        });
        using var http = new HttpClient(handler) { BaseAddress = Address };
        await RawCall.SendAsync(
            http,
            Get("/a"),
            Json("{}"),
            request => request.Headers.Authorization = new("Bearer", "t"),
            CancellationToken.None
        );
        Assert.That(sent, Is.EqualTo("Bearer t"));
    }

    [Test]
    public void Client_WithoutBaseAddress_IsADefectWithTheNextStep()
    {
        using var http = new HttpClient();
        Assert.That(
            async () => await RawCall.SendAsync(http, Get("/a"), Json("{}"), null, CancellationToken.None),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The HttpClient has no BaseAddress: set it to the API's address."
            )
        );
    }

    // RFC 9110 §10.2.3: seconds, or a date, which the response's own clock explains.
    [TestCase("120", null, 120)]
    [TestCase("Mon, 30 Nov 2026 12:00:30 GMT", null, 30)]
    [TestCase("Mon, 30 Nov 2026 12:00:30 GMT", "Mon, 30 Nov 2026 12:00:10 GMT", 20)]
    [TestCase("Mon, 30 Nov 2026 12:00:30 GMT", "Mon, 30 Nov 2026 13:00:00 GMT", 0)]
    [TestCase("soon", null, null)]
    [TestCase(null, "Mon, 30 Nov 2026 12:00:10 GMT", null)]
    public void RetryAfter_SecondsOrDate_IsAPauseThatIsNeverNegative(string? value, string? date, int? seconds)
    {
        using var response = new HttpResponseMessage();
        if (value is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        }

        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        Assert.That(
            RetryAfter.Of(response, Now),
            Is.EqualTo(seconds is { } pause ? TimeSpan.FromSeconds(pause) : (TimeSpan?)null)
        );
    }

    private static async Task<RawResponse> SendAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var handler = new Answering(answer);
        using var http = new HttpClient(handler) { BaseAddress = Address };
        return await RawCall.SendAsync(http, Get("/a"), Json("{}"), configure: null, CancellationToken.None);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer(request));
    }
}
