using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;
using HealthCheck = Amazon.CDK.AWS.ECS.HealthCheck;
using Secret = Amazon.CDK.AWS.SecretsManager.Secret;

namespace NeonPanel.Mcp.Deploy;

/// <summary>The service and its tasks: at least two, replaced one by one, without AWS permissions.</summary>
internal sealed class Service
{
    public const int Port = 3030;

    /// <summary>Seconds until a stopping task is killed. The server needs at most 25 s to stop (rule F1).</summary>
    private const int StopSeconds = 35;

    private const int StateKeyLength = 64;

    public Service(Construct scope, StackSettings settings, Network network, StreamRelay? redis)
    {
        Group = new SecurityGroup(
            scope,
            "ServiceGroup",
            new SecurityGroupProps
            {
                Vpc = network.Vpc,
                AllowAllOutbound = false,
                Description = "Tasks of the MCP server",
            }
        );
        AllowEgress(settings, network);
        redis?.AllowFrom(Group);
        Logs = new LogGroup(
            scope,
            "Logs",
            new LogGroupProps
            {
                LogGroupName = $"/ecs/{settings.StackName}",
                Retention = Enum.Parse<RetentionDays>(RetentionName(settings.LogDays)),
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
        var cluster = new Cluster(scope, "Cluster", new ClusterProps { Vpc = network.Vpc, ContainerInsights = true });
        Fargate = new FargateService(
            scope,
            "Service",
            new FargateServiceProps
            {
                Cluster = cluster,
                TaskDefinition = Task(scope, settings, network, redis),
                DesiredCount = settings.MinTasks,
                MinHealthyPercent = 100,
                MaxHealthyPercent = 200,
                CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
                HealthCheckGracePeriod = Duration.Seconds(60),
                AssignPublicIp = false,
                SecurityGroups = [Group],
                VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
                PropagateTags = PropagatedTagSource.SERVICE,
            }
        );
    }

    public FargateService Fargate { get; }

    public SecurityGroup Group { get; }

    public LogGroup Logs { get; }

    /// <summary>Allows tasks to reach the API, the issuer, AWS and file hosts over HTTPS, and a DNS resolver of the
    /// network. Security groups do not apply to Amazon's own resolver.</summary>
    private void AllowEgress(StackSettings settings, Network network)
    {
        Group.AddEgressRule(Peer.AnyIpv4(), Amazon.CDK.AWS.EC2.Port.Tcp(443), "HTTPS");
        Group.AddEgressRule(Peer.Ipv4(network.Cidr), Amazon.CDK.AWS.EC2.Port.Udp(53), "DNS");
        Group.AddEgressRule(Peer.Ipv4(network.Cidr), Amazon.CDK.AWS.EC2.Port.Tcp(53), "DNS, long answers");
        foreach (var port in settings.EgressPorts)
        {
            Group.AddEgressRule(Peer.AnyIpv4(), Amazon.CDK.AWS.EC2.Port.Tcp(port), "setting egressPorts");
        }
    }

    private FargateTaskDefinition Task(Construct scope, StackSettings settings, Network network, StreamRelay? redis)
    {
        var task = new FargateTaskDefinition(
            scope,
            "Task",
            new FargateTaskDefinitionProps
            {
                Cpu = settings.Cpu,
                MemoryLimitMiB = settings.MemoryMiB,
                RuntimePlatform = new RuntimePlatform
                {
                    OperatingSystemFamily = OperatingSystemFamily.LINUX,
                    CpuArchitecture = CpuArchitecture.X86_64,
                },
            }
        );
        var image = Repository.FromRepositoryName(scope, "Repository", settings.Repository);
        var container = task.AddContainer(
            "server",
            new ContainerDefinitionOptions
            {
                Image = ContainerImage.FromEcrRepository(image, settings.ImageDigest ?? settings.Version),
                PortMappings = [new PortMapping { ContainerPort = Port }],
                ReadonlyRootFilesystem = true,
                User = "1654",
                StopTimeout = Duration.Seconds(StopSeconds),
                Environment = Environment(settings, network),
                Secrets = Secrets(scope, settings, redis),
                Logging = LogDriver.AwsLogs(
                    new AwsLogDriverProps
                    {
                        LogGroup = Logs,
                        StreamPrefix = "server",
                        Mode = AwsLogDriverMode.NON_BLOCKING,
                        MaxBufferSize = Size.Mebibytes(8),
                    }
                ),
                HealthCheck = new HealthCheck
                {
                    Command = ["CMD", "/app/NeonPanel.Mcp.Server", "health"],
                    Interval = Duration.Seconds(15),
                    Timeout = Duration.Seconds(3),
                    Retries = 3,
                    StartPeriod = Duration.Seconds(10),
                },
            }
        );
        // Each stream needs one connection, and each call one more to the API.
        container.AddUlimits(
            new Ulimit
            {
                Name = UlimitName.NOFILE,
                SoftLimit = 65_536,
                HardLimit = 65_536,
            }
        );
        return task;
    }

    private static Dictionary<string, EcsSecret> Secrets(Construct scope, StackSettings settings, StreamRelay? redis)
    {
        var secrets = settings.Secrets.ToDictionary(
            secret => Variable(secret.Key),
            secret =>
                EcsSecret.FromSecretsManager(
                    Secret.FromSecretCompleteArn(
                        scope,
                        "Secret" + secret.Key.Replace(":", "", StringComparison.Ordinal),
                        secret.Value
                    )
                )
        );
        if (!settings.NamesStateKey)
        {
            secrets[Variable(StackSettings.StateKeySetting)] = EcsSecret.FromSecretsManager(StateKey(scope));
        }

        if (redis is not null)
        {
            secrets[Variable(StackSettings.RedisSetting)] = EcsSecret.FromSecretsManager(redis.ConnectionString);
        }

        return secrets;
    }

    // All tasks need the same key: a client brings a signed text back to another task.
    private static Secret StateKey(Construct scope) =>
        new(
            scope,
            "StateKey",
            new SecretProps
            {
                Description = "Setting Mcp:StateKey of the MCP server",
                GenerateSecretString = new SecretStringGenerator
                {
                    PasswordLength = StateKeyLength,
                    ExcludePunctuation = true,
                },
            }
        );

    private static Dictionary<string, string> Environment(StackSettings settings, Network network)
    {
        var environment = settings.Server.ToDictionary(setting => Variable(setting.Key), setting => setting.Value);
        environment["ASPNETCORE_HTTP_PORTS"] = $"{Port}";
        environment["Server__PublicUrl"] = settings.PublicUrl;
        // The load balancer is in this network, and no other host can reach a task.
        environment["Server__KnownProxies"] = network.Cidr;
        if (!settings.HasRedis)
        {
            // The answer to a form may reach another task than the call that waits for it.
            environment.TryAdd(Variable(StackSettings.FormsSetting), "Stateless");
        }

        return environment;
    }

    private static string Variable(string setting) => setting.Replace(":", "__", StringComparison.Ordinal);

    // CloudWatch accepts only certain numbers of days. Selects the smallest that is not below the setting.
    private static string RetentionName(int days)
    {
        (int Days, string Name)[] known =
        [
            (1, "ONE_DAY"),
            (3, "THREE_DAYS"),
            (5, "FIVE_DAYS"),
            (7, "ONE_WEEK"),
            (14, "TWO_WEEKS"),
            (30, "ONE_MONTH"),
            (60, "TWO_MONTHS"),
            (90, "THREE_MONTHS"),
            (180, "SIX_MONTHS"),
            (365, "ONE_YEAR"),
            (731, "TWO_YEARS"),
            (1827, "FIVE_YEARS"),
            (3653, "TEN_YEARS"),
        ];
        return known.First(entry => entry.Days >= days).Name;
    }
}
