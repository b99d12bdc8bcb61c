using ModelContextProtocol;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>A client with a progress token hears how far the reading of all pages is.</summary>
internal sealed class TotalProgressTests : WholeListFixture
{
    [Test]
    public async Task Total_ClientWithAProgressToken_GetsProgress()
    {
        var notes = new List<ProgressNotificationValue>();
        await using var mcp = await Server.ConnectAsync();
        var result = await mcp.CallToolAsync(
            "pages",
            new Dictionary<string, object?> { ["total"] = "count" },
            new Notes(notes)
        );
        Assert.That(result.StructuredContent!.Value.GetProperty("rows").GetInt32(), Is.EqualTo(250));
        Assert.That(notes, Is.Not.Empty);
        Assert.That(notes[0].Message, Does.Match("^Read [1-5]( of 5)? pages\\.$"));
    }

    [Test]
    public async Task Total_OlderTransportWithAProgressToken_GetsProgressBeforeTheResult()
    {
        using var stream = await SseStream.OpenAsync(Server.Address.ToString(), Server.Token);
        using var posted = await stream.PostAsync(
            """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"pages","arguments":{"total":"count"},"_meta":{"progressToken":"p1"} } }"""
        );
        var progress = await stream.ReadEventAsync();
        Assert.That(progress, Does.Contain("notifications/progress").And.Contain("\"progressToken\":\"p1\""));
        string? last;
        do
        {
            last = await stream.ReadEventAsync();
        } while (last is not null && !last.Contains("\"id\":9", StringComparison.Ordinal));

        Assert.That(last, Does.Contain("\"rows\":250"));
    }

    private sealed class Notes(List<ProgressNotificationValue> notes) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => notes.Add(value);
    }
}
