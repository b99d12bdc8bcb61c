using System.Net;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Pages;

/// <summary>The pages that a browser gets without a token.</summary>
internal sealed class PageTests
{
    private ProtectedServer server = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        http = new() { BaseAddress = new(server.Address) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.OK)]
    [TestCase("application/json", HttpStatusCode.MethodNotAllowed)]
    [TestCase(null, HttpStatusCode.MethodNotAllowed)]
    public async Task Root_ByWhatIsAccepted_IsThePageOrNoMethod(string? accept, HttpStatusCode status)
    {
        using var response = await GetAsync("/", accept);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.WwwAuthenticate, Is.Empty);
    }

    [TestCase("/", 150_000, "/mcp")]
    [TestCase("/docs", 300_000, "bills_list")]
    [TestCase("/docs/bills_list", 300_000, "start_date")]
    [TestCase("/docs?q=warehouse", 300_000, "getWarehouseBalances")]
    [TestCase("/docs/tools/bills_list", 300_000, "start_date")]
    [TestCase("/docs/reference", 300_000, "/api/v1/companies")]
    [TestCase("/docs/changes", 300_000, "<h2>Unreleased</h2>")]
    public async Task Page_OfThePeople_IsSmallAndLoadsNothingFromElsewhere(string path, int bytes, string expected)
    {
        using var response = await GetAsync(path, "text/html");
        var page = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Has.Length.LessThan(bytes).And.Contain(expected));
        Assert.That(page, Does.Not.Match("(src|href)=\"https?://|<style|<script>|style=\""));
        Assert.That(
            response.Headers.GetValues("Content-Security-Policy").Single(),
            Does.StartWith("default-src 'none'").And.Not.Contain("unsafe")
        );
    }

    [TestCase("/docs/bils_list", HttpStatusCode.NotFound, "bills_list")]
    [TestCase("/docs?q=%3Cscript%3Ealert(1)%3C/script%3E", HttpStatusCode.OK, "&lt;script&gt;")]
    [TestCase("/docs?q=", HttpStatusCode.OK, "bills_list")]
    public async Task Page_OfWhatIsNotThere_SaysSoWithoutEchoingMarkup(
        string path,
        HttpStatusCode status,
        string expected
    )
    {
        using var response = await GetAsync(path, "text/html");
        var page = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(page, Does.Contain(expected).And.Not.Contain("<script>alert"));
    }

    [TestCase(
        "## A `b` c\n\n- one\n  two [three](docs/x.md)\n  - inner\n- last\n\nText <b>.\n",
        "<h2>A <code>b</code> c</h2>\n<ul><li>one two three\n<ul><li>inner\n</ul>\n<li>last\n</ul>\n<p>Text &lt;b&gt;.</p>\n"
    )]
    [TestCase("# Changelog\n\nWords before.\n\n## One\n", "<h2>One</h2>\n")]
    [TestCase(null, "<p>No changes are recorded for this build.</p>")]
    public void Changes_OfTheChangeLog_AreShownAsItIsWritten(string? changelog, string expected) =>
        Assert.That(
            ChangesPage.Write("Name", "1", "hash", changelog).Markup,
            Does.Contain("<code>hash</code>.</p>\n" + expected)
        );

    [TestCase("reference", "/docs/tools/reference")]
    [TestCase("changes", "/docs/tools/changes")]
    [TestCase("bills_list", "/docs/bills_list")]
    public void Links_ToAToolNamedLikeAPage_LeadToTheTool(string tool, string expected) =>
        Assert.That(PageLinks.Of(tool), Is.EqualTo(expected));

    [Test]
    public async Task Landing_WhenTheApiIsDown_SaysSoAndThePagesWork()
    {
        await using var alone = await ProtectedServer.StartAsync(("Upstream:BaseAddress", "http://localhost:1"));
        using var client = new HttpClient { BaseAddress = new(alone.Address) };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        // The landing page does not wait long for a look at the API; what was seen is known for some seconds.
        await client.GetStringAsync("/healthz?deep=1");
        Assert.That(
            await client.GetStringAsync("/"),
            Does.Contain("class=\"bad\">ready, but the API does not answer as it should")
        );
        Assert.That(await client.GetStringAsync("/docs"), Does.Contain("bills_list"));
    }

    [Test]
    public async Task Landing_WhenTheApiHangs_IsThereAtOnce()
    {
        await using var api = new RawUpstream(exchange => exchange.HangAsync());
        await using var alone = await ProtectedServer.StartAsync(("Upstream:BaseAddress", api.Address));
        using var client = new HttpClient { BaseAddress = new(alone.Address) };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.That(await client.GetStringAsync("/"), Does.Contain("up; sign-in or API have not answered yet"));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "");
        return await http.SendAsync(request);
    }
}
