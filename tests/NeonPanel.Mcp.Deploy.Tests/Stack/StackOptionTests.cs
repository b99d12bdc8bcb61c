using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>The stack with everything that may be asked for, in a network that exists.</summary>
internal sealed class StackOptionTests
{
    private const string SecretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:client-AbCdEf";

    private StackTemplate template = null!;

    [OneTimeSetUp]
    public void Synthesize() => template = StackTemplate.Of(
        ("vpcId", "vpc-1"), ("vpcCidr", "10.1.0.0/16"), ("publicSubnets", "subnet-1,subnet-2"), ("privateSubnets", "subnet-3,subnet-4"),
        ("cpu", "1024"), ("memory", "2048"), ("minTasks", "3"), ("maxTasks", "9"), ("logDays", "100"), ("alarmEmail", "on-call@example.com"),
        ("redisNodeType", "cache.t4g.micro"), ("rateLimit", "50000"), ("githubRepository", "example/mcp"),
        ("server", """{"Auth:Issuer":"https://issuer.example"}"""), ("secrets", $$"""{"Upstream:ClientSecret":"{{SecretArn}}"}"""));

    [Test]
    public void Network_ThatExists_IsJoinedWithoutALookUp()
    {
        Assert.That(template.All("EC2::VPC"), Is.Empty);
        Assert.That(template.One("ECS::Service")["NetworkConfiguration"]!["AwsvpcConfiguration"]!["Subnets"]!.ToJsonString(), Is.EqualTo("""["subnet-3","subnet-4"]"""));
        Assert.That(template.One("ElasticLoadBalancingV2::LoadBalancer")["Subnets"]!.ToJsonString(), Is.EqualTo("""["subnet-1","subnet-2"]"""));
        Assert.That(Variable("Server__KnownProxies"), Is.EqualTo("10.1.0.0/16"));
    }

    [Test]
    public void Task_Size_IsTheSettings()
    {
        var task = template.One("ECS::TaskDefinition");
        Assert.That(((string?)task["Cpu"], (string?)task["Memory"]), Is.EqualTo(("1024", "2048")));
        Assert.That((int)template.One("ECS::Service")["DesiredCount"]!, Is.EqualTo(3));
        Assert.That((int)template.One("ApplicationAutoScaling::ScalableTarget")["MaxCapacity"]!, Is.EqualTo(9));
    }

    [Test]
    public void Settings_OfTheServer_ArePassedOn() => Assert.That(Variable("Auth__Issuer"), Is.EqualTo("https://issuer.example"));

    [Test]
    public void Secret_ByItsArn_IsReadByTheExecutionRoleAlone()
    {
        var secret = template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Secrets"]!.AsArray().Single()!;
        Assert.That(((string?)secret["Name"], (string?)secret["ValueFrom"]), Is.EqualTo(("Upstream__ClientSecret", SecretArn)));
        var statement = template.One("IAM::Policy", "TaskExecutionRole")["PolicyDocument"]!["Statement"]!.AsArray().Single(one => one!.ToJsonString().Contains("secretsmanager:GetSecretValue", StringComparison.Ordinal))!;
        Assert.That((string?)statement["Resource"], Is.EqualTo(SecretArn));
    }

    [Test]
    public void Redis_OfTwoNodes_IsEncryptedAndReachedByTheServiceAlone()
    {
        var redis = template.One("ElastiCache::ReplicationGroup");
        Assert.That(((int)redis["NumCacheClusters"]!, (bool)redis["TransitEncryptionEnabled"]!, (bool)redis["AtRestEncryptionEnabled"]!, (bool)redis["MultiAZEnabled"]!), Is.EqualTo((2, true, true, true)));
        Assert.That(template.One("EC2::SecurityGroupIngress", "RedisGroup")["SourceSecurityGroupId"]!.ToJsonString(), Does.Contain("ServiceGroup"));
        Assert.That(Variable("Redis__ConnectionString"), Does.Contain("PrimaryEndPoint.Address").And.Contain(",ssl=true"));
    }

    [Test]
    public void RateRule_Blocks_WithATooManyAndSamplesNoRequest()
    {
        var rule = template.One("WAFv2::WebACL")["Rules"]![0]!;
        Assert.That((int)rule["Statement"]!["RateBasedStatement"]!["Limit"]!, Is.EqualTo(50_000));
        Assert.That((int)rule["Action"]!["Block"]!["CustomResponse"]!["ResponseCode"]!, Is.EqualTo(429));
        Assert.That(template.One("WAFv2::WebACL").ToJsonString(), Does.Not.Contain("\"SampledRequestsEnabled\":true"));
        Assert.That(template.All("WAFv2::WebACLAssociation"), Has.Count.EqualTo(1));
    }

    [Test]
    public void DeploymentRole_Trust_IsTheRepositorysMainBranchAndTags()
    {
        var role = template.One("IAM::Role", "AssumeRoleWithWebIdentity")["AssumeRolePolicyDocument"]!["Statement"]!.AsArray().Single()!["Condition"]!;
        Assert.That(role.ToJsonString(), Is.EqualTo(
            """{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":["repo:example/mcp:ref:refs/heads/main","repo:example/mcp:ref:refs/tags/v*"]}}"""));
    }

    [Test]
    public void DeploymentRole_Rights_AreNamed()
    {
        var statements = template.One("IAM::Policy", "DeploymentRole")["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.That(statements.Where(statement => statement!["Resource"]!.ToJsonString() == "\"*\"").Select(statement => statement!["Action"]!.ToString()), Is.EqualTo((string[])["ecr:GetAuthorizationToken"]));
        Assert.That(statements.ToJsonString(), Does.Not.Contain(":*\"").And.Contain("cdk-hnb659fds-deploy-role-"));
    }

    [Test]
    public void Logs_Retention_IsTheNextThatCloudWatchKnows() => Assert.That((int)template.One("Logs::LogGroup")["RetentionInDays"]!, Is.EqualTo(180));

    [Test]
    public void Alarms_ByMail_ReachTheAddress() => Assert.That((string?)template.One("SNS::Subscription")["Endpoint"], Is.EqualTo("on-call@example.com"));

    private string Variable(string name) =>
        template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!.AsArray().Single(variable => (string?)variable!["Name"] == name)!["Value"]!.ToString();
}
