using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElastiCache;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>A Redis through which a message of the older transport reaches the instance that holds its stream. It keeps nothing.</summary>
internal sealed class StreamRelay
{
    private const int Port = 6379;

    private readonly SecurityGroup group;
    private readonly CfnReplicationGroup redis;

    public StreamRelay(Construct scope, Network network, string nodeType)
    {
        group = new SecurityGroup(scope, "RedisGroup", new SecurityGroupProps { Vpc = network.Vpc, AllowAllOutbound = false, Description = "Redis of the MCP server" });
        var subnets = new CfnSubnetGroup(scope, "RedisSubnets", new CfnSubnetGroupProps
        {
            Description = "Redis of the MCP server",
            SubnetIds = network.Vpc.SelectSubnets(new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS }).SubnetIds,
        });
        redis = new CfnReplicationGroup(scope, "Redis", new CfnReplicationGroupProps
        {
            ReplicationGroupDescription = "Messages between the instances of the MCP server",
            Engine = "redis",
            CacheNodeType = nodeType,
            NumCacheClusters = 2,
            AutomaticFailoverEnabled = true,
            MultiAzEnabled = true,
            TransitEncryptionEnabled = true,
            AtRestEncryptionEnabled = true,
            CacheSubnetGroupName = subnets.Ref,
            SecurityGroupIds = [group.SecurityGroupId],
            SnapshotRetentionLimit = 0,
        });
    }

    /// <summary>Gets the value of <c>Redis:ConnectionString</c>.</summary>
    public string ConnectionString => $"{redis.AttrPrimaryEndPointAddress}:{redis.AttrPrimaryEndPointPort},ssl=true,abortConnect=false";

    public void AllowFrom(ISecurityGroup service) => group.AddIngressRule(service, Amazon.CDK.AWS.EC2.Port.Tcp(Port), "the server");
}
