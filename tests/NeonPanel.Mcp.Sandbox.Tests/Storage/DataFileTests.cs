using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Sandbox.Tests.Api;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Storage;

/// <summary>The file of <c>--data</c>: it keeps what subjects write, the answers are those of the sandbox in memory,
/// and a file that cannot be used is named.</summary>
internal sealed class DataFileTests
{
    // One write of each kind of record that the API can change.
    private static readonly (string Method, string Path, string Body)[] Writes =
    [
        (
            "POST",
            "bills",
            """{"ref_number":"D-1","date":"2026-11-20","currency":"USD","vendor_id":64,"details":[{"service_id":141,"quantity":3,"rate":10.1}]}"""
        ),
        ("PUT", "bills/911", """{"name":"Kartons für Weihnachten","payment_term_id":null}"""),
        ("PUT", "payment-requests/1222", """{"paid_amount":100.5,"memo":"part"}"""),
        ("PUT", "inventory-orders/518", """{"date_manufacturing_completed":"2026-11-27"}"""),
        (
            "POST",
            "shipments",
            """{"ref_number":"D-2","date_shipment_sent":"2026-11-14","origin_warehouse_id":31,"destination_warehouse_id":32,"items":[{"origin_inventory_id":7401,"quantity_shipped":7}]}"""
        ),
        (
            "POST",
            "assembly-orders",
            """{"ref_number":"D-3","date_order_assembled":"2026-11-20","warehouse_id":31,"items":[{"assembly_id":18,"quantity":2}]}"""
        ),
        (
            "POST",
            "adjustments",
            """{"ref_number":"D-4","date":"2026-11-20","reason":"Damaged","warehouse_id":31,"details":[{"inventory_id":7403,"service_id":145,"quantity":1,"rate":3.3}]}"""
        ),
        (
            "POST",
            "invoices",
            """{"ref_number":"D-5","transaction_date":"2026-11-20","currency":"USD","warehouse_id":31,"customer_id":208,"details":[{"inventory_id":7401,"service_id":143,"quantity":4,"amount":79.96}]}"""
        ),
        ("PUT", "inventory-items/7401", """{"variation":"blue","restock_data":{"lead_time_days":50}}"""),
        ("DELETE", "inventory-items/7513", ""),
        ("PUT", "products/6101", """{"name":"Lantern"}"""),
        ("DELETE", "products/6102", ""),
        ("PUT", "settings/forecasts", """{"default_lead_time_days":60}"""),
        (
            "POST",
            "create/bill",
            """{"data":{"ref_number":"D-6","date":"2026-11-21","currency":"USD","vendor":"GBF","details":[{"service":"A new service","quantity":1,"rate":5}]}}"""
        ),
    ];

