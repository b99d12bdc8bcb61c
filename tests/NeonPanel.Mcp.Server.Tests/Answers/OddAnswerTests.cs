using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Answers that are right though unusual, and what only their headers say.</summary>
internal sealed class OddAnswerTests
{
    private static readonly ToolDescriptor Read = Describe("readIt", isRead: true);
    private static readonly ToolDescriptor Write = Describe("writeIt", isRead: false);
    private static readonly RequestTemplate Template = new(
        "GET",
        "/read",
        [
            new("page[after]", ParameterLocation.Query, "page_after", ParameterStyle.Form, Explode: true),
            new("limit", ParameterLocation.Query, "limit", ParameterStyle.Form, Explode: true),
        ]
    );

    [TestCase("windows-1252", new byte[] { 0x80, 0xE4 }, "€ä")]
    [TestCase("iso-8859-1", new byte[] { 0x93, 0xE4 }, "“ä", Description = "as browsers read it")]
    [TestCase("ISO-8859-15", new byte[] { 0xA4 }, "€")]
    [TestCase("Shift_JIS", new byte[] { 0x93, 0xFA, 0x96, 0x7B }, "日本")]
    [TestCase("gbk", new byte[] { 0xC4, 0xA3 }, "模", Description = "also valid UTF-8, by chance")]
    [TestCase("gb18030", new byte[] { 0xD6, 0xD0, 0x94, 0x39, 0xFC, 0x36 }, "中😀")]
    [TestCase("big5", new byte[] { 0xA4, 0xA4 }, "中")]
    [TestCase("euc-kr", new byte[] { 0xC7, 0xD1 }, "한")]
    [TestCase("koi8-r", new byte[] { 0xD2 }, "р")]
    [TestCase("utf8", new byte[] { 0xC3, 0xA4 }, "ä")]
    [TestCase("us-ascii", new byte[] { 0xC3, 0xA4 }, "ä", Description = "JSON that is UTF-8 under another name")]
    [TestCase("gb18030", new byte[] { 0xFF }, "\uFFFD")]
    public void Read_JsonOfACharset_IsDecodedWithoutANote(string charset, byte[] letters, string expected)
    {
        var result = Answer(
            Read,
            Response(body: [.. "{\"a\":\" "u8, .. letters, .. " \"}"u8]) with
            {
                Charset = charset,
            }
        );
        Assert.That(Json(result).GetProperty("a").GetString(), Is.EqualTo($" {expected} "));
        Assert.That(result.Notes, Is.Empty);
    }

    [TestCase("text/plain")]
    [TestCase("application/json")]
    public void Read_UnknownCharset_IsReplacedAndNoted(string type)
    {
        var body = type == "text/plain" ? (byte[])[.. "a "u8, 0x80] : [.. "{\"value\":\"a "u8, 0x80, .. "\"}"u8];
        var result = Answer(Read, Response(body: body) with { ContentType = type, Charset = "x-unheard-of" });
        Assert.That(Json(result).GetProperty("value").GetString(), Is.EqualTo("a \uFFFD"));
        Assert.That(result.Notes.Single(), Does.Contain("charset 'x-unheard-of'").And.Contain("U+FFFD"));
    }

