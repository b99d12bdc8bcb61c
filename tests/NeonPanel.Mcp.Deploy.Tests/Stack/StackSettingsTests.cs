using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>Settings are refused before anything is synthesized, all at once.</summary>
internal sealed class StackSettingsTests
{
    [Test]
    public void Settings_Missing_AreAllNamed() =>
        Assert.That(
            () => Read([]),
            Throws
                .InstanceOf<StackSettingsException>()
                .With.Message.EqualTo(
                    "'publicUrl' must be an https URL without a path, but is not set.\n'certificateArn' must be the ARN of a certificate, but is not set.\n'version' must be the tag of an image, but is not set."
                )
        );

    [TestCase(
        "publicUrl",
        "http://mcp.example.com",
        "'publicUrl' must be an https URL without a path, but is 'http://mcp.example.com'."
    )]
    [TestCase("minTasks", "1", "'minTasks' must be a whole number from 2 to 100, but is '1'.")]
    [TestCase("server", "[1]", "'server' must be a JSON object of texts, such as {\"Auth:Issuer\": \"https://…\"}.")]
    [TestCase(
        "secrets",
        """{"Upstream:ClientSecret":"hunter2"}""",
        "'secrets' must name secrets by ARN, but 'Upstream:ClientSecret' is something else."
    )]
    [TestCase(
        "imageDigest",
        "sha256:12",
        "'imageDigest' must be the digest of an image, such as sha256:…, but is 'sha256:12'."
    )]
    [TestCase(
        "egressPorts",
        "4318,http",
        "'egressPorts' must hold ports from 1 to 65535 with commas between them, but holds 'http'."
    )]
    [TestCase(
        "egressPorts",
        "0",
        "'egressPorts' must hold ports from 1 to 65535 with commas between them, but holds '0'."
    )]
    [TestCase(
        "rateLimit",
        "9",
        "'rateLimit' must be 0 or at least 10, which is the least that WAF accepts, but is '9'."
    )]
    [TestCase(
        "server",
        """{"Telemetry:OtlpEndpoint":"https://collector.example:4318"}""",
        "'server' names port 4318 (Telemetry:OtlpEndpoint), which tasks may not reach: 'egressPorts' must name it."
    )]
    [TestCase(
        "server",
        """{"Redis:ConnectionString":"redis.example:6379"}""",
        "'server' names a Redis (Redis:ConnectionString), which tasks may not reach: 'egressPorts' must name its port, such as 6379."
    )]
    [TestCase(
        "secrets",
        """{"Redis:ConnectionString":"arn:aws:secretsmanager:us-east-1:1:secret:r"}""",
        "'secrets' names a Redis (Redis:ConnectionString), which tasks may not reach: 'egressPorts' must name its port, such as 6379."
    )]
    public void Setting_Wrong_IsNamedWithWhatIsExpected(string name, string value, string fault) =>
        Assert.That(
            () => Read(new(StackTemplate.Required) { [name] = value }),
            Throws.InstanceOf<StackSettingsException>().With.Message.EqualTo(fault)
        );

    [Test]
    public void Network_ThatExists_WantsItsParts() =>
        Assert.That(
            () => Read(new(StackTemplate.Required) { ["vpcId"] = "vpc-1" }),
            Throws
                .InstanceOf<StackSettingsException>()
                .With.Message.EqualTo(
                    "'vpcCidr' must be the network of the VPC, but is not set.\n'publicSubnets' must be set when 'vpcId' is.\n'privateSubnets' must be set when 'vpcId' is."
                )
        );

    [TestCase("https://issuer.example")]
    [TestCase("https://issuer.example:4318/x")]
    [TestCase("http://127.0.0.1:4317")]
    [TestCase("250")]
    public void Setting_OfTheServer_WithAReachableAddressOrNone_IsAccepted(string value) =>
        Assert.That(
            Read(
                new(StackTemplate.Required)
                {
                    ["egressPorts"] = "4318",
                    ["server"] = $$"""{"Any:Setting":"{{value}}"}""",
                }
            ).Server.Values,
            Is.EqualTo((string[])[value])
        );

    [Test]
    public void RateLimit_OfZero_IsNoRule() =>
        Assert.That(Read(new(StackTemplate.Required) { ["rateLimit"] = "0" }).RateLimit, Is.Zero);

    [TestCase("secrets", "arn:aws:secretsmanager:us-east-1:1:secret:r")]
    [TestCase("server", "redis.example:6379")]
    public void Redis_MadeAndNamed_IsRefused(string place, string value) =>
        Assert.That(
            () =>
                Read(
                    new(StackTemplate.Required)
                    {
                        ["redisNodeType"] = "cache.t4g.micro",
                        ["egressPorts"] = "6379",
                        [place] = $$"""{"Redis:ConnectionString":"{{value}}"}""",
                    }
                ),
            Throws
                .InstanceOf<StackSettingsException>()
                .With.Message.EqualTo(
                    $"'redisNodeType' makes a Redis, and '{place}' names another: one of them must go."
                )
        );

    private static StackSettings Read(Dictionary<string, object> context) =>
        StackSettings.Read(context.GetValueOrDefault);
}
