using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>The stack with everything that may be asked for, in a network that exists.</summary>
internal sealed class StackOptionTests
{
    private const string SecretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:client-AbCdEf";

    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private StackTemplate template = null!;

    [OneTimeSetUp]
    public void Synthesize() =>
        template = StackTemplate.Of(
            ("vpcId", "vpc-1"),
            ("vpcCidr", "10.1.0.0/16"),
            ("publicSubnets", "subnet-1,subnet-2"),
            ("privateSubnets", "subnet-3,subnet-4"),
            ("cpu", "1024"),
            ("memory", "2048"),
            ("minTasks", "3"),
            ("maxTasks", "9"),
            ("logDays", "100"),
            ("alarmEmail", "on-call@example.com"),
            ("redisNodeType", "cache.t4g.micro"),
            ("rateLimit", "50000"),
            ("egressPorts", "4318, 6380"),
            ("imageDigest", Digest),
            ("githubRepository", "example/mcp"),
            ("server", """{"Auth:Issuer":"https://issuer.example"}"""),
            ("secrets", $$"""{"Upstream:ClientSecret":"{{SecretArn}}"}""")
        );

    [Test]
    public void Network_ThatExists_IsJoinedWithoutALookUp()
    {
        Assert.That(template.All("EC2::VPC"), Is.Empty);
        Assert.That(
            template.One("ECS::Service")["NetworkConfiguration"]!["AwsvpcConfiguration"]!["Subnets"]!.ToJsonString(),
            Is.EqualTo("""["subnet-3","subnet-4"]""")
        );
        Assert.That(
            template.One("ElasticLoadBalancingV2::LoadBalancer")["Subnets"]!.ToJsonString(),
            Is.EqualTo("""["subnet-1","subnet-2"]""")
        );
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
    public void Settings_OfTheServer_ArePassedOn() =>
        Assert.That(Variable("Auth__Issuer"), Is.EqualTo("https://issuer.example"));

    [Test]
    public void Secret_ByItsArn_IsReadByTheExecutionRoleAlone()
    {
        Assert.That((string?)Secret("Upstream__ClientSecret"), Is.EqualTo(SecretArn));
        var statements = template.One("IAM::Policy", "TaskExecutionRole")["PolicyDocument"]!["Statement"]!
            .AsArray()
            .Where(one => one!.ToJsonString().Contains("secretsmanager:GetSecretValue", StringComparison.Ordinal));
        Assert.That(
            statements.Select(one => one!["Resource"]!.ToJsonString()),
            Is.EquivalentTo(
                (string[])
                    [
                        $"\"{SecretArn}\"",
                        Secret("Mcp__StateKey")!.ToJsonString(),
                        Secret("Redis__ConnectionString")!.ToJsonString(),
                    ]
            )
        );
    }

    [Test]
    public void Redis_OfTwoNodes_IsEncryptedAndReachedByTheServiceAlone()
    {
        var redis = template.One("ElastiCache::ReplicationGroup");
        Assert.That(
            (
                (int)redis["NumCacheClusters"]!,
                (bool)redis["TransitEncryptionEnabled"]!,
                (bool)redis["AtRestEncryptionEnabled"]!,
                (bool)redis["MultiAZEnabled"]!
            ),
            Is.EqualTo((2, true, true, true))
        );
        Assert.That(
            template.One("EC2::SecurityGroupIngress", "RedisGroup")["SourceSecurityGroupId"]!.ToJsonString(),
            Does.Contain("ServiceGroup")
        );
        Assert.That((int)template.One("EC2::SecurityGroupEgress", "RedisGroup")["ToPort"]!, Is.EqualTo(6379));
    }

    [Test]
    public void Redis_Password_IsGeneratedAndStandsInNoTemplate()
    {
        var password = template.One("SecretsManager::Secret", "Password of the Redis");
        Assert.That(
            (
                (int)password["GenerateSecretString"]!["PasswordLength"]!,
                (bool)password["GenerateSecretString"]!["ExcludePunctuation"]!
            ),
            Is.EqualTo((64, true))
        );
        var token = template.One("ElastiCache::ReplicationGroup")["AuthToken"]!.ToJsonString();
        Assert.That(
            token,
            Does.Contain("{{resolve:secretsmanager:").And.Contain("RedisPassword"),
            "a reference that CloudFormation resolves"
        );
    }

    // The tasks share it, so that each of them accepts what another one signed.
    [Test]
    public void StateKey_IsGeneratedAndReachesTheServerAsASecret()
    {
        var key = template.One("SecretsManager::Secret", "Mcp:StateKey")["GenerateSecretString"]!;
        Assert.That(
            ((int)key["PasswordLength"]!, (bool)key["ExcludePunctuation"]!),
            Is.EqualTo((64, true)),
            "the server needs 32 characters"
        );
        Assert.That(Secret("Mcp__StateKey")!.ToJsonString(), Does.Contain("StateKey"));
    }

    [TestCase("secrets", $$"""{"Mcp:StateKey":"{{SecretArn}}"}""")]
    [TestCase("server", """{"Mcp:StateKey":"0123456789abcdef0123456789abcdef"}""")]
    public void StateKey_ThatIsSet_IsNotGenerated(string place, string value)
    {
        var own = StackTemplate.Of((place, value));
        Assert.That(own.All("SecretsManager::Secret"), Is.Empty);
    }

    [Test]
    public void Redis_ConnectionString_ReachesTheServerAsASecretWithThePassword()
    {
        var connection = template.One("SecretsManager::Secret", "PrimaryEndPoint.Address")[
            "SecretString"
        ]!.ToJsonString();
        Assert.That(
            connection,
            Does.Contain(",ssl=true,abortConnect=false,password={{resolve:secretsmanager:").And.Contain("RedisPassword")
        );
        Assert.That(Secret("Redis__ConnectionString")!.ToJsonString(), Does.Contain("RedisConnection"));
        Assert.That(
            template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!.ToJsonString(),
            Does.Not.Contain("Redis")
        );
    }

    // With Redis, the answer to a form finds its call, so the server's own default applies.
    [Test]
    public void Forms_WithRedis_AreLeftToTheServer() =>
        Assert.That(
            template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!.ToJsonString(),
            Does.Not.Contain("Mcp__Forms")
        );

    [Test]
    public void Forms_ThatAreSet_AreNotReplaced()
    {
        var own = StackTemplate.Of(("server", """{"Mcp:Forms":"Off"}"""));
        Assert.That(
            own.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!.ToJsonString(),
            Does.Contain("""{"Name":"Mcp__Forms","Value":"Off"}""")
        );
    }

    [Test]
    public void Egress_FurtherPorts_AreThoseOfTheSetting() =>
        Assert.That(
            template.One("EC2::SecurityGroup", "Tasks of")["SecurityGroupEgress"]!
                .AsArray()
                .Select(rule => (int)rule!["FromPort"]!),
            Is.EquivalentTo((int[])[443, 53, 53, 4318, 6380])
        );

    [Test]
    public void Image_ByDigest_IsUsedInsteadOfTheTag() =>
        Assert.That(
            template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Image"]!.ToJsonString(),
            Does.Contain("/neonpanel-mcp@" + Digest)
        );

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
    public void DeploymentRole_Trust_IsTheProductionEnvironmentOfTheRepositoryAlone()
    {
        var role = template.One("IAM::Role", "AssumeRoleWithWebIdentity")["AssumeRolePolicyDocument"]!["Statement"]!
            .AsArray()
            .Single()!["Condition"]!;
        Assert.That(
            role.ToJsonString(),
            Is.EqualTo(
                """{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":"repo:example/mcp:environment:production"}}"""
            )
        );
    }

    [Test]
    public void DeploymentRole_Rights_AreNamed()
    {
        var statements = template.One("IAM::Policy", "DeploymentRole")["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.That(
            statements
                .Where(statement => statement!["Resource"]!.ToJsonString() == "\"*\"")
                .Select(statement => statement!["Action"]!.ToString()),
            Is.EqualTo((string[])["ecr:GetAuthorizationToken"])
        );
        Assert.That(statements.ToJsonString(), Does.Not.Contain(":*\"").And.Contain("cdk-hnb659fds-deploy-role-"));
    }

    [Test]
    public void Logs_Retention_IsTheNextThatCloudWatchKnows() =>
        Assert.That((int)template.One("Logs::LogGroup")["RetentionInDays"]!, Is.EqualTo(180));

    [Test]
    public void Alarms_ByMail_ReachTheAddress() =>
        Assert.That((string?)template.One("SNS::Subscription")["Endpoint"], Is.EqualTo("on-call@example.com"));

    private System.Text.Json.Nodes.JsonNode? Secret(string name) =>
        template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Secrets"]!
            .AsArray()
            .Single(secret => (string?)secret!["Name"] == name)!["ValueFrom"];

    private string Variable(string name) =>
        template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!
            .AsArray()
            .Single(variable => (string?)variable!["Name"] == name)!["Value"]!.ToString();
}
