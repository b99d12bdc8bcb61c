using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>The log as CloudWatch Logs Insights reads it: one flat object a line, and the queries of docs/operations.md
/// fit it.</summary>
internal sealed partial class JsonLinesTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"NAME","arguments":{}}}""";

    private static readonly Action<ILogger, string, int, Exception?> Told = LoggerMessage.Define<string, int>(
        LogLevel.Warning,
        new(9, "ItHappened"),
        "It happened: {SomeText} {Message}"
    );

    private JsonLineCollector log = null!;
    private ProtectedServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        log = new(TimeProvider.System);
        server = await ProtectedServer.StartAsync(builder => builder.Logging.AddProvider(log));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public async Task Call_ThatIsAnswered_IsOneLineOfTheFieldsThatTheDocsName()
    {
        using var response = await server.ListAsync(
            server.Issuer.Token(),
            Call.Replace("NAME", "listCompanies", StringComparison.Ordinal)
        );
        var id = response.Headers.GetValues("X-Correlation-Id").Single();
        var line = log.Records.Single(record => (string?)record["event"] == "tool_call");
        Assert.Multiple(() =>
        {
            Assert.That(
                line.Select(field => field.Key),
                Is.EquivalentTo(
                    new[]
                    {
                        "timestamp",
                        "level",
                        "category",
                        "event_id",
                        "event",
                        "message",
                        "tool",
                        "outcome",
                        "upstream_status",
                        "duration_ms",
                        "correlation_id",
                        "subject_hash",
                        "failure",
                        "effect",
                        "record_id",
                    }
                )
            );
            Assert.That((string?)line["level"], Is.EqualTo("info"));
            Assert.That(
                ((string?)line["tool"], (string?)line["outcome"], (string?)line["failure"]),
                Is.EqualTo(("listCompanies", "ok", "none"))
            );
            Assert.That((int?)line["upstream_status"], Is.EqualTo(200));
            Assert.That((int?)line["duration_ms"], Is.GreaterThanOrEqualTo(0));
            Assert.That((string?)line["correlation_id"], Is.EqualTo(id));
        });
    }

    [TestCase("getRevenueAndCogs", 200, "arguments", 0)]
    [TestCase("listCompanies", 422, "status", 422)]
    [TestCase("listCompanies", 0, "connection", 0)]
    public async Task Call_ThatFails_SaysOfWhatKind(string tool, int status, string failure, int upstream)
    {
        server.Issuer.Api = context =>
        {
            context.Response.StatusCode = status;
            return status == 0 ? Abort(context) : Task.CompletedTask;
        };
        using var response = await server.ListAsync(
            server.Issuer.Token(),
            Call.Replace("NAME", tool, StringComparison.Ordinal)
        );
        var line = log.Records.Single(record => (string?)record["event"] == "tool_call");
        Assert.That(
            ((string?)line["outcome"], (string?)line["failure"], (int?)line["upstream_status"]),
            Is.EqualTo(("error", failure, upstream))
        );

        static Task Abort(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task Request_WhoseTokenIsRefused_IsALineWithTheReasonAndTheCorrelationId()
    {
        using var response = await server.ListAsync(server.Issuer.Token(body => body["exp"] = TestIssuer.Now - 600));
        var line = log.Records.Single(record => (string?)record["event"] == "auth_refused");
        Assert.That(
            ((string?)line["reason"], (string?)line["correlation_id"]),
            Is.EqualTo(("expired", response.Headers.GetValues("X-Correlation-Id").Single()))
        );
    }

    [Test]
    public void Line_OfAnException_TellsItsTypeAndPlaceAndNotItsMessage()
    {
        using var collector = new JsonLineCollector(new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        try
        {
            throw new FormatException("s3ntinel", new FormatException("s3ntinel"));
        }
        catch (FormatException exception)
        {
            Told(collector.CreateLogger("A.B"), "line\nbreak \"quoted\"", 7, exception);
        }

        Assert.That(collector.Lines.Single(), Does.EndWith("}\n").And.Not.Contain("s3ntinel"));
        Assert.That(collector.Lines.Single().Count(character => character == '\n'), Is.EqualTo(1));
        var line = collector.Records.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)line["timestamp"], Is.EqualTo("2026-01-02T03:04:05Z"));
            Assert.That(
                ((string?)line["level"], (string?)line["event"], (int?)line["event_id"], (string?)line["category"]),
                Is.EqualTo(("warn", "it_happened", 9, "A.B"))
            );
            Assert.That((string?)line["some_text"], Is.EqualTo("line\nbreak \"quoted\""));
            Assert.That(
                (string?)line["message"],
                Does.StartWith("It happened: "),
                "a value of the same name stands back"
            );
            Assert.That((string?)line["exception"], Is.EqualTo("System.FormatException"));
            Assert.That(
                (string?)line["stack_trace"],
                Does.Contain(nameof(Line_OfAnException_TellsItsTypeAndPlaceAndNotItsMessage))
            );
        });
    }

    [Test]
    public async Task Queries_OfTheDocs_NameOnlyFieldsThatLinesHave()
    {
        var calls = 0;
        server.Issuer.Api = context =>
        {
            context.Response.StatusCode = ++calls == 1 ? 200 : 500;
            return Task.CompletedTask;
        };
        foreach (var token in new[] { server.Issuer.Token(), server.Issuer.Token(body => body["exp"] = 1) })
        {
            using var response = await server.ListAsync(
                token,
                Call.Replace("NAME", "listCompanies", StringComparison.Ordinal)
            );
        }

        // A line has these where a collector is named: TraceTests.
        HashSet<string> known =
        [
            .. log.Records.SelectMany(record => record).Select(field => field.Key),
            "trace_id",
            "@timestamp",
        ];
        var queries = Query()
            .Matches(
                await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "operations.md"))
            )
            .Select(match => match.Groups[1].Value)
            .ToList();
        Assert.That(queries, Has.Count.EqualTo(6));
        Assert.Multiple(() =>
        {
            foreach (var query in queries)
            {
                var fields = FieldsOf(query);
                Assert.That(fields, Is.Not.Empty.And.SubsetOf(known), query);
            }

            foreach (
                var (value, field) in queries
                    .SelectMany(query => Comparison().Matches(query))
                    .Select(match => (match.Groups[2].Value, match.Groups[1].Value))
                    .Where(pair => pair.Item2 == "event")
            )
            {
                Assert.That(log.Records.Select(record => (string?)record["event"]), Has.Some.EqualTo(value));
            }
        });
    }

    // The fields of a query: its words except texts, numbers, words of the language, functions and names that the query
    // itself gives.
    private static List<string> FieldsOf(string query)
    {
        string[] language =
        [
            "fields",
            "filter",
            "stats",
            "sort",
            "limit",
            "by",
            "as",
            "and",
            "or",
            "in",
            "asc",
            "desc",
            "count",
            "sum",
            "pct",
            "max",
            "bin",
        ];
        var given = Alias().Matches(query).Select(match => match.Groups[1].Value);
        return
        [
            .. Word().Matches(Text().Replace(query, "")).Select(match => match.Value).Except(language).Except(given),
        ];
    }

    [GeneratedRegex("```insights\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex("\\bas (\\w+)")]
    private static partial Regex Alias();

    [GeneratedRegex("(?<![\\w])@?[a-zA-Z_]\\w*")]
    private static partial Regex Word();

    [GeneratedRegex("(\\w+) = \"([^\"]*)\"")]
    private static partial Regex Comparison();
}
