using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>A Redis that forwards messages of the older transport to the instance that holds their stream, and
/// that remembers writes for minutes. It stores nothing on disk.</summary>
internal sealed class StreamRelay
{
    private const int Port = 6379;

    /// <summary>Length of the password in characters. ElastiCache accepts 16 to 128.</summary>
    private const int PasswordLength = 64;

    private readonly SecurityGroup group;

    public StreamRelay(Construct scope, Network network, string nodeType)
    {
        group = new SecurityGroup(
            scope,
            "RedisGroup",
            new SecurityGroupProps
            {
                Vpc = network.Vpc,
                AllowAllOutbound = false,
                Description = "Redis of the MCP server",
            }
        );
        var subnets = new CfnSubnetGroup(
            scope,
            "RedisSubnets",
            new CfnSubnetGroupProps
            {
                Description = "Redis of the MCP server",
                SubnetIds = network
                    .Vpc.SelectSubnets(new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS })
                    .SubnetIds,
            }
        );
        var password = Password(scope);
        // CloudFormation resolves this reference, so neither the template nor the task definition contains the
        // password.
        var reference = password.SecretValue.UnsafeUnwrap();
        var redis = new CfnReplicationGroup(
            scope,
            "Redis",
            new CfnReplicationGroupProps
            {
                ReplicationGroupDescription = "Messages between the instances of the MCP server",
                Engine = "redis",
                CacheNodeType = nodeType,
                NumCacheClusters = 2,
                AutomaticFailoverEnabled = true,
                MultiAzEnabled = true,
                TransitEncryptionEnabled = true,
                AuthToken = reference,
                AtRestEncryptionEnabled = true,
                CacheSubnetGroupName = subnets.Ref,
                SecurityGroupIds = [group.SecurityGroupId],
                SnapshotRetentionLimit = 0,
            }
        );
        ConnectionString = new Secret(
            scope,
            "RedisConnection",
            new SecretProps
            {
                Description = "Setting Redis:ConnectionString of the MCP server",
                SecretStringValue = SecretValue.UnsafePlainText(
                    $"{redis.AttrPrimaryEndPointAddress}:{redis.AttrPrimaryEndPointPort},ssl=true,abortConnect=false,password={reference}"
                ),
            }
        );
    }

    /// <summary>Gets the secret that contains the value of <c>Redis:ConnectionString</c>.</summary>
    public ISecret ConnectionString { get; }

    private static Secret Password(Construct scope) =>
        new(
            scope,
            "RedisPassword",
            new SecretProps
            {
                Description = "Password of the Redis of the MCP server",
                // Only letters and digits, because a comma would end the password inside the connection string.
                GenerateSecretString = new SecretStringGenerator
                {
                    PasswordLength = PasswordLength,
                    ExcludePunctuation = true,
                },
            }
        );

    /// <summary>Allows connections from the service to Redis in both security groups.</summary>
    public void AllowFrom(SecurityGroup service)
    {
        var port = Amazon.CDK.AWS.EC2.Port.Tcp(Port);
        service.AddEgressRule(group, port, "Redis");
        group.AddIngressRule(service, port, "the server");
    }
}
