using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>The stack with no more than the required settings.</summary>
internal sealed partial class StackTests
{
    private StackTemplate template = null!;

    private JsonNode Container => template.One("ECS::TaskDefinition")["ContainerDefinitions"]![0]!;

    [OneTimeSetUp]
    public void Synthesize() => template = StackTemplate.Of();

    [Test]
    public void Service_OfTwoTasks_IsReplacedWithoutAGapAndRolledBack()
    {
        var service = template.One("ECS::Service");
        var deployment = service["DeploymentConfiguration"]!;
        Assert.That((int)service["DesiredCount"]!, Is.EqualTo(2));
        Assert.That(
            ((int)deployment["MinimumHealthyPercent"]!, (int)deployment["MaximumPercent"]!),
            Is.EqualTo((100, 200))
        );
        Assert.That(
            deployment["DeploymentCircuitBreaker"]!.ToJsonString(),
            Is.EqualTo("""{"Enable":true,"Rollback":true}""")
        );
        Assert.That((int)service["HealthCheckGracePeriodSeconds"]!, Is.EqualTo(60));
    }

    [Test]
    public void Service_InTwoZones_HasNoPublicAddress()
    {
        var network = template.One("ECS::Service")["NetworkConfiguration"]!["AwsvpcConfiguration"]!;
        Assert.That((string?)network["AssignPublicIp"], Is.EqualTo("DISABLED"));
        Assert.That(network["Subnets"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(
            template.All("EC2::Subnet").Select(subnet => (string?)subnet["AvailabilityZone"]).Distinct(),
            Is.EquivalentTo((string[])["us-east-1a", "us-east-1b"])
        );
    }

    [Test]
    public void Container_Rights_AreLeast()
    {
        Assert.That(
            ((bool)Container["ReadonlyRootFilesystem"]!, (string?)Container["User"]),
            Is.EqualTo((true, "1654"))
        );
        var roles = template
            .All("IAM::Policy")
            .Where(policy => policy["Roles"]!.ToJsonString().Contains("TaskTaskRole", StringComparison.Ordinal));
        Assert.That(roles, Is.Empty, "the server itself may do nothing in AWS");
    }

    [Test]
    public void ExecutionRole_Rights_AreImageLogAndStateKeyOnly()
    {
        var statements = template.One("IAM::Policy")["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.That(
            statements
                .Where(statement => statement!["Resource"]!.ToJsonString() == "\"*\"")
                .Select(statement => statement!["Action"]!.ToString()),
            Is.EqualTo((string[])["ecr:GetAuthorizationToken"]),
            "which takes no resource"
        );
        Assert.That(
            statements.SelectMany(statement =>
                statement!["Action"] is JsonArray many
                    ? many.Select(action => action!.ToString())
                    : [statement["Action"]!.ToString()]
            ),
            Is.EquivalentTo(
                (string[])
                    [
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:GetDownloadUrlForLayer",
                        "ecr:BatchGetImage",
                        "ecr:GetAuthorizationToken",
                        "logs:CreateLogStream",
                        "logs:PutLogEvents",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:DescribeSecret",
                    ]
            )
        );
        Assert.That(
            statements.Single(statement => statement!.ToJsonString().Contains("secretsmanager"))!["Resource"]![
                "Ref"
            ]!.ToString(),
            Does.StartWith("StateKey")
        );
    }

    [Test]
    public void Container_End_IsGivenLongerThanTheDrainTakes() =>
        Assert.That((int)Container["StopTimeout"]!, Is.GreaterThanOrEqualTo(30).And.LessThanOrEqualTo(120));

    [Test]
    public void Container_Health_IsAskedByItsOwnBinary() =>
        Assert.That(
            Container["HealthCheck"]!["Command"]!.ToJsonString(),
            Is.EqualTo("""["CMD","/app/NeonPanel.Mcp.Server","health"]""")
        );

    [Test]
    public void Container_Settings_AreThoseThatTheStackKnows()
    {
        var environment = Container["Environment"]!
            .AsArray()
            .ToDictionary(variable => (string)variable!["Name"]!, variable => variable!["Value"]!.ToString());
        Assert.That(
            environment,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["ASPNETCORE_HTTP_PORTS"] = "3030",
                    ["Server__PublicUrl"] = "https://mcp.example.com",
                    ["Server__KnownProxies"] = (string)template.One("EC2::VPC")["CidrBlock"]!,
                    // An answer to a form could not reach another task without Redis.
                    ["Mcp__Forms"] = "Stateless",
                }
            )
        );
    }

