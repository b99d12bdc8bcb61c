using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Server.Tests.Calls.Repeats;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>The log tells which records a user's assistant wrote, and nothing else of them.</summary>
internal sealed class WriteRecordTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private JsonLineCollector log = null!;
    private ProtectedServer server = null!;
    private RepeatClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        log = new(TimeProvider.System);
        server = await ProtectedServer.StartAsync(builder => builder.Logging.AddProvider(log));
        client = new(server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        log.Dispose();
    }

    [TestCase("bills_create", """ "ref_number":"A-1","fields":"name" """, 201, """{"id":77,"name":"x"}""", "77")]
    [TestCase("bills_update", """ "billId":912,"name":"x" """, 200, """{"id":5}""", "912")]
    [TestCase("deleteProduct", "\"productId\":6101", 204, "", "6101")]
    [TestCase("createDocuments", """ "type":"bill","data":{} """, 202, """{"request_id":"r-1"}""", "r-1")]
    [TestCase("updateCompanyForecastingSettings", "\"status\":\"trial\"", 200, """{"success":true}""", Company)]
    [TestCase("createProduct", "\"repeat\":true", 200, """{"id":"a\n b\"}é"}""", "a__b___")]
    [TestCase("createProduct", "\"repeat\":true", 200, """{"id":["secret"]}""", "")]
    [TestCase("createProduct", "\"repeat\":true", 200, """{"name":"secret"}""", "")]
    [TestCase("bills_update", """ "billId":912,"name":"x" """, 422, """{"message":"No."}""", "")]
    [TestCase("bills_update", """ "billId":912,"name":"x" """, 502, "{}", "912", Description = "outcome unknown")]
    public async Task Call_OfAWrite_LogsTheIdOfItsRecord(
        string tool,
        string arguments,
        int status,
        string body,
        string id
    )
    {
        server.Issuer.Api = context => AnswerAsync(context, status, body);
        await client.CallAsync(With(arguments), tool);
        var line = Calls().Single();
        Assert.That(((string?)line["effect"], (string?)line["record_id"]), Is.EqualTo(("write", id)));
        Assert.That(log.Lines, Has.None.Contains("secret"));
    }

    [Test]
    public async Task Call_WithALongId_LogsItsStart()
    {
        server.Issuer.Api = context => AnswerAsync(context, 200, $$"""{"id":"{{new string('7', 65)}}"}""");
        await client.CallAsync(With("\"repeat\":true"), "createProduct");
        Assert.That((string?)Calls().Single()["record_id"], Is.EqualTo(new string('7', 64)));
    }

    [TestCase("listCompanies", "{}", "read")]
    [TestCase(
        "bills_create",
        """{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","preview":true,"ref_number":"A"}""",
        "preview"
    )]
    public async Task Call_ThatWritesNothing_HasNoRecord(string tool, string arguments, string effect)
    {
        server.Issuer.Api = context => AnswerAsync(context, 200, """{"id":77}""");
        await client.CallAsync(arguments, tool);
        var line = Calls().Single();
        Assert.That(((string?)line["effect"], (string?)line["record_id"]), Is.EqualTo((effect, "")));
    }

    [Test]
    public async Task Write_WhoseClientLeft_IsLoggedWhenItEnds()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        server.Issuer.Api = async context =>
        {
            arrived.TrySetResult();
            await release.Task;
            await AnswerAsync(context, 201, """{"id":77}""");
        };
        await server.LeaveAsync(
            server.Issuer.Token(),
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bills_create","arguments":{{{With("\"ref_number\":\"A-1\"")}}}}}""",
            arrived.Task.WaitAsync(Patience)
        );
        release.SetResult();
        await UntilAsync(() => Calls().Count == 1);
        var line = Calls().Single();
        Assert.That(
            ((string?)line["tool"], (string?)line["outcome"], (string?)line["effect"], (string?)line["record_id"]),
            Is.EqualTo(("bills_create", "ok", "write", "77"))
        );
    }

    [Test]
    public async Task Query_OfTheDocs_FindsTheWritesOfOneUser()
    {
        server.Issuer.Api = context =>
            context.Request.Path.Value!.EndsWith("/13", StringComparison.Ordinal)
                ? AnswerAsync(context, 422, "{}")
                : AnswerAsync(context, 200, """{"id":77}""");
        await client.CallAsync(With("\"ref_number\":\"A-1\""), "bills_create");
        await client.CallAsync(With("\"ref_number\":\"A-1\""), "bills_create"); // held back
        await client.CallAsync(With("\"preview\":true,\"ref_number\":\"A-2\""), "bills_create");
        await client.CallAsync(With(""" "billId":13,"name":"x" """), "bills_update"); // rejected
        await client.CallAsync("{}", "listCompanies");
        await new RepeatClient(server, "somebody-else").CallAsync(With("\"billId\":14,\"name\":\"x\""), "bills_update");
        await client.CallAsync(With("\"billId\":912,\"name\":\"x\""), "bills_update");
        var rows = await QueryAsync((string)Calls()[0]["subject_hash"]!, "2000-01-01");
        Assert.That(
            rows.Select(row => string.Join(' ', row.Split('\t')[1..5])),
            Is.EqualTo(new[] { "bills_create 77 ok none", "bills_update 912 ok none" })
        );
        Assert.That(await QueryAsync((string)Calls()[0]["subject_hash"]!, "2999-01-01"), Is.Empty);
    }

    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    private static string With(string arguments) => $$"""{"companyUuid":"{{Company}}",{{arguments}}}""";

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.Length > 0 ? "application/json" : null;
        return context.Response.WriteAsync(body);
    }

    private List<JsonObject> Calls() => Of("tool_call");

    private List<JsonObject> Of(string name) => [.. log.Records.Where(record => (string?)record["event"] == name)];

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!isTrue())
        {
            end.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // The program between the quotation marks of the only jq command in docs/operations.md.
    private async Task<string[]> QueryAsync(string subject, string since)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "docs/operations.md"));
        var command = page[page.IndexOf("\njq ", StringComparison.Ordinal)..];
        var start = command.IndexOf("+%F)\" '", StringComparison.Ordinal) + "+%F)\" '".Length;
        var program = command[start..command.IndexOf("' log.jsonl", StringComparison.Ordinal)];
        var info = new ProcessStartInfo("jq", ["-r", "--arg", "subject", subject, "--arg", "since", since, program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process jq;
        try
        {
            jq = Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("jq is not installed.");
            throw;
        }

        using (jq)
        {
            await jq.StandardInput.WriteAsync(string.Concat(log.Lines));
            jq.StandardInput.Close();
            var output = await jq.StandardOutput.ReadToEndAsync();
            await jq.WaitForExitAsync();
            Assert.That(jq.ExitCode, Is.Zero);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
