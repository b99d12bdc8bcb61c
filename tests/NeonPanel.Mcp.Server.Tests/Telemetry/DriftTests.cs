using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>Answers that are not what the specification says are counted beside the calls.</summary>
[NonParallelizable]
internal sealed class DriftTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Call_WhoseAnswerDiffers_IsAnsweredAndCountedByToolAndPointer()
    {
        await using var server = await ProtectedServer.StartAsync(("Telemetry:DriftSample", "100"));
        var counted = new TaskCompletionSource();
        var tags = new List<string>();
        using var listener = Listen(server, tag => tags.Add(tag), () => tags.Count == 2, counted);
        server.Issuer.Api = context =>
            Answer(
                context,
                """{"current_page":1,"data":[{"id":"x-secret","name":"Secret Ltd","vat":"DE-secret"},{"vat":null}]}"""
            );

        using var response = await server.ListAsync(
            server.Issuer.Token(),
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}"""
        );
        var result = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!;
        Assert.That((bool?)result["isError"], Is.Not.True);
        await counted.Task.WaitAsync(Patience);

        using var http = new HttpClient();
        var text = await http.GetStringAsync(server.Address + "/healthz?deep=1");
        var expected =
            """{"listCompanies":{"/data/*/id":{"declared":"integer","found":{"string":1}},"/data/*/vat":{"declared":null,"found":{"null":1,"string":1}}}}""";
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(text)!["drift"]!["tools"], JsonNode.Parse(expected)), text);
        Assert.That((int)JsonNode.Parse(text)!["drift"]!["compared"]!, Is.EqualTo(1));
        Assert.That(text, Does.Not.Contain("ecret").IgnoreCase);
        Assert.That(tags, Has.Some.EqualTo("listCompanies /data/*/id string"));
    }

    [TestCase(0, 0, Description = "switched off")]
    [TestCase(1, 12, Description = "eight wait, the rest is skipped")]
    public void Observe_OfMoreThanFit_NeverWaits(double sample, int skipped)
    {
        var counts = new DriftCounts(Metrics());
        using var watch = new DriftWatch(new(sample), counts, NullLogger<DriftWatch>.Instance);
        for (var count = 0; count < 20; count++)
        {
            watch.Observe(Tool("listCompanies"), Json("{}"));
        }

        Assert.That((int)Written(counts)["skipped"]!, Is.EqualTo(skipped));
    }

    [TestCase(422, "application/json")]
    [TestCase(200, "text/csv")]
    public void Observe_OfWhatIsNoJsonOfASuccess_IsNotForComparison(int status, string type)
    {
        var counts = new DriftCounts(Metrics());
        using var watch = new DriftWatch(new(1), counts, NullLogger<DriftWatch>.Instance);
        for (var count = 0; count < 20; count++)
        {
            watch.Observe(
                Tool("listCompanies"),
                Json("{}") with
                {
                    StatusCode = (HttpStatusCode)status,
                    ContentType = type,
                }
            );
        }

        Assert.That((int)Written(counts)["skipped"]!, Is.Zero);
    }

    [Test]
    public async Task Watch_AfterAnAnswerThatIsNoJson_GoesOn()
    {
        var counts = new DriftCounts(Metrics());
        using var watch = new DriftWatch(new(1), counts, NullLogger<DriftWatch>.Instance);
        watch.Observe(Tool("listCompanies"), Json("{"));
        watch.Observe(Tool("listCompanies"), Json("""{"\ud800":1}"""));
        watch.Observe(Tool("listCompanies"), Json("""{"extra":1}"""));
        await watch.StartAsync(CancellationToken.None);
        await watch.DrainAsync().WaitAsync(Patience);
        Assert.That(Written(counts)["tools"]!["listCompanies"]!["/extra"], Is.Not.Null);
    }

    [Test]
    public async Task Watch_OfAnAnswerThatDiffers_LogsToolAndNumberOfPlacesOnly()
    {
        using var log = new LogCollector();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var watch = new DriftWatch(new(1), new(Metrics()), loggers.CreateLogger<DriftWatch>());
        watch.Observe(Tool("listCompanies"), Json("{}"));
        watch.Observe(Tool("listCompanies"), Json("""{"extra":"secret","other":1}"""));
        await watch.StartAsync(CancellationToken.None);
        await watch.DrainAsync().WaitAsync(Patience);
        Assert.That(
            log.Lines.Single().Trim(),
            Is.EqualTo(
                "Information 7004 An answer of listCompanies differs from the specification in 2 places; /healthz?deep=1 lists them."
            )
        );
    }

    [Test]
    public void Counts_OfAnApiThatAnswersAtRandom_AreBounded()
    {
        var counts = new DriftCounts(Metrics());
        counts.Add("listCompanies", Enumerable.Range(0, 60).Select(number => new Drift($"/m{number}", null, "string")));
        var written = Written(counts);
        Assert.That(written["tools"]!["listCompanies"]!.AsObject(), Has.Count.EqualTo(50));
        Assert.That((int)written["beyond"]!, Is.EqualTo(10));
    }

    private static MeterListener Listen(
        ProtectedServer server,
        Action<string> add,
        Func<bool> isEnough,
        TaskCompletionSource counted
    )
    {
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "neonpanel.mcp.answer.drift" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
                if (isEnough())
                {
                    counted.TrySetResult();
                }
            }
        );
        listener.Start();
        return listener;
    }

    private static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json)).AsTask();
    }

    private static ServerMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private static ToolDescriptor Tool(string name) =>
        GeneratedCatalog.Create().TryGet(name, out var tool) ? tool : throw new InvalidOperationException(name);

    private static RawResponse Json(string body) =>
        new(HttpStatusCode.OK, "application/json", null, Encoding.UTF8.GetBytes(body), null);

    private static JsonNode Written(DriftCounts counts)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            counts.WriteTo(writer);
        }

        return JsonNode.Parse(buffer.ToArray())!;
    }
}