    [Test]
    public void Container_Image_IsTheVersions() =>
        Assert.That(Container["Image"]!.ToJsonString(), Does.Contain("/neonpanel-mcp:1.2.3"));

    [Test]
    public void Tasks_Number_FollowsProcessorAndRequests()
    {
        var target = template.One("ApplicationAutoScaling::ScalableTarget");
        Assert.That(((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!), Is.EqualTo((2, 6)));
        Assert.That(
            template
                .All("ApplicationAutoScaling::ScalingPolicy")
                .Select(policy =>
                    (string?)
                        policy["TargetTrackingScalingPolicyConfiguration"]!["PredefinedMetricSpecification"]![
                            "PredefinedMetricType"
                        ]
                ),
            Is.EquivalentTo((string[])["ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget"])
        );
    }

    [Test]
    public void Balancer_IdleTime_IsAboveHeartbeatAndCallAndBelowKestrelsKeepAlive()
    {
        var attributes = Attributes(template.One("ElasticLoadBalancingV2::LoadBalancer")["LoadBalancerAttributes"]!);
        Assert.That(
            int.Parse(attributes["idle_timeout.timeout_seconds"], System.Globalization.CultureInfo.InvariantCulture),
            Is.InRange(60, 129)
        );
        Assert.That(attributes["routing.http.drop_invalid_header_fields.enabled"], Is.EqualTo("true"));
        Assert.That(attributes["deletion_protection.enabled"], Is.EqualTo("true"));
    }

    [Test]
    public void Listener_Only_IsHttpsWithTheCertificateAndCurrentTls()
    {
        var listener = template.One("ElasticLoadBalancingV2::Listener");
        Assert.That(
            (
                (int)listener["Port"]!,
                (string?)listener["Protocol"],
                (string?)listener["Certificates"]![0]!["CertificateArn"]
            ),
            Is.EqualTo((443, "HTTPS", StackTemplate.Required["certificateArn"]))
        );
        Assert.That((string?)listener["SslPolicy"], Does.StartWith("ELBSecurityPolicy-TLS13-1-2"));
        Assert.That((string?)listener["DefaultActions"]![0]!["Type"], Is.EqualTo("forward"), "no redirect (rule A1)");
        Assert.That(
            template.One("EC2::SecurityGroup", "anybody")["SecurityGroupIngress"]!
                .AsArray()
                .Select(rule => (int)rule!["FromPort"]!),
            Is.EqualTo((int[])[443])
        );
    }

    [Test]
    public void Targets_Readiness_IsAskedAndDrainIsWaitedFor()
    {
        var group = template.One("ElasticLoadBalancingV2::TargetGroup");
        Assert.That(
            ((string?)group["HealthCheckPath"], (int)group["Port"]!, (string?)group["Protocol"]),
            Is.EqualTo(("/readyz", 3030, "HTTP"))
        );
        Assert.That(
            int.Parse(
                Attributes(group["TargetGroupAttributes"]!)["deregistration_delay.timeout_seconds"],
                System.Globalization.CultureInfo.InvariantCulture
            ),
            Is.InRange(25, 60)
        );
    }

    [Test]
    public void Tasks_Network_IsReachedByTheBalancerAlone()
    {
        var rule = template.One("EC2::SecurityGroupIngress");
        Assert.That(((int)rule["FromPort"]!, (int)rule["ToPort"]!), Is.EqualTo((3030, 3030)));
        Assert.That(rule["SourceSecurityGroupId"]!.ToJsonString(), Does.Contain("BalancerGroup"));
        Assert.That(template.One("EC2::SecurityGroup", "Tasks of")["SecurityGroupIngress"], Is.Null);
    }

    [Test]
    public void Tasks_Egress_IsHttpsAndTheResolverOfTheNetwork()
    {
        var rules = template.One("EC2::SecurityGroup", "Tasks of")["SecurityGroupEgress"]!
            .AsArray()
            .Select(rule =>
                (
                    Protocol: (string?)rule!["IpProtocol"],
                    From: (int)rule["FromPort"]!,
                    To: (int)rule["ToPort"]!,
                    IsAnywhere: rule["CidrIp"]!.ToJsonString() == "\"0.0.0.0/0\""
                )
            );
        Assert.That(
            rules,
            Is.EquivalentTo(new[] { ("tcp", 443, 443, true), ("udp", 53, 53, false), ("tcp", 53, 53, false) })
        );
        Assert.That(
            template
                .All("EC2::SecurityGroupEgress")
                .Where(rule => rule["GroupId"]!.ToJsonString().Contains("ServiceGroup", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void RateRule_WithoutASetting_StopsFloodsOnly()
    {
        var statement = template.One("WAFv2::WebACL")["Rules"]![0]!["Statement"]!["RateBasedStatement"]!;
        Assert.That(((int)statement["Limit"]!, (int)statement["EvaluationWindowSec"]!), Is.EqualTo((30_000, 300)));
        Assert.That(template.All("WAFv2::WebACLAssociation"), Has.Count.EqualTo(1));
    }

    [Test]
    public void Logs_Retention_IsAMonth() =>
        Assert.That((int)template.One("Logs::LogGroup")["RetentionInDays"]!, Is.EqualTo(30));

    [Test]
    public void Alarms_Each_TellTheTopic()
    {
        var alarms = template.All("CloudWatch::Alarm");
        Assert.That(
            alarms.Select(alarm => (string?)alarm["MetricName"] ?? "?"),
            Is.EquivalentTo(
                (string[])
                    [
                        "HTTPCode_Target_5XX_Count",
                        "HTTPCode_ELB_5XX_Count",
                        "TargetResponseTime",
                        "UnHealthyHostCount",
                        "AuthFailures",
                        "UpstreamFailures",
                        "Faults",
                        "Drift",
                    ]
            )
        );
        Assert.That(alarms.Select(alarm => alarm["AlarmActions"]!.ToJsonString()), Is.All.Contains("Alarms"));
    }

    [TestCase("AuthFailures", "$.event = \"auth_refused\"")]
    [TestCase("UpstreamFailures", "$.upstream_status >= 500")]
    [TestCase("UpstreamFailures", "$.failure = \"timeout\"")]
    [TestCase("Faults", "$.level = \"error\"")]
    [TestCase("Drift", "$.event = \"answer_drift\"")]
    public void Count_FromTheLog_ReadsItsFields(string name, string pattern) =>
        Assert.That((string?)template.One("Logs::MetricFilter", $"\"{name}\"")["FilterPattern"], Does.Contain(pattern));

    [Test]
    public void Count_FromTheLog_NamesFieldsOfTheOperatorsGuideOnly()
    {
        var guide = Repository.Read("docs/operations.md");
        var names = template
            .All("Logs::MetricFilter")
            .SelectMany(filter =>
                FieldOrValue().Matches((string)filter["FilterPattern"]!).Select(match => match.Groups[1].Value)
            )
            .Distinct();
        Assert.That(names.Where(name => !guide.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Dashboard_Graphs_AreThere()
    {
        var body = template.One("CloudWatch::Dashboard")["DashboardBody"]!;
        // A text with references to resources between its pieces.
        var text = string.Concat(
            body["Fn::Join"]![1]!.AsArray().Select(piece => piece is JsonValue value ? value.ToString() : "")
        );
        Assert.That(
            Title().Matches(text).Select(match => match.Groups[1].Value),
            Is.EqualTo(
                (string[])
                    [
                        "Requests",
                        "Latency",
                        "5xx",
                        "Tasks",
                        "CPU and memory",
                        "Refused tokens",
                        "The API fails",
                        "Drift",
                    ]
            )
        );
    }

    [TestCase("ElastiCache::ReplicationGroup")]
    [TestCase("IAM::OIDCProvider")]
    [TestCase("SNS::Subscription")]
    public void Option_NotAskedFor_IsNotThere(string type) => Assert.That(template.All(type), Is.Empty);

    [GeneratedRegex("""(?:\$\.|= ")([a-z_]+)""")]
    private static partial Regex FieldOrValue();

    [GeneratedRegex("\"title\":\"([^\"]*)\"")]
    private static partial Regex Title();

    private static Dictionary<string, string> Attributes(JsonNode list) =>
        list.AsArray().ToDictionary(item => (string)item!["Key"]!, item => (string)item!["Value"]!);
}
