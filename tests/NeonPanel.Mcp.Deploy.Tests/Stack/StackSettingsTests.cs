using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>Settings are refused before anything is synthesized, all at once.</summary>
internal sealed class StackSettingsTests
{
    [Test]
    public void Settings_Missing_AreAllNamed() =>
        Assert.That(() => Read([]), Throws.InstanceOf<StackSettingsException>().With.Message.EqualTo(
            "'publicUrl' must be an https URL without a path, but is not set.\n'certificateArn' must be the ARN of a certificate, but is not set.\n'version' must be the tag of an image, but is not set."));

    [TestCase("publicUrl", "http://mcp.example.com", "'publicUrl' must be an https URL without a path, but is 'http://mcp.example.com'.")]
    [TestCase("minTasks", "1", "'minTasks' must be a whole number from 2 to 100, but is '1'.")]
    [TestCase("server", "[1]", "'server' must be a JSON object of texts, such as {\"Auth:Issuer\": \"https://…\"}.")]
    [TestCase("secrets", """{"Upstream:ClientSecret":"hunter2"}""", "'secrets' must name secrets by ARN, but 'Upstream:ClientSecret' is something else.")]
    public void Setting_Wrong_IsNamedWithWhatIsExpected(string name, string value, string fault) =>
        Assert.That(() => Read(new(StackTemplate.Required) { [name] = value }), Throws.InstanceOf<StackSettingsException>().With.Message.EqualTo(fault));

    [Test]
    public void Network_ThatExists_WantsItsParts() =>
        Assert.That(() => Read(new(StackTemplate.Required) { ["vpcId"] = "vpc-1" }), Throws.InstanceOf<StackSettingsException>().With.Message.EqualTo(
            "'vpcCidr' must be the network of the VPC, but is not set.\n'publicSubnets' must be set when 'vpcId' is.\n'privateSubnets' must be set when 'vpcId' is."));

    [Test]
    public void Redis_MadeAndNamed_IsRefused() =>
        Assert.That(() => Read(new(StackTemplate.Required) { ["redisNodeType"] = "cache.t4g.micro", ["secrets"] = """{"Redis:ConnectionString":"arn:aws:secretsmanager:us-east-1:1:secret:r"}""" }),
            Throws.InstanceOf<StackSettingsException>().With.Message.EqualTo("'redisNodeType' makes a Redis, and 'secrets' names another: one of them must go."));

    private static StackSettings Read(Dictionary<string, object> context) => StackSettings.Read(context.GetValueOrDefault);
}