    private static readonly string[] Reads =
    [
        "bills?search=D-",
        "bills/911",
        "payment-requests?start_date=2026-11-01&per_page=60",
        "inventory-orders/518",
        "shipments?search=D-2",
        "assembly-orders?search=D-3",
        "adjustments?search=D-4",
        "invoices?search=D-5",
        "inventory-items/7401",
        "inventory-items/7401/balances",
        "inventory-items/7401/cogs?start_date=2026-11-01",
        "inventory-items?sku=HP-BCS-037",
        "products?search=HP-",
        "settings/forecasts",
        "services?search=new",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("neonpanel-data-").FullName;

    private (IReadOnlyList<string> Answers, string Hash) written;
    private string path = "";

    [OneTimeSetUp]
    public async Task WriteOnceAsync() => written = await WriteAsync(Path.Combine(folder, "written.db"));

    [SetUp]
    public void CopyFile()
    {
        path = Path.Combine(folder, $"{Guid.NewGuid():N}.db");
        File.Copy(Path.Combine(folder, "written.db"), path);
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Writes_OverARestart_AreThereAndAnswerAsInMemory()
    {
        var inMemory = await WriteAsync(null);
        Assert.That(written.Answers, Is.EqualTo(inMemory.Answers), "with a file and without");

        await using var sandbox = await ApiClient.StartAsync(dataFile: path);
        using var keeper = new ApiClient(sandbox, "keeper");
        Assert.That(await ReadAsync(keeper), Is.EqualTo(written.Answers), "after a restart");
        Assert.That(JournalBytes.Hash(keeper.Journal), Is.EqualTo(written.Hash));
        Assert.That(
            JournalBytes.Hash(sandbox.Workspaces.Journal("another")),
            Is.EqualTo(JournalBytes.Hash(JournalGenerator.Create(LedgerOptions.Default)))
        );
    }

    [Test]
    public async Task Reset_OverARestart_StaysAndLeavesOtherSubjects()
    {
        string changed;
        await using (var sandbox = await ApiClient.StartAsync(dataFile: path))
        {
            using var keeper = new ApiClient(sandbox, "keeper");
            using var other = new ApiClient(sandbox, "other");
            Assert.That(JournalBytes.Hash(keeper.Journal), Is.EqualTo(written.Hash));
            await SendAsync(other, Writes[0]);
            changed = JournalBytes.Hash(other.Journal);
            await keeper.SendAsync(HttpMethod.Post, "/sandbox/reset");
        }

        await using var again = await ApiClient.StartAsync(dataFile: path);
        Assert.That(again.Workspaces.Journal("keeper"), Is.SameAs(again.Workspaces.Generated));
        Assert.That(JournalBytes.Hash(again.Workspaces.Journal("other")), Is.EqualTo(changed));
    }

    [Test]
    public async Task Write_ThatIsRejected_IsNotKept()
    {
        await using (var sandbox = await ApiClient.StartAsync(dataFile: path))
        {
            using var other = new ApiClient(sandbox, "rejected");
            var reply = await other.SendAsync(
                HttpMethod.Post,
                ApiClient.In(ApiClient.Hpo, "bills"),
                JsonNode.Parse("""{"ref_number":"A","date":"2025-12-31"}""")
            );
            Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        await using var again = await ApiClient.StartAsync(dataFile: path);
        Assert.That(again.Workspaces.Journal("rejected"), Is.SameAs(again.Workspaces.Generated));
    }

    [Test]
    public void File_ThatIsNoDatabase_IsNamedAndLeftAsItIs()
    {
        var text = string.Concat(Enumerable.Repeat("A letter to a vendor. ", 300));
        File.WriteAllText(path, text);
        AssertRefused($"--data: '{path}' cannot be used as a database: ");
        Assert.That(File.ReadAllText(path), Is.EqualTo(text));
    }

    [Test]
    public void File_InAFolderThatIsNotThere_IsNamed()
    {
        path = Path.Combine(folder, "missing", "books.db");
        AssertRefused($"--data: '{path}' cannot be used as a database: ");
    }

    [Test]
    public async Task File_ThatIsCutOff_IsNamed()
    {
        await using (var file = File.OpenWrite(path))
        {
            file.SetLength(10_000);
        }

        AssertRefused($"--data: '{path}' cannot be used as a database: ");
    }

    [Test]
    public void File_OfOtherOptions_SaysWithWhichItWasMade() =>
        AssertRefused(
            $"--data: '{path}' was made with --seed 1 --today 2026-11-28 --companies 5 --scale 1, not with --seed 2 "
                + "--today 2026-11-28 --companies 5 --scale 1. Use the same options, or another file.",
            LedgerOptions.Default with
            {
                Seed = 2,
            }
        );

    [TestCase("UPDATE changes SET body = '{\"Id\":' WHERE kind = 'shipment'", "' holds a shipment ")]
    [TestCase("UPDATE changes SET body = '[]' WHERE kind = 'forecast'", "' holds a forecast 214 that cannot be read: ")]
    [TestCase("UPDATE changes SET kind = 'planet' WHERE kind = 'shipment'", "a change of kind 'planet'")]
    [TestCase("ALTER TABLE changes RENAME COLUMN body TO text", "' cannot be used as a database: ")]
    public async Task File_WithADamagedChange_SaysWhich(string damage, string message)
    {
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this test.
            command.CommandText = damage;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        AssertRefused(message);
        // Nothing holds the file any longer.
        File.Move(path, path + ".moved");
        File.Move(path + ".moved", path);
    }

    private void AssertRefused(string message, LedgerOptions? options = null) =>
        Assert.That(
            async () => await (await ApiClient.StartAsync(options, path)).DisposeAsync(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(message)
        );

    private static async Task<(IReadOnlyList<string> Answers, string Hash)> WriteAsync(string? path)
    {
        await using var sandbox = await ApiClient.StartAsync(dataFile: path);
        using var api = new ApiClient(sandbox, "keeper");
        foreach (var write in Writes)
        {
            await SendAsync(api, write);
        }

        return (await ReadAsync(api), JournalBytes.Hash(api.Journal));
    }

    private static async Task SendAsync(ApiClient api, (string Method, string Path, string Body) write)
    {
        var body = write.Body.Length > 0 ? JsonNode.Parse(write.Body) : null;
        var reply = await api.SendAsync(new(write.Method), ApiClient.In(ApiClient.Hpo, write.Path), body);
        Assert.That((int)reply.Status, Is.AnyOf(200, 204), $"{write.Path}: {reply.Text}");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(ApiClient api)
    {
        var answers = new List<string>();
        foreach (var read in Reads)
        {
            var reply = await api.SendAsync(HttpMethod.Get, ApiClient.In(ApiClient.Hpo, read));
            Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), $"{read}: {reply.Text}");
            answers.Add($"{read}: {reply.Text}");
        }

        return answers;
    }
}
