using Amazon.CDK;
using Amazon.CDK.AWS.IAM;

namespace NeonPanel.Mcp.Deploy;

/// <summary>The role of the repository's workflows. It may push the image, and deploy through the roles of <c>cdk
/// bootstrap</c>. It trusts only jobs in the environment <c>production</c>, so that a branch or tag alone gets no
/// rights without that environment's reviewers.</summary>
internal static class DeploymentRole
{
    private const string Issuer = "token.actions.githubusercontent.com";

    /// <summary>The environment that the jobs of <c>deploy.yml</c> and <c>release.yml</c> name.</summary>
    private const string Environment = "production";

    public static void Add(Stack stack, StackSettings settings, string repository)
    {
        var provider = settings.GitHubProviderArn
            ?? new CfnOIDCProvider(
                stack,
                "GitHub",
                new CfnOIDCProviderProps { Url = "https://" + Issuer, ClientIdList = ["sts.amazonaws.com"] }
            ).AttrArn;
        var role = new Role(
            stack,
            "DeploymentRole",
            new RoleProps
            {
                RoleName = settings.StackName + "-deployment",
                MaxSessionDuration = Duration.Hours(1),
                AssumedBy = new WebIdentityPrincipal(
                    provider,
                    new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object>
                        {
                            [Issuer + ":aud"] = "sts.amazonaws.com",
                            [Issuer + ":sub"] = $"repo:{repository}:environment:{Environment}",
                        },
                    }
                ),
            }
        );
        // The roles of cdk bootstrap have the rights to deploy. This role only needs the right to assume them.
        role.AddToPolicy(
            Allow(
                ["sts:AssumeRole"],
                [
                    .. ((string[])["deploy", "file-publishing"]).Select(kind =>
                        $"arn:aws:iam::{stack.Account}:role/cdk-hnb659fds-{kind}-role-{stack.Account}-{settings.Region}"
                    ),
                ]
            )
        );
        role.AddToPolicy(Allow(["ecr:GetAuthorizationToken"], ["*"])); // IAM requires '*' for this action.
        role.AddToPolicy(
            Allow(
                [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:CompleteLayerUpload",
                    "ecr:DescribeImages",
                    "ecr:InitiateLayerUpload",
                    "ecr:PutImage",
                    "ecr:UploadLayerPart",
                ],
                [$"arn:aws:ecr:{settings.Region}:{stack.Account}:repository/{settings.Repository}"]
            )
        );
        _ = new CfnOutput(
            stack,
            "DeploymentRoleArn",
            new CfnOutputProps { Value = role.RoleArn, Description = "The variable AWS_DEPLOY_ROLE of the repository" }
        );
    }

    private static PolicyStatement Allow(string[] actions, string[] resources) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
