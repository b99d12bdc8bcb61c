using Amazon.CDK;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>The stack: the server on Fargate behind a load balancer. Each part has a file of its own.</summary>
internal sealed class NeonPanelMcpStack : Stack
{
    public NeonPanelMcpStack(Construct scope, StackSettings settings)
        : base(
            scope,
            settings.StackName,
            new StackProps
            {
                // Only the region is set. The account is that of the deployer, so that synthesis needs no credentials.
                Env = new Amazon.CDK.Environment { Region = settings.Region },
                Description = "NeonPanel.Mcp: the MCP server of NeonPanel",
                TerminationProtection = true,
            }
        )
    {
        var network = new Network(this, settings);
        var redis = settings.RedisNodeType is { } nodeType ? new StreamRelay(this, network, nodeType) : null;
        var service = new Service(this, settings, network, redis);
        var balancer = new Balancer(this, settings, network, service);
        if (settings.RateLimit > 0)
        {
            RateRule.Add(this, balancer, settings.RateLimit);
        }

        Monitoring.Add(this, settings, service, balancer);
        if (settings.GitHubRepository is { } repository)
        {
            DeploymentRole.Add(this, settings, repository);
        }

        _ = new CfnOutput(
            this,
            "Address",
            new CfnOutputProps
            {
                Value = balancer.LoadBalancer.LoadBalancerDnsName,
                Description = "What the name of publicUrl must point to (CNAME or alias)",
            }
        );
    }
}
