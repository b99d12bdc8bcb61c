using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox.Tests.Api;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Storage;

/// <summary>The memory of the sandbox's process: the most that it ever had, in a burst of writes.</summary>
[Category("Slow")]
[Category("Process")]
[Platform("Linux")]
internal sealed class MemoryTests
{
    private const int Subjects = 5;
    private const int Writes = 200;

    // A new file of --data takes 135 to 151 MiB, depending on when the collector runs.
    [TestCase(false, 150)]
    [TestCase(true, 165)]
    public async Task Burst_OfWritesAndFigures_StaysUnderTheLimit(bool isKept, int mostMebibytes)
    {
        var folder = Directory.CreateTempSubdirectory("neonpanel-memory-");
        string[] data = isKept ? ["--data", Path.Combine(folder.FullName, "books.db")] : [];
        var port = ApiClient.FreePair();
        using var process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "NeonPanel.Mcp.Sandbox"),
                ["--port", port.ToString(CultureInfo.InvariantCulture), .. data]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        try
        {
            // The welcome text ends the start.
            while (
                await process.StandardOutput.ReadLineAsync() is { } line
                && !line.StartsWith("curl", StringComparison.Ordinal)
            ) { }

            using var http = new HttpClient { BaseAddress = new($"http://localhost:{port + 1}") };
            var tokens = new List<string>();
            for (var subject = 0; subject < Subjects; subject++)
            {
                tokens.Add(await SignInAsync(http));
            }

            for (var write = 0; write < Writes; write++)
            {
                await SellAsync(http, tokens[write % Subjects], write);
            }

            var peak = await PeakAsync(process);
            await TestContext.Out.WriteLineAsync($"{peak} MiB");
            Assert.That(peak, Is.LessThan(mostMebibytes));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    // A client of its own has books of its own.
    private static async Task<string> SignInAsync(HttpClient http)
    {
        var registered = await http.PostAsJsonAsync(
            "/oauth2/register",
            new { grant_types = new[] { "client_credentials" }, token_endpoint_auth_method = "client_secret_post" }
        );
        var client = (await registered.Content.ReadFromJsonAsync<JsonObject>())!;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client["client_id"]!.ToString(),
                ["client_secret"] = client["client_secret"]!.ToString(),
            }
        );
        var signed = await http.PostAsync("/oauth2/token", form);
        return (await signed.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.ToString();
    }

    // Each sale changes the costs, and every second time somebody looks at them.
    private static async Task SellAsync(HttpClient http, string token, int write)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sale = JsonNode.Parse(
            $$"""
            {"ref_number":"M-{{write}}","transaction_date":"2026-11-20","currency":"USD","warehouse_id":31,"customer_id":208,
             "details":[{"inventory_id":7401,"service_id":143,"quantity":1,"amount":19}]}
            """
        );
        using var reply = await http.PostAsJsonAsync(ApiClient.In(ApiClient.Hpo, "invoices"), sale);
        reply.EnsureSuccessStatusCode();
        if (write % 2 == 0)
        {
            await http.GetStringAsync(
                ApiClient.In(ApiClient.Hpo, "inventory-items/7401/cogs?start_date=2026-11-20&end_date=2026-11-20")
            );
        }
    }

    // A line of the form "VmHWM:   123456 kB".
    private static async Task<int> PeakAsync(Process process)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{process.Id}/status");
        var peak = lines.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
