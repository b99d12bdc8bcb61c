using Amazon.CDK.AWS.EC2;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>Two zones: the load balancer in public subnets, the tasks in private ones.</summary>
internal sealed class Network
{
    public Network(Construct scope, StackSettings settings)
    {
        Cidr = settings.VpcCidr;
        // By its parts rather than by a look-up: synthesis needs no account and no network.
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
                    RestrictDefaultSecurityGroup = false, // would need a function of its own
                    // Layers of images come from S3: this way they do not pass the NAT gateway, which is paid by the
                    // gigabyte.
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
