using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Settings;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Instances;

/// <summary>The setting <c>Redis:ConnectionString</c>.</summary>
internal sealed class RedisOptionsTests
{
    [TestCase("password=s3cret", false)]
    [TestCase("localhost:6379,nonsense=1,password=s3cret", false)]
    [TestCase("localhost:6379,ssl=perhaps,password=s3cret", false)]
    [TestCase("redis.example:6380,ssl=true,password=s3cret", true)]
    public void RedisSetting_ThatCannotBeRead_IsAFaultWithoutThePassword(string text, bool isGood)
    {
        var settings = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create("Redis:ConnectionString", (string?)text)])
                .Build()
        );
        Assert.That(RedisOptions.Read(settings), isGood ? Is.Not.Null : Is.Null);
        Assert.That(settings.Faults, Has.Count.EqualTo(isGood ? 0 : 1));
        Assert.That(
            settings.Faults.All(fault =>
                fault.StartsWith("Redis:ConnectionString must be", StringComparison.Ordinal)
                && !fault.Contains("s3cret", StringComparison.Ordinal)
            ),
            Is.True
        );
    }
}
