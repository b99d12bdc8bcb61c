using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Import;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>Imports: five bundled files are read, and every other file ends as an error that says why.</summary>
internal sealed class ImportTests
{
    private static int subjects;

    private SandboxHost sandbox = null!;
    private ApiClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => sandbox = await ApiClient.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await sandbox.DisposeAsync();

    [SetUp]
    public void SignIn() => api = new(sandbox, $"importer-{Interlocked.Increment(ref subjects)}");

    [TearDown]
    public void SignOut() => api.Dispose();

    // As printed in the files.
    [TestCase("SPP-6093.pdf", 66, "2026-10-06", 105)]
    [TestCase("SPP-7000.pdf", 66, "2026-11-24", 394)]
    [TestCase("GBF-23001.pdf", 64, "2026-11-20", 950)]
    [TestCase("NST-1188.pdf", 72, "2026-11-25", 500)]
    [TestCase("SSC-3104.pdf", 73, "2026-11-18", 1428.8)]
    public async Task Pdf_ThatIsBundled_BecomesABillAsPrinted(string file, int vendor, string day, decimal total)
    {
        var before = api.Journal;
        using var download = await new HttpClient { BaseAddress = sandbox.Issuer }.GetAsync("/sandbox/files/" + file);
        using var content = new ByteArrayContent(await download.Content.ReadAsByteArrayAsync())
        {
            Headers = { ContentType = new("application/pdf") },
        };
        var status = await FinishAsync(
            await api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, "import/bill/pdf?filename=x.pdf"), content)
        );
        Assert.That(status["status"]!.ToString(), Is.EqualTo("done"), status.ToJsonString());
        Assert.That(status["documents"]!.AsArray().Single()!["ref_number"]!.ToString(), Is.EqualTo(file[..^4]));
        var bill = api.Journal.Bills.Values.Single(bill => !before.Bills.ContainsKey(bill.Id));
        Assert.That(
            (bill.VendorId, bill.Date!.Value.ToString("yyyy-MM-dd", null), bill.Amount, bill.Currency),
            Is.EqualTo(((int?)vendor, day, total, "USD"))
        );
    }

    [Test]
    public async Task Pdf_AsALink_IsTheBundledFileWithItsName()
    {
        var reply = await LinkAsync("https://files.example/any/GBF-23001.pdf?expires=900");
        Assert.That((reply.Status, reply.RetryAfter), Is.EqualTo((HttpStatusCode.Accepted, 15)));
        Assert.That((await FinishAsync(reply))["documents"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pdf_AsAForm_IsRead()
    {
        using var form = new MultipartFormDataContent
        {
            {
                new ByteArrayContent(BundledFiles.Find("NST-1188.pdf")!)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") },
                },
                "file",
                "NST-1188.pdf"
            },
        };
        var status = await FinishAsync(
            await api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, "import/bill/pdf"), form)
        );
        Assert.That(status["status"]!.ToString(), Is.EqualTo("done"));
        // A service that nobody had is made by its name.
        Assert.That(api.Journal.Services.Values.Select(service => service.Name), Does.Contain("Pallet Handling"));
    }

    [TestCase("https://files.example/unknown.pdf", "There is no file 'unknown.pdf'.")]
    // 12 at 18.25 and 1 at 49.50.
    [TestCase(
        "https://files.example/HDC-4410.pdf",
        "The lines of the file add up to 268.50, but its total is '286.50'."
    )]
    public async Task Pdf_WithoutAReadableBill_EndsAsAnError(string link, string reason)
    {
        var before = JournalBytes.Hash(api.Journal);
        var status = await FinishAsync(await LinkAsync(link));
        Assert.That((status["status"]!.ToString(), status["documents"]!.AsArray().Count), Is.EqualTo(("error", 0)));
        Assert.That(status["message"]!.ToString(), Does.StartWith(reason));
        Assert.That(JournalBytes.Hash(api.Journal), Is.EqualTo(before));
    }

    [TestCase("%PDF-1.7\n", "The file is not a readable PDF.")]
    public async Task Pdf_ThatIsDamaged_EndsAsAnError(string bytes, string reason)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(bytes))
        {
            Headers = { ContentType = new("application/pdf") },
        };
        var status = await FinishAsync(
            await api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, "import/bill/pdf"), content)
        );
        Assert.That((status["status"]!.ToString(), status["message"]!.ToString()), Is.EqualTo(("error", reason)));
    }

    [TestCase("text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/pdf", "no pdf", HttpStatusCode.BadRequest)]
    [TestCase("application/json", "[]", HttpStatusCode.BadRequest)]
    public async Task Body_ThatIsNoFile_IsRefusedAtOnce(string type, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        Assert.That(
            (await api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, "import/bill/pdf"), content)).Status,
            Is.EqualTo(status)
        );
    }

    [Test]
    public async Task Status_OfAnImportOfAnotherCompanyOrOfNone_Is404()
    {
        var id = (await LinkAsync("https://files.example/GBF-23001.pdf")).Body!["request_id"]!.ToString();
        foreach (
            var path in new[]
            {
                ApiClient.In(ApiClient.Hpc, "import/bill/status/" + id),
                ApiClient.In(ApiClient.Hpo, $"import/bill/status/{Guid.NewGuid()}"),
            }
        )
        {
            Assert.That((await api.SendAsync(HttpMethod.Get, path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    private Task<ApiReply> LinkAsync(string link) =>
        api.SendAsync(
            HttpMethod.Post,
            ApiClient.In(ApiClient.Hpo, "import/bill/pdf"),
            new JsonObject
            {
                ["file"] = new JsonObject { ["name"] = "x.pdf", ["link"] = link },
            }
        );

    private async Task<JsonObject> FinishAsync(ApiReply started)
    {
        Assert.That(started.Status, Is.EqualTo(HttpStatusCode.Accepted), started.Text);
        var path = ApiClient.In(ApiClient.Hpo, $"import/bill/status/{started.Body!["request_id"]}");
        ApiReply reply;
        do
        {
            reply = await api.SendAsync(HttpMethod.Get, path);
        } while (reply.Status == HttpStatusCode.Accepted);

        return reply.Body!;
    }
}
