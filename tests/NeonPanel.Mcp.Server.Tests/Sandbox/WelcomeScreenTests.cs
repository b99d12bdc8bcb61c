using System.Globalization;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

internal sealed class WelcomeScreenTests
{
    [Test]
    public async Task Write_IntoAPipe_TellsWhatToDoInPlainWholeLines()
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        WelcomeScreen.Write(sandbox, output, isTerminal: false);
        var text = output.ToString();
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        Assert.That(lines, Has.One.EqualTo(sandbox.Token));
        Assert.That(
            lines.Count(line =>
                line.StartsWith("curl -s ", StringComparison.Ordinal)
                && line.Contains("Bearer " + sandbox.Token + "'", StringComparison.Ordinal)
                && line.EndsWith("\"name\":\"listCompanies\",\"arguments\":{}}}'", StringComparison.Ordinal)
            ),
            Is.EqualTo(1)
        );
        Assert.That(lines, Has.Some.EndsWith($"claude mcp add --transport http neonpanel {sandbox.Address}mcp"));
        Assert.That(text, Does.Not.Contain("\u001b"));
        using var http = new HttpClient();
        foreach (var page in new[] { "", "docs", "try" })
        {
            Assert.That(text, Does.Contain(sandbox.Address + page));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Address, page))
            {
                Headers = { { "Accept", "text/html" } },
            };
            using var answer = await http.SendAsync(request);
            Assert.That(answer.IsSuccessStatusCode, Is.True, page);
        }
    }
}
