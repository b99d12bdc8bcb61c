using System.Globalization;
using System.Net;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Failures;

/// <summary>Rule D6: the sentence of each fault is the one that docs/calls.md promises.</summary>
internal sealed class FailureTableTests
{
    private static readonly ToolCatalog Catalog = GeneratedCatalog.Create();
    private static readonly UpstreamFailures Failures = new(Catalog, TimeProvider.System);

    private static IEnumerable<TestCaseData> Rows =>
        File.ReadAllLines(Path.Combine(Repository.Folder, "docs/calls.md"))
            .SkipWhile(line => line != "| Fault | Tool | Sentence |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => new TestCaseData(cells[0], cells[1], cells[2]).SetArgDisplayNames(cells[0], cells[1]));

    [TestCaseSource(nameof(Rows))]
    public void Failure_OfTheTable_HasItsSentence(string fault, string toolName, string sentence)
    {
        Assert.That(Catalog.TryGet(toolName, out var tool), Is.True);
        var result = Result(tool!, fault);
        Assert.That(result.Text, Is.EqualTo(sentence));
        Assert.That(
            (result.IsError, result.IsUnauthorized),
            Is.EqualTo((true, fault is "401" or "credential refused"))
        );
    }

    // A user who signs in again changes nothing if the credential is the server's own.
    [TestCase("401", true, true, "The access token was not accepted; sign in again.")]
    [TestCase("401", false, false, "The credential of this server was not accepted; tell the operator.")]
    [TestCase("403", true, false, "The signed-in user may not do this; ask for the permission.")]
    [TestCase("403", false, false, "The credential of this server does not allow this; tell the operator.")]
    [TestCase("404", false, false, "There is no such record; check the ids that the call names.")]
    public void Failure_OfACredential_IsAMatterOfItsOwner(
        string status,
        bool isUsers,
        bool isUnauthorized,
        string nextStep
    )
    {
        Catalog.TryGet("bills_list", out var tool);
        var result = Failures.Of(tool!, Response(status), new(null, isUsers, []));
        Assert.That(result.IsUnauthorized, Is.EqualTo(isUnauthorized));
        Assert.That(result.Text, Does.StartWith($"bills_list failed: NeonPanel answered {status}. {nextStep}"));
    }

    // The tag of the metrics.
    [TestCase("400", "status")]
    [TestCase("503", "status")]
    [TestCase("timeout", "timeout")]
    [TestCase("refused", "connection")]
    [TestCase("reset", "connection")]
    [TestCase("too large", "too_large")]
    [TestCase("bytes too large", "too_large")]
    [TestCase("paused", "paused")]
    [TestCase("busy", "busy")]
    [TestCase("not JSON", "not_json")]
    [TestCase("web page", "not_json")]
    [TestCase("no credential", "credential")]
    [TestCase("credential refused", "credential")]
    public void Failure_Kind_IsOneOfAFixedSet(string fault, string kind)
    {
        Catalog.TryGet("bills_list", out var tool);
        Assert.That(Result(tool!, fault).FailureKind.Word(), Is.EqualTo(kind));
    }

    [Test]
    public void Failure_OfTheArguments_IsOfThatKind()
    {
        Catalog.TryGet("bills_list", out var tool);
        var result = UpstreamFailures.Refused(tool!, ["one", "two"]);
        Assert.That(
            (result.Text, result.FailureKind),
            Is.EqualTo(("bills_list was not called:\none\ntwo", FailureKind.Arguments))
        );
    }

    [Test]
    public void Table_HasEveryStatusThatTheSpecificationPromisesAndEveryFault() =>
        Assert.That(
            Rows.Select(row => (string)row.Arguments[0]!),
            Is.SupersetOf(
                new[]
                {
                    "400",
                    "401",
                    "403",
                    "404",
                    "409",
                    "415",
                    "422",
                    "429",
                    "500",
                    "timeout",
                    "refused",
                    "reset",
                    "paused",
                    "busy",
                    "not JSON",
                    "too large",
                }
            )
        );

    private static ToolResult Result(ToolDescriptor tool, string fault) =>
        fault switch
        {
            "timeout" => Failures.Timeout(tool, TimeSpan.FromSeconds(15)),
            "refused" => Failures.Of(tool, new HttpRequestException(HttpRequestError.ConnectionError)),
            "reset" => Failures.Of(tool, new HttpRequestException(HttpRequestError.ResponseEnded)),
            "too large" => Failures.Of(tool, new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded)),
            "paused" => Failures.Of(
                tool,
                new CallNotSentException(
                    NotSentReason.Paused,
                    TimeSpan.FromSeconds(11.5),
                    new InvalidOperationException()
                )
            ),
            "busy" => Failures.Of(
                tool,
                new CallNotSentException(NotSentReason.Busy, TimeSpan.FromSeconds(1), new InvalidOperationException())
            ),
            "not JSON" => Failures.NotJson(tool),
            "web page" => Failures.WebPage(tool),
            "bytes too large" => UpstreamFailures.TooLargeAttachment(tool, "application/zip", 2_000_000),
            "no credential" => Failures.Of(tool, new CredentialException("", isUsersMatter: false)),
            "credential refused" => Failures.Of(tool, new CredentialException("", isUsersMatter: true)),
            _ => Failures.Of(tool, Response(fault)),
        };

    private static RawResponse Response(string fault)
    {
        var words = fault.Split(", Retry-After ");
        return new(
            (HttpStatusCode)int.Parse(words[0], CultureInfo.InvariantCulture),
            "application/json",
            null,
            "{}"u8.ToArray(),
            words.Length > 1 ? TimeSpan.FromSeconds(int.Parse(words[1], CultureInfo.InvariantCulture)) : null
        );
    }
}
