using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Constructs;
using HealthCheck = Amazon.CDK.AWS.ElasticLoadBalancingV2.HealthCheck;

namespace NeonPanel.Mcp.Deploy;

/// <summary>The load balancer that terminates HTTPS in front of the tasks, and the scaling of their number. Port 80 is
/// closed, because a redirect would let a client send its token unencrypted first (docs/decisions).</summary>
internal sealed class Balancer
{
    /// <summary>Idle timeout of a connection in seconds. It is above the heartbeat of a stream (15 s) and the longest
    /// call (45 s), and below Kestrel's keep-alive timeout (130 s), so that the load balancer never uses a connection
    /// that the server is closing.</summary>
    private const int IdleSeconds = 120;

    /// <summary>Deregistration delay in seconds. It must be longer than the server's drain of 25 s.</summary>
    private const int DeregistrationSeconds = 30;

    public Balancer(Construct scope, StackSettings settings, Network network, Service service)
    {
        var group = new SecurityGroup(
            scope,
            "BalancerGroup",
            new SecurityGroupProps
            {
                Vpc = network.Vpc,
                AllowAllOutbound = false,
                Description = "Load balancer of the MCP server",
            }
        );
        group.AddIngressRule(Peer.AnyIpv4(), Port.Tcp(443), "anybody, by HTTPS");
        group.AddEgressRule(Peer.Ipv4(network.Cidr), Port.Tcp(Service.Port), "the tasks");
        LoadBalancer = new ApplicationLoadBalancer(
            scope,
            "Balancer",
            new ApplicationLoadBalancerProps
            {
                Vpc = network.Vpc,
                InternetFacing = true,
                SecurityGroup = group,
                IdleTimeout = Duration.Seconds(IdleSeconds),
                DropInvalidHeaderFields = true,
                DeletionProtection = true,
            }
        );
        var listener = LoadBalancer.AddListener(
            "Https",
            new BaseApplicationListenerProps
            {
                Port = 443,
                Open = false,
                Certificates = [ListenerCertificate.FromArn(settings.CertificateArn)],
                SslPolicy = SslPolicy.RECOMMENDED_TLS,
            }
        );
        Targets = listener.AddTargets(
            "Tasks",
            new AddApplicationTargetsProps
            {
                Port = Service.Port,
                Protocol = ApplicationProtocol.HTTP,
                Targets = [service.Fargate],
                DeregistrationDelay = Duration.Seconds(DeregistrationSeconds),
                HealthCheck = new HealthCheck
                {
                    Path = "/readyz",
                    HealthyHttpCodes = "200",
                    Interval = Duration.Seconds(10),
                    Timeout = Duration.Seconds(5),
                    HealthyThresholdCount = 2,
                    UnhealthyThresholdCount = 3,
                },
            }
        );
        Scale(settings, service);
    }

    public ApplicationLoadBalancer LoadBalancer { get; }

    public ApplicationTargetGroup Targets { get; }

    private void Scale(StackSettings settings, Service service)
    {
        var scaling = service.Fargate.AutoScaleTaskCount(
            new EnableScalingProps { MinCapacity = settings.MinTasks, MaxCapacity = settings.MaxTasks }
        );
        scaling.ScaleOnCpuUtilization(
            "Cpu",
            new CpuUtilizationScalingProps { TargetUtilizationPercent = 60, ScaleInCooldown = Duration.Minutes(5) }
        );
        scaling.ScaleOnRequestCount(
            "Requests",
            new RequestCountScalingProps
            {
                RequestsPerTarget = settings.RequestsPerTask,
                TargetGroup = Targets,
                ScaleInCooldown = Duration.Minutes(5),
            }
        );
    }
}
