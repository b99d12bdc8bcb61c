using System.Net;
using NeonPanel.Mcp.Server.Files;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Files;

/// <summary>Rule C9: the addresses that a link may lead to. The networks are those of IANA's registries of
/// special-purpose addresses (RFC 6890), with their first and last address.</summary>
internal sealed class PublicAddressTests
{
    [TestCase("0.0.0.0", "0.255.255.255")]
    [TestCase("10.0.0.0", "10.255.255.255")]
    [TestCase("100.64.0.0", "100.127.255.255")]
    [TestCase("127.0.0.0", "127.255.255.255")]
    [TestCase("169.254.0.0", "169.254.255.255", Description = "with the metadata services of clouds")]
    [TestCase("172.16.0.0", "172.31.255.255")]
    [TestCase("192.0.0.0", "192.0.0.255")]
    [TestCase("192.0.2.0", "192.0.2.255")]
    [TestCase("192.88.99.0", "192.88.99.255")]
    [TestCase("192.168.0.0", "192.168.255.255")]
    [TestCase("198.18.0.0", "198.19.255.255")]
    [TestCase("198.51.100.0", "198.51.100.255")]
    [TestCase("203.0.113.0", "203.0.113.255")]
    [TestCase("224.0.0.0", "239.255.255.255")]
    [TestCase("240.0.0.0", "255.255.255.255")]
    [TestCase("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Description = "before global unicast")]
    [TestCase("::127.0.0.1", "::10.0.0.1", Description = "IPv4-compatible")]
    [TestCase("::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1", Description = "IPv4-translated")]
    [TestCase("::8.8.8.8", "::ffff:0:8.8.8.8", Description = "a public IPv4 address inside of these is not reached so")]
    [TestCase("fe80::808:808", "fd00::808:808")]
    [TestCase("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("100::", "100::ffff:ffff:ffff:ffff")]
    [TestCase("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff")]
    [TestCase("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Description = "6to4: 2002:a00:1:: is 10.0.0.1")]
    [TestCase("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Description = "behind global unicast")]
    [TestCase("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("ff00::", "ff02::1")]
    [TestCase("::ffff:0.0.0.0", "::ffff:127.255.255.255", Description = "IPv4-mapped")]
    [TestCase("64:ff9b::a00:0", "64:ff9b::aff:ffff", Description = "10.0.0.0/8 behind NAT64")]
    [TestCase("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", Description = "loopback and metadata behind NAT64")]
    public void IsPublic_SpecialNetwork_IsNot(string first, string last) =>
        Assert.That(
            ((string[])[first, last]).Where(address => PublicAddress.IsPublic(IPAddress.Parse(address))),
            Is.Empty
        );

    [TestCase("1.0.0.0", "9.255.255.255")]
    [TestCase("11.0.0.0", "100.63.255.255")]
    [TestCase("100.128.0.0", "126.255.255.255")]
    [TestCase("128.0.0.0", "169.253.255.255")]
    [TestCase("169.255.0.0", "172.15.255.255")]
    [TestCase("172.32.0.0", "191.255.255.255")]
    [TestCase("192.0.1.0", "192.0.1.255")]
    [TestCase("192.0.3.0", "192.88.98.255")]
    [TestCase("192.88.100.0", "192.167.255.255")]
    [TestCase("192.169.0.0", "198.17.255.255")]
    [TestCase("198.20.0.0", "198.51.99.255")]
    [TestCase("198.51.101.0", "203.0.112.255")]
    [TestCase("203.0.114.0", "223.255.255.255")]
    [TestCase("2000::", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2001:db9::", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2003::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("::ffff:8.8.8.8", "64:ff9b::808:808", Description = "a public IPv4 address inside of IPv6")]
    public void IsPublic_NetworkBetweenThem_Is(string first, string last) =>
        Assert.That(
            ((string[])[first, last]).Where(address => !PublicAddress.IsPublic(IPAddress.Parse(address))),
            Is.Empty
        );
}