    [Test]
    public void Read_Utf16_IsDecodedByItsByteOrderMark()
    {
        var result = Answer(Read, Response(body: [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"a\":\"ä\"}")]));
        Assert.That(Json(result).GetProperty("a").GetString(), Is.EqualTo("ä"));
    }

    [Test]
    public void Read_NotModified_IsNoFailure()
    {
        var result = Answer(Read, Response(HttpStatusCode.NotModified));
        Assert.That(result.IsError, Is.False);
        Assert.That(result.Text, Does.StartWith("Not changed"));
        Assert.That(Json(result).GetRawText(), Is.EqualTo("""{"status":"not_changed"}"""));
    }

    [TestCase(64, false)]
    [TestCase(65, true)]
    [TestCase(5000, true)]
    public void Read_DeepJson_IsPassedOn(int levels, bool isText)
    {
        var json = new string('[', levels) + "1" + new string(']', levels);
        var result = Answer(Read, Response(body: Encoding.UTF8.GetBytes(json)));
        Assert.That(result.IsError, Is.False);
        Assert.That(result.Notes, isText ? Has.One.Contains("deeper than 64 levels") : Is.Empty);
        Assert.That(
            isText ? Json(result).GetProperty("value").GetString() : Encoding.UTF8.GetString(result.Structured.Span),
            Does.Contain(json)
        );
    }

    // As a text it would be cut to nothing, after it has cost ten times its size.
    [TestCase(true, "Ask for less.")]
    [TestCase(false, "Do not repeat the call; read the record to see what was done.")]
    public void Read_DeepAndLongJson_IsCalledTooDeep(bool isRead, string expected)
    {
        var result = Answer(isRead ? Read : Write, Response(body: Encoding.UTF8.GetBytes(new string('[', 40_001))));
        Assert.That((result.IsError, result.FailureKind), Is.EqualTo((true, FailureKind.TooLarge)));
        Assert.That(result.Text, Does.Contain("deeper than 64 levels").And.EndsWith(expected));
    }

    [TestCase(" ", "application/json")]
    [TestCase("\r\n", "text/plain")]
    [TestCase("\n", null)]
    public void Read_BlankBody_IsLikeNone(string body, string? type)
    {
        var blank = Response(body: Encoding.UTF8.GetBytes(body)) with { ContentType = type };
        Assert.That(Json(Answer(Write, blank)).GetRawText(), Is.EqualTo("""{"status":"done"}"""));
        Assert.That(Json(Answer(Read, blank)).GetRawText(), Is.EqualTo("""{"status":"empty"}"""));
    }

    [TestCase("{\"a\":1}", false)]
    [TestCase("{\"a\":", true)]
    public void Read_PartThatNobodyAskedFor_IsNoticed(string body, bool isError)
    {
        var part = Response(HttpStatusCode.PartialContent, Encoding.UTF8.GetBytes(body)) with
        {
            ContentRange = "bytes 0-9/100",
        };
        var result = Answer(Read, part);
        Assert.That(result.IsError, Is.EqualTo(isError));
        Assert.That(result.Notes.Single(), Does.Contain("only a part").And.Contain("bytes 0-9/100"));
        Assert.That(Answer(Read, part, isPartAsked: true).Notes, Is.Empty);
    }

    [TestCase("/write/42", "/write/42", "42")]
    [TestCase("https://api.example.test/v1/write/42?x=1", "/v1/write/42?x=1", "42")]
    [TestCase(
        "https://user:pass@elsewhere.example/up%20loads/a%2Fb/",
        "https://elsewhere.example/up%20loads/a%2Fb/",
        "a/b"
    )]
    public void Read_CreatedWithoutABody_TellsWhere(string location, string address, string id)
    {
        var result = Answer(Write, Response(HttpStatusCode.Created, [], ("Location", location)));
        Assert.That(Json(result).GetProperty("status").GetString(), Is.EqualTo("done"));
        Assert.That(
            (Json(result).GetProperty("location").GetString(), Json(result).GetProperty("id").GetString()),
            Is.EqualTo((address, id))
        );
        Assert.That(result.Text, Is.EqualTo($"Done. The record is {id}, at {address}."));
        Assert.That(result.Notes, Is.Empty);
    }

    [TestCase("""{"ok":true}""", 1)]
    [TestCase("""{"id":"42"}""", 0)]
    public void Read_CreatedWithABody_TellsWhereIfTheBodyDoesNot(string body, int notes)
    {
        var result = Answer(
            Write,
            Response(HttpStatusCode.Created, Encoding.UTF8.GetBytes(body), ("Location", "/write/42"))
        );
        Assert.That(Encoding.UTF8.GetString(result.Structured.Span), Is.EqualTo(body));
        Assert.That(result.Notes, Is.EqualTo(new[] { "The record is 42, at /write/42." }.Take(notes)));
    }

    [Test]
    public void Read_AcceptedWithLocation_KeepsIt()
    {
        var result = Answer(Write, Response(HttpStatusCode.Accepted, [], ("Location", "/jobs/7")));
        Assert.That(Json(result).GetProperty("location").GetString(), Is.EqualTo("/jobs/7"));
    }

    [TestCase(
        "</read?page%5Bafter%5D=b%2B1&limit=5>; rel=\"next\"",
        "There is a next page: call again with page_after=b+1."
    )]
    [TestCase(
        "<https://api.example.test/read?cursor=abc&api_key=hidden>; title=\"a, b\"; rel=\"last next\"",
        "There is a next page: cursor=abc."
    )]
    [TestCase(
        "</read?limit=1>; rel=prev, </read?page[after]=z>; REL=NEXT",
        "There is a next page: call again with page_after=z."
    )]
    [TestCase("</read/2>; rel=next", "There is a next page.")]
    [TestCase("</read?limit=1>; rel=prev", null)]
    [TestCase("</read?limit=1; rel=next", null)]
    [TestCase("nonsense", null)]
    public void Read_LinkToTheNextPage_IsTold(string link, string? expected)
    {
        var result = Answer(Read, Response(HttpStatusCode.OK, "[1]"u8.ToArray(), ("Link", link)), """{"limit":5}""");
        Assert.That(result.Notes, Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    [Test]
    public void Read_HeadersThatCount_AreTold()
    {
        var result = Answer(
            Read,
            Response(
                HttpStatusCode.OK,
                "[1]"u8.ToArray(),
                ("x-total-count", "1234"),
                ("X-Next-Page", "3"),
                ("X-RateLimit-Total", "9"),
                ("X-Next-Url", "https://x.example/")
            ) with
            {
                ContentRange = "items 0-9/1234",
            }
        );
        Assert.That(
            result.Notes,
            Is.EqualTo(
                new[] { "The API's headers say: x-total-count: 1234; X-Next-Page: 3; Content-Range: items 0-9/1234." }
            )
        );
    }

    [Test]
    public void Read_PageThatTheAnswerNames_IsNotToldTwice()
    {
        var result = Answer(
            Read,
            Response(
                HttpStatusCode.OK,
                """{"current_page":1,"last_page":3}"""u8.ToArray(),
                ("Link", "</read?page=2>; rel=next")
            )
        );
        Assert.That(result.Notes, Is.EqualTo(new[] { "Page 1 of 3." }));
    }

    [TestCase("If-Match", "ETag: W/\"7\" names this version; pass it in 'If-Match'.")]
    [TestCase("match", null)]
    public void Read_Tag_IsToldWhereAToolTakesIt(string argument, string? expected)
    {
        var result = Answer(
            Read,
            Response(HttpStatusCode.OK, "{}"u8.ToArray(), ("ETag", "W/\"7\"")),
            catalog: Catalog(Describe("changeIt", isRead: false, argument))
        );
        Assert.That(result.Notes, Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    [TestCase(30, "wait 30 seconds.")]
    [TestCase(3600, "wait 3600 seconds.")]
    [TestCase(86_400, "wait until 2026-12-02 10:00 UTC.")]
    [TestCase(int.MaxValue, "wait until 2094-12-19 13:14 UTC.")]
    public void Failure_WithAPause_TellsALongOneByItsEnd(int seconds, string expected)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));
        var response = Response(HttpStatusCode.TooManyRequests) with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        Assert.That(new UpstreamFailures(Catalog(), time).Of(Read, response).Text, Does.EndWith(expected));
        var endless = response with { RetryAfter = TimeSpan.MaxValue };
        Assert.That(
            new UpstreamFailures(Catalog(), time).Of(Read, endless).Text,
            Does.EndWith("until 9999-12-31 23:59 UTC.")
        );
    }

    private static ToolResult Answer(
        ToolDescriptor tool,
        RawResponse response,
        string arguments = "{}",
        bool isPartAsked = false,
        ToolCatalog? catalog = null
    )
    {
        catalog ??= Catalog();
        var upstream = new UpstreamOptions(
            new("https://api.example.test/v1"),
            TimeSpan.FromSeconds(15),
            TimeSpan.FromSeconds(3),
            1024 * 1024,
            8,
            0
        );
        var reader = new AnswerReader(
            new(ResultTextMode.Auto, 40_000),
            new(catalog, TimeProvider.System),
            new(catalog, upstream)
        );
        return reader.Read(
            tool,
            JsonElement.Parse(arguments),
            new(response, "application/json", null) { Template = Template, IsPartAsked = isPartAsked },
            null
        );
    }

    private static JsonElement Json(ToolResult result) => JsonElement.Parse(result.Structured.Span);

    private static RawResponse Response(
        HttpStatusCode status = HttpStatusCode.OK,
        byte[]? body = null,
        params (string Name, string Value)[] headers
    )
    {
        HttpResponseHeaders all = new HttpResponseMessage().Headers;
        foreach (var (name, value) in headers)
        {
            all.TryAddWithoutValidation(name, value);
        }

        return new(status, body is { Length: 0 } ? null : "application/json", null, body ?? [], null) { Headers = all };
    }

    private static ToolCatalog Catalog(params ToolDescriptor[] tools) =>
        new(tools)
        {
            SpecificationTitle = "Stock API",
            SpecificationVersion = "1",
            Hash = "0000000000000000",
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all"],
        };

    private static ToolDescriptor Describe(string name, bool isRead, params string[] arguments) =>
        new()
        {
            Name = name,
            Title = name,
            Description = "",
            OperationId = null,
            Method = isRead ? "GET" : "POST",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(isRead, Destructive: false, Idempotent: false, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = arguments.Append("limit").ToDictionary(argument => argument, _ => ValueShape.Anything),
            },
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };
}
