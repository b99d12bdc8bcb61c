using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>From an answer that differs to an overlay with which it does not: server, deep health, <c>diff
/// --observed</c>, and the catalogue generated anew.</summary>
[Category("Slow"), Category("Process")]
internal sealed class DriftProposalTests
{
    private const string Answer = """
        {"current_page":"1","data":[
          {"id":"a-17","uuid":"u","name":"One Ltd","vat":null,"timezone":{"offset":60}},
          {"id":18,"uuid":"v","name":["Two","Ltd"],"vat":"DE1","currencies":[{"code":"EUR"}]}],
         "next_cursor":12.5}
        """;

    private static readonly string Specifications = Path.Combine(Repository.Folder, "spec");

    [Test]
    public async Task Proposal_OfWhatTheServerSaw_AppliedAndGenerated_LeavesNoDrift()
    {
        var folder = Directory.CreateTempSubdirectory("drift-").FullName;
        try
        {
            var seen = Path.Combine(folder, "observed.json");
            File.WriteAllText(seen, await ObserveAsync());
            var drift = JsonNode.Parse(File.ReadAllText(seen))!["drift"]!["tools"]!["listCompanies"]!.AsObject();
            Assert.That(
                drift.Select(pair => pair.Key),
                Is.EqualTo(
                    new[]
                    {
                        "/current_page",
                        "/data/*/currencies",
                        "/data/*/id",
                        "/data/*/name",
                        "/data/*/timezone",
                        "/data/*/vat",
                        "/next_cursor",
                    }
                )
            );

            var (code, proposal) = await GenerateAsync(
                "diff",
                "--observed",
                seen,
                "--spec",
                Spec("openapi"),
                "--overlay",
                Spec("overlay"),
                "--lock",
                Spec("tools.lock"),
                "--format",
                "json"
            );
            Assert.That(code, Is.EqualTo(3), proposal);
            var overlay = JsonNode.Parse(File.ReadAllText(Spec("overlay")))!;
            foreach (var action in JsonNode.Parse(proposal)!["actions"]!.AsArray())
            {
                overlay["actions"]!.AsArray().Add(action!.DeepClone());
            }

            var (combined, toolLock, output) = (
                Path.Combine(folder, "overlay.json"),
                Path.Combine(folder, "lock.json"),
                Path.Combine(folder, "out")
            );
            File.WriteAllText(combined, overlay.ToJsonString());
            File.Copy(Spec("tools.lock"), toolLock);
            Assert.That(
                (
                    await GenerateAsync("lock", "--spec", Spec("openapi"), "--overlay", combined, "--lock", toolLock)
                ).Code,
                Is.Zero
            );
            Assert.That(
                (
                    await GenerateAsync(
                        "generate",
                        "--spec",
                        Spec("openapi"),
                        "--overlay",
                        combined,
                        "--lock",
                        toolLock,
                        "--out",
                        output
                    )
                ).Code,
                Is.Zero
            );
            var tool = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "catalog.json")))!["tools"]!
                .AsArray()
                .Single(tool => tool!["name"]!.ToString() == "listCompanies")!;
            var schema = JsonElement.Parse(tool["outputSchema"]!.ToJsonString());
            var shape = AnswerShapes.Of(tool["answerShape"]!.ToJsonString());
            Assert.That(AnswerComparison.Compare(shape, JsonElement.Parse(Answer)), Is.Empty);
            Assert.That(
                schema
                    .GetProperty("properties")
                    .GetProperty("data")
                    .GetProperty("items")
                    .GetProperty("properties")
                    .TryGetProperty("uuid", out _),
                "the rest is described as before"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ObserveAsync()
    {
        using var upstream = WireMockServer.Start(new WireMockServerSettings { Urls = ["http://127.0.0.1:0"] });
        upstream
            .Given(Request.Create().WithPath("/api/v1/companies").UsingGet())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(Answer));
        await using var server = await ProtectedServer.StartAsync(
            ("Telemetry:DriftSample", "100"),
            ("Upstream:BaseAddress", upstream.Url!)
        );
        using var response = await server.ListAsync(
            server.Issuer.Token(),
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}"""
        );
        Assert.That(
            (bool?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["isError"],
            Is.Not.True
        );
        await server.Services.GetRequiredService<DriftWatch>().DrainAsync().WaitAsync(TimeSpan.FromSeconds(20));
        using var http = new HttpClient();
        return await http.GetStringAsync(server.Address + "/healthz?deep=1");
    }

    // The build of the server made it, in the same configuration.
    private static async Task<(int Code, string Output)> GenerateAsync(params string[] arguments)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var generator = Path.Combine(
            AppContext.BaseDirectory,
            "../../NeonPanel.Mcp.Generator",
            configuration,
            "NeonPanel.Mcp.Generator.dll"
        );
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [generator, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        TestContext.Out.WriteLine(await errors);
        return (process.ExitCode, output);
    }

    private static string Spec(string name) => Path.Combine(Specifications, $"neonpanel.{name}.json");
}
