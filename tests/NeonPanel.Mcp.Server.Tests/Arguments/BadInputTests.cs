using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>The requests that the API gets for odd and bad arguments (rules D1 to D4).</summary>
internal sealed class BadInputTests
{
    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    private StrictUpstream server = null!;
    private McpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync();
        client = await server.ConnectAsync();
        server
            .Upstream.Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody("{}"));
    }

    [SetUp]
    public void Forget() => server.Upstream.ResetLogEntries();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [TestCase("\"..\"")]
    [TestCase("\".\"")]
    [TestCase("\"%2e%2e\"")]
    [TestCase("\"a\\\\b\"")]
    [TestCase("\"a\\r\\nHost: evil\"")]
    [TestCase("\"a\\u0000b\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("[[\"a\"]]")]
    [TestCase("1e400")]
    public async Task CallTool_BadCompany_ReachesNothing(string company)
    {
        var (result, text) = await CallAsync("bills_list", $$"""{"companyUuid":{{company}}}""");
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.StartWith("bills_list was not called:\nArgument 'companyUuid' "));
        Assert.That(server.Upstream.LogEntries, Is.Empty);
    }

    // Names of companies may hold these characters, so that the names are looked up.
    [TestCase("a/b")]
    [TestCase("a?x")]
    [TestCase("a#x")]
    [TestCase("")]
    public async Task CallTool_UnknownCompanyWithAnyPunctuation_SendsNoCallForIt(string company)
    {
        var (result, text) = await CallAsync("bills_list", $$"""{"companyUuid":"{{company}}"}""");
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.StartWith("bills_list was not called:\nArgument 'companyUuid' "));
        Assert.That(server.Upstream.LogEntries.Select(entry => entry.RequestMessage!.Path), Has.None.Contains("bills"));
    }

    [Test]
    public async Task CallTool_CompanyOfTenThousandCharacters_ReachesNothing()
    {
        var (result, text) = await CallAsync("bills_list", $$"""{"companyUuid":"{{new string('a', 10_000)}}"}""");
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Has.Length.LessThan(1000));
        Assert.That(server.Upstream.LogEntries, Is.Empty);
    }

    [TestCase("0.1000000000000000055511151231257827021181583404541015625")]
    [TestCase("18446744073709551616")]
    [TestCase("1e400")]
    [TestCase("-0")]
    [TestCase("12.50")]
    [TestCase("1E+2")]
    public async Task CallTool_Number_ArrivesDigitByDigit(string digits)
    {
        var (result, _) = await CallAsync(
            "paymentRequests_update",
            $$"""{"companyUuid":"{{Company}}","paymentId":7,"paid_amount":{{digits}}}"""
        );
        Assert.That(result.IsError, Is.Not.True);
        Assert.That(
            server.Upstream.LogEntries.Single().RequestMessage!.Body,
            Is.EqualTo($$"""{"paid_amount":{{digits}}}""")
        );
    }

    [Test]
    public async Task CallTool_NumberAsText_ArrivesDigitByDigitWithAReceipt()
    {
        var (result, _) = await CallAsync(
            "paymentRequests_update",
            $$"""{"companyUuid":"{{Company}}","paymentId":"7","paidAmount":"0.10000000000000000000000001"}"""
        );
        Assert.That(
            server.Upstream.LogEntries.Single().RequestMessage!.Body,
            Is.EqualTo("""{"paid_amount":0.10000000000000000000000001}""")
        );
        Assert.That(
            ((TextContentBlock)result.Content[1]).Text.Split('\n'),
            Is.EqualTo(
                new[]
                {
                    "paymentId was text; it was read as a number.",
                    "paidAmount was read as paid_amount.",
                    "paid_amount was text; it was read as a number.",
                }
            )
        );
    }

    // Absent, null and default are three things (rule D2).
    [TestCase("", "/api/v1/companies?", "")]
    [TestCase("\"page\":1", "/api/v1/companies?page=1", "")]
    [TestCase("\"page\":null", "/api/v1/companies?", "page was null, which it does not accept; it was left out.")]
    public async Task CallTool_AbsentNullOrDefault_IsWhatWasSent(string arguments, string url, string receipt)
    {
        var (result, _) = await CallAsync("listCompanies", "{" + arguments + "}");
        Assert.That(
            new Uri(server.Upstream.LogEntries.Single().RequestMessage!.Url!).PathAndQuery,
            Is.EqualTo(url.TrimEnd('?'))
        );
        Assert.That(
            result.Content.OfType<TextContentBlock>().Skip(1).Select(block => block.Text),
            Is.EqualTo(receipt.Length == 0 ? [] : new[] { receipt })
        );
    }

    [Test]
    public async Task CallTool_NullThatIsTaken_ArrivesAsNull()
    {
        await CallAsync(
            "paymentRequests_update",
            $$"""{"companyUuid":"{{Company}}","paymentId":7,"paid_amount":null}"""
        );
        Assert.That(server.Upstream.LogEntries.Single().RequestMessage!.Body, Is.EqualTo("""{"paid_amount":null}"""));
    }

    [Test]
    public async Task CallTool_FaultsAtEveryDepthAndTenThousandUnknownArguments_AreOneBoundedAnswer()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 10_000).Select(index => $"\"x{index}\":1"));
        var (result, text) = await CallAsync(
            "bills_create",
            """{"companyUuid":5.5,"details":[{"rate":{}},[],{"quantity":"many"}],""" + unknown + "}"
        );
        Assert.That(result.IsError, Is.True);
        Assert.That(
            text,
            Has.Length.LessThan(10_000)
                .And.Contains("'companyUuid' must be a string, but is 5.5")
                .And.Contains("'/details/0/rate' must be")
                .And.Contains("'/details/1' must be an object, but is an array")
                .And.Contains("'/details/2/quantity' must be")
                .And.Contains("… and at least 80 more.")
        );
        Assert.That(server.Upstream.LogEntries, Is.Empty);
    }

    // Each item would be a pair of its own, and no server takes an address of that length.
    [Test]
    public async Task CallTool_ListThatIsTooLongForTheAddress_IsRefused()
    {
        var (result, text) = await CallAsync(
            "bills_list",
            $$"""{"companyUuid":"{{Company}}","vendors":[{{string.Join(',', Enumerable.Repeat("7", 40_000))}}]}"""
        );
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.Contain("'vendors' must be so short that it fits into the address"));
        Assert.That(server.Upstream.LogEntries, Is.Empty);
    }

    private async Task<(CallToolResult Result, string Text)> CallAsync(string tool, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var result = await client.CallToolAsync(
            tool,
            document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value)
        );
        return (result, ((TextContentBlock)result.Content[0]).Text);
    }
}
