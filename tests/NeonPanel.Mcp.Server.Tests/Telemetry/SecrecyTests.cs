using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>Rule F2: a collector gets no token, no query, no argument and no answer, in whatever it is sent.</summary>
[Category("Slow")]
[NonParallelizable]
internal sealed class SecrecyTests
{
    private const string Uuid = "1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678";

    [TestCase(200, true)]
    [TestCase(200, false, Description = "answered by the SDK")]
    [TestCase(422, true)]
    [TestCase(500, true)]
    public async Task Collector_OfCallsFullOfSecrets_GetsNoneOfThem(int status, bool isFast)
    {
        await using var traced = await TracedServer.StartAsync(
            isFast,
            ("Telemetry:DriftSample", "100"),
            ("Upstream:Retries", "0")
        );
        traced.Server.Issuer.Api = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["X-Request-Id"] = "answer-sentinel";
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                """{"message":"answer-sentinel","errors":{"search":["answer-sentinel"]},"data":[{"id":"answer-sentinel","answer_sentinel 1":1}]}"""
            );
        };
        var arguments = $$"""{"companyUuid":"{{Uuid}}","search":"argument-sentinel","perPage":"11"}""";
        var answer = await traced.CallAsync($$"""{"name":"bills_list","arguments":{{arguments}}}""");
        await traced.CallAsync(
            """{"name":"bills_list","arguments":{"argument-sentinel":"argument-sentinel","start_date":"argument-sentinel"}}"""
        );
        await traced.CallAsync("""{"name":"argument-sentinel","arguments":{}}""");
        using (var http = new HttpClient())
        {
            using var open = await http.GetAsync(traced.Server.Address + "/docs?query-sentinel=query-sentinel");
            using var posted = await http.PostAsync(
                traced.Server.Address + "/messages?sessionId=query-sentinel",
                new StringContent("{}", null, "application/json")
            );
            http.DefaultRequestHeaders.Authorization = new("Bearer", "token-sentinel.token-sentinel.token-sentinel");
            using var refused = await http.PostAsync(
                traced.Server.Address + "/mcp?access_token=token-sentinel",
                new StringContent("{}", null, "application/json")
            );
        }

        var token = traced.Server.Issuer.Token();
        await traced.StopAsync();
        var everything = traced.Collector.Everything;
        Assert.That(answer, Does.Contain("answer-sentinel"));
        Assert.That(
            everything,
            Does.Contain("bills_list").And.Contain("/api/v1/companies/{companyUuid}/bills").And.Contain("subject")
        );
        Assert.Multiple(() =>
        {
            Assert.That(everything, Does.Not.Contain("sentinel"));
            Assert.That(everything, Does.Not.Contain(Uuid));
            Assert.That(everything, Does.Not.Contain(token.Split('.')[0]));
            Assert.That(everything, Does.Not.Contain("url.query").And.Not.Contain("url.full"));
        });
    }

    [Test]
    public async Task Collector_OfAnException_GetsItsTypeAndPlaceAndNotItsMessage()
    {
        await using var traced = await TracedServer.StartAsync();
        var logger = traced.Server.Services.GetRequiredService<ILogger<SecrecyTests>>();
        try
        {
            throw new InvalidOperationException("sentinel", new FormatException("sentinel"));
        }
        catch (InvalidOperationException exception)
        {
            Failed(logger, exception);
        }

        await traced.StopAsync();
        var record = traced.Collector.Logs.Single(record => record.Body == "It failed.");
        Assert.That(record.Attributes["exception.type"], Is.EqualTo("System.InvalidOperationException"));
        Assert.That(
            record.Attributes["exception.stacktrace"],
            Does.Contain(nameof(Collector_OfAnException_GetsItsTypeAndPlaceAndNotItsMessage))
        );
        Assert.That(traced.Collector.Everything, Does.Not.Contain("sentinel"));
    }

    private static readonly Action<ILogger, Exception?> Failed = LoggerMessage.Define(
        LogLevel.Error,
        new(1, "Failed"),
        "It failed."
    );
}
