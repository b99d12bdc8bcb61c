using System.Globalization;
using System.Net;
using System.Text;
using NeonPanel.Mcp.Server.Tests.Calls;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The memory that a hostile answer costs: the peak of the server's resident memory, as the kernel counts it,
/// above what the server held before it met the first of them.</summary>
[Platform("Linux", Reason = "The peak is read from /proc.")]
[Category("Slow"), Category("Process")]
[NonParallelizable]
internal sealed class HostileAnswerMemoryTests
{
    // Measured: 142 MiB alone, 151 to 180 MiB beside other tests, which delay the collector. Without a bound, an answer
    // of a few megabytes as a document tree takes hundreds.
    private const long Limit = 240 * 1024 * 1024;
    private const int Largest = 4 * 1024 * 1024;

    private RawUpstream api = null!;
    private TestIssuer issuer = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;
    private long rest;

    // Answers that are larger than the limit, and answers just within the limit that are expensive to read.
    private static IEnumerable<Fault> Answers =>
        [
            .. Fault.All.Where(fault => fault.Says?.Contains("larger", StringComparison.Ordinal) == true),
            Of("most numbers", "[" + Repeat("1", Largest) + "]"),
            Of("most members", "{" + Repeat("\"\":1", Largest) + "}"),
            Of("most items", "{\"data\":[" + Repeat("{}", Largest) + "]}"),
            Of(
                "most items of a paged list",
                "{\"current_page\":1,\"last_page\":9,\"data\":[" + Repeat("{\"id\":1}", Largest) + "]}"
            ),
            Of("most escapes", "{\"a\":\"" + string.Concat(Enumerable.Repeat("\\u0001", (Largest / 6) - 8)) + "\"}"),
            Of("one long number", "{\"a\":" + new string('1', Largest - 100) + "}"),
            Of("one long text", "{\"a\":\"" + new string('x', Largest - 100) + "\"}"),
            Of("brackets that never close", new string('[', Largest - 1)),
            Of("a text of one line", new string('x', Largest - 1), "text/plain"),
            Of("bytes", new string('x', Largest - 1), "image/png"),
            Of(
                "a refusal with a long message",
                "{\"message\":\"" + new string('x', Largest - 100) + "\"}",
                "application/json",
                "400 Bad Request"
            ),
            Of(
                "a refusal with many field errors",
                "{\"errors\":{" + Repeat("\"a\":[\"b\"]", Largest) + "}}",
                "application/json",
                "422 Unprocessable Content"
            ),
        ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var port = LoopbackPorts.FreePair();
        var address = $"http://localhost:{port}";
        api = new(exchange => exchange.SendJsonAsync("{}"));
        issuer = new(port + 1, address + "/mcp");
        await issuer.StartAsync();
        server = await ServerProcess.StartAsync(
            null,
            new(ServerProcess.Settings(address, issuer.Address, api.Address))
            {
                // Also what the drift watch does with an answer counts.
                ["Telemetry__DriftSample"] = "100",
            }
        );
        http = new() { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(60) };
        for (var call = 0; call < 20; call++)
        {
            await CallAsync("listCompanies", "{}");
        }

        rest = Memory("VmRSS");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        server.Dispose();
        await api.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [TestCaseSource(nameof(Answers))]
    public async Task Call_WithAHostileAnswer_StaysUnderTheLimitAboveRest(Fault answer)
    {
        await MeasureAsync("listCompanies", "{}", answer);
        await MeasureAsync("listCompanies", """{"fields":"data.id,current_page"}""", answer);
        // Asks for a company by its name first.
        await MeasureAsync("bills_list", """{"companyUuid":"Some Company"}""", answer);
        await MeasureAsync("search", """{"query":"bill 7"}""", answer);
    }

    private async Task MeasureAsync(string tool, string arguments, Fault answer)
    {
        api.Answer = exchange => answer.Answer(exchange, new(new(), ""));
        // Sets the peak back to what is held now (proc_pid_clear_refs(5)).
        await File.WriteAllTextAsync($"/proc/{server.Id}/clear_refs", "5");
        await CallAsync(tool, arguments);
        var above = Memory("VmHWM") - rest;
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{answer}, {tool} {arguments}: {above / 1048576.0:0} MiB above rest"
            )
        );
        Assert.That(above, Is.LessThan(Limit));
    }

    private async Task CallAsync(string tool, string arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, tool == "search" ? "/mcp/research" : "/mcp")
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{{arguments}},"name":"{{tool}}"} }""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new("Bearer", issuer.Token());
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await response.Content.ReadAsByteArrayAsync();
    }

    // Lines of the form "VmHWM:   123456 kB".
    private long Memory(string name) =>
        File.ReadLines($"/proc/{server.Id}/status")
            .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                * 1024
            )
            .Single();

    private static string Repeat(string item, int characters) =>
        string.Join(',', Enumerable.Repeat(item, (characters / (item.Length + 1)) - 16));

    private static Fault Of(string name, string body, string type = "application/json", string status = "200 OK") =>
        new(
            name,
            (exchange, _) =>
                exchange.SendAsync(
                    $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}"
                ),
            1,
            null
        );
}
