using Amazon.CDK.AWS.WAFv2;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>Blocks an address that sends too many requests before they reach the server. Clients such as ChatGPT send
/// the calls of all their users from few addresses, so the limit must be far above that of one user. The server itself
/// limits each user.</summary>
internal static class RateRule
{
    public static void Add(Construct scope, Balancer balancer, int limit)
    {
        var list = new CfnWebACL(
            scope,
            "RateRule",
            new CfnWebACLProps
            {
                Scope = "REGIONAL",
                DefaultAction = new CfnWebACL.DefaultActionProperty { Allow = new CfnWebACL.AllowActionProperty() },
                VisibilityConfig = Visible("mcp"),
                Rules = new[]
                {
                    new CfnWebACL.RuleProperty
                    {
                        Name = "rate",
                        Priority = 0,
                        Action = new CfnWebACL.RuleActionProperty
                        {
                            Block = new CfnWebACL.BlockActionProperty
                            {
                                CustomResponse = new CfnWebACL.CustomResponseProperty { ResponseCode = 429 },
                            },
                        },
                        Statement = new CfnWebACL.StatementProperty
                        {
                            RateBasedStatement = new CfnWebACL.RateBasedStatementProperty
                            {
                                AggregateKeyType = "IP",
                                Limit = limit,
                                EvaluationWindowSec = 300,
                            },
                        },
                        VisibilityConfig = Visible("mcp-rate"),
                    },
                },
            }
        );
        _ = new CfnWebACLAssociation(
            scope,
            "RateRuleAssociation",
            new CfnWebACLAssociationProps
            {
                ResourceArn = balancer.LoadBalancer.LoadBalancerArn,
                WebAclArn = list.AttrArn,
            }
        );
    }

    // No sampled requests, because they would contain headers with tokens.
    private static CfnWebACL.VisibilityConfigProperty Visible(string name) =>
        new()
        {
            CloudWatchMetricsEnabled = true,
            MetricName = name,
            SampledRequestsEnabled = false,
        };
}
