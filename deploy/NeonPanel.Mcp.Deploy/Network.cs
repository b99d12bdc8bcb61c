using Amazon.CDK.AWS.EC2;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>Two zones: the load balancer in public subnets, the tasks in private ones.</summary>
internal sealed class Network
{
    public Network(Construct scope, StackSettings settings)
    {
        Cidr = settings.VpcCidr;
        // The attributes are given in the settings instead of looked up, so that synthesis needs no account and no
        // network.
        Vpc = settings.VpcId is { } id
            ? Amazon.CDK.AWS.EC2.Vpc.FromVpcAttributes(
                scope,
                "Vpc",
                new VpcAttributes
                {
                    VpcId = id,
                    VpcCidrBlock = settings.VpcCidr,
                    AvailabilityZones = settings.Zones,
                    PublicSubnetIds = settings.PublicSubnets,
                    PrivateSubnetIds = settings.PrivateSubnets,
                }
            )
            : new Vpc(
                scope,
                "Vpc",
                new VpcProps
                {
                    IpAddresses = IpAddresses.Cidr(settings.VpcCidr),
                    AvailabilityZones = settings.Zones,
                    NatGateways = settings.NatGateways,
                    RestrictDefaultSecurityGroup = false, // The restriction would need a Lambda function.
                    // Image layers come from S3. With this endpoint they do not pass the NAT gateway, which is billed
                    // per gigabyte.
                    GatewayEndpoints = new Dictionary<string, IGatewayVpcEndpointOptions>
                    {
                        ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
                    },
                }
            );
    }

    public IVpc Vpc { get; }

    public string Cidr { get; }
}
