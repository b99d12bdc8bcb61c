using System.Net;
using Microsoft.AspNetCore.Connections;
using NeonPanel.Mcp.Server.Edge;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>One address cannot take all connections.</summary>
internal sealed class ConnectionCounterTests
{
    private TaskCompletionSource open = null!;
    private int served;

    [SetUp]
    public void SetUp() => (open, served) = (new(), 0);

    [TestCase("203.0.113.7", "203.0.113.7", 2)]
    [TestCase("203.0.113.7", "203.0.113.8", 3)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", 2)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2::2", 2)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", 3)]
    [TestCase("10.0.0.1", "10.0.0.1", 3, Description = "a known proxy")]
    [TestCase("::ffff:10.0.0.1", "10.0.0.1", 3, Description = "a known proxy")]
    public async Task Use_ThirdConnection_IsServedUnlessItsAddressHoldsTwo(string address, string third, int expected)
    {
        var counter = Counter();
        var connections = new List<Task>
        {
            Connect(counter, address),
            Connect(counter, address),
            Connect(counter, third),
        };
        Assert.That(served, Is.EqualTo(expected));
        open.SetResult();
        await Task.WhenAll(connections);
    }

    [Test]
    public async Task Use_AfterConnectionsHaveEnded_ServesAsManyAgain()
    {
        var counter = Counter();
        var connections = new List<Task> { Connect(counter, "203.0.113.7"), Connect(counter, "203.0.113.7") };
        open.SetResult();
        await Task.WhenAll(connections);
        open = new();
        connections = [Connect(counter, "203.0.113.7"), Connect(counter, "203.0.113.7")];
        Assert.That(served, Is.EqualTo(4));
        open.SetResult();
        await Task.WhenAll(connections);
    }

    private static ConnectionCounter Counter() =>
        new(
            new(600, 20, 600, 1024, [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.168.0.0/16")])
            {
                MaxConnectionsPerAddress = 2,
            }
        );

    private Task Connect(ConnectionCounter counter, string address) =>
        counter.Use(_ =>
        {
            served++;
            return open.Task;
        })(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) });
}
