namespace NeonPanel.Mcp.Deploy;

/// <summary>What is set with <c>-c name=value</c> or in <c>cdk.json</c>; deploy/README.md lists the names and
/// defaults.</summary>
internal sealed record StackSettings
{
    public const string RedisSetting = "Redis:ConnectionString";

    /// <summary>100 requests a second of one address. ChatGPT and Claude call for all users from few addresses, and the
    /// server limits each user by itself, so this only stops floods.</summary>
    private const int DefaultRateLimit = 30_000;

    private const int LeastRateLimit = 10;

    public required string StackName { get; init; }

    public required string Region { get; init; }

    /// <summary>Gets the address that people type.</summary>
    public required string PublicUrl { get; init; }

    public required string CertificateArn { get; init; }

    /// <summary>Gets the name of the ECR repository that holds the image.</summary>
    public required string Repository { get; init; }

    /// <summary>Gets the tag of the image: a version.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the digest of the image, which identifies its content; without it the tag names the
    /// image.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Gets further settings of the server by their names, such as <c>Auth:Issuer</c>.</summary>
    public required IReadOnlyDictionary<string, string> Server { get; init; }

    /// <summary>Gets the ARN of a secret for each setting that is one, such as <c>Upstream:ClientSecret</c>.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>Gets the network to join, with its zones and subnets in the same order; without it the stack has one of
    /// its own.</summary>
    public string? VpcId { get; init; }

    public required string VpcCidr { get; init; }

    public required string[] Zones { get; init; }

    public required string[] PublicSubnets { get; init; }

    public required string[] PrivateSubnets { get; init; }

    public required int NatGateways { get; init; }

    /// <summary>Gets the units of a task: 1024 are one vCPU.</summary>
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int MinTasks { get; init; }

    public required int MaxTasks { get; init; }

    /// <summary>Gets how many requests a minute one task should have, before another is started.</summary>
    public required int RequestsPerTask { get; init; }

    public required int LogDays { get; init; }

    public string? AlarmEmail { get; init; }

    /// <summary>Gets the node type of the Redis that joins the streams of the instances; without it there is
    /// none.</summary>
    public string? RedisNodeType { get; init; }

    /// <summary>Gets the TCP ports that tasks may reach beside 443: of a collector, a Redis or an issuer
    /// elsewhere.</summary>
    public required int[] EgressPorts { get; init; }

    /// <summary>Gets how many requests one address may send in five minutes; 0 for no such rule.</summary>
    public required int RateLimit { get; init; }

    /// <summary>Gets the repository, <c>owner/name</c>, whose workflows may deploy.</summary>
    public string? GitHubRepository { get; init; }

    /// <summary>Gets the account's identity provider for GitHub, of which there can be one only; without it the stack
    /// makes it.</summary>
    public string? GitHubProviderArn { get; init; }

    /// <summary>Gets the setting of the stack that names a Redis elsewhere, if one does.</summary>
    private string? NamesRedis
    {
        get
        {
            if (Secrets.ContainsKey(RedisSetting))
            {
                return "secrets";
            }

            return Server.ContainsKey(RedisSetting) ? "server" : null;
        }
    }

    /// <exception cref="StackSettingsException">Settings are wrong or missing; it lists all of them.</exception>
    public static StackSettings Read(Func<string, object?> context)
    {
        var reader = new ContextReader(context);
        var region = reader.Text("region") ?? "us-east-1";
        var vpc = reader.Text("vpcId");
        var settings = new StackSettings
        {
            StackName = reader.Text("stackName") ?? "NeonpanelMcpStackV3",
            Region = region,
            PublicUrl = reader.Matching("publicUrl", "^https://[^/?#]+/?$", "an https URL without a path"),
            CertificateArn = reader.Matching("certificateArn", "^arn:aws:acm:", "the ARN of a certificate"),
            Repository = reader.Text("repository") ?? "neonpanel-mcp",
            Version = reader.Matching("version", @"^[\w.-]+$", "the tag of an image"),
            ImageDigest = reader.Text("imageDigest") is null
                ? null
                : reader.Matching("imageDigest", "^sha256:[0-9a-f]{64}$", "the digest of an image, such as sha256:…"),
            Server = reader.Map("server"),
            Secrets = reader.Map("secrets"),
            VpcId = vpc,
            VpcCidr = vpc is null
                ? reader.Text("vpcCidr") ?? "10.40.0.0/16"
                : reader.Matching("vpcCidr", @"^[\d.]+/\d+$", "the network of the VPC"),
            Zones = reader.List("zones") ?? [region + "a", region + "b"],
            PublicSubnets = vpc is null ? [] : reader.List("publicSubnets") ?? reader.Missing("publicSubnets"),
            PrivateSubnets = vpc is null ? [] : reader.List("privateSubnets") ?? reader.Missing("privateSubnets"),
            NatGateways = reader.Integer("natGateways", 2, 1, 6),
            Cpu = reader.Integer("cpu", 512, 256, 16_384),
            MemoryMiB = reader.Integer("memory", 1024, 512, 122_880),
            MinTasks = reader.Integer("minTasks", 2, 2, 100),
            MaxTasks = reader.Integer("maxTasks", 6, 2, 1000),
            RequestsPerTask = reader.Integer("requestsPerTask", 3000, 1, 1_000_000),
            LogDays = reader.Integer("logDays", 30, 1, 3653),
            AlarmEmail = reader.Text("alarmEmail"),
            RedisNodeType = reader.Text("redisNodeType"),
            EgressPorts = reader.Ports("egressPorts"),
            RateLimit = reader.Integer("rateLimit", DefaultRateLimit, 0, 2_000_000_000),
            GitHubRepository = reader.Text("githubRepository"),
            GitHubProviderArn = reader.Text("githubProviderArn"),
        };
        reader.Faults.AddRange(
            settings
                .Secrets.Where(secret => !secret.Value.StartsWith("arn:aws:secretsmanager:", StringComparison.Ordinal))
                .Select(secret => $"'secrets' must name secrets by ARN, but '{secret.Key}' is something else.")
        ); // not repeated: it may be the secret
        reader.Faults.AddRange(settings.UnreachableAddresses());
        if (settings.RedisNodeType is not null && settings.NamesRedis is { } place)
        {
            reader.Faults.Add($"'redisNodeType' makes a Redis, and '{place}' names another: one of them must go.");
        }

        if (settings.RateLimit is > 0 and < LeastRateLimit)
        {
            reader.Faults.Add(
                $"'rateLimit' must be 0 or at least {LeastRateLimit}, which is the least that WAF takes, but is '{settings.RateLimit}'."
            );
        }

        return reader.Faults.Count == 0 ? settings : throw new StackSettingsException(reader.Faults);
    }

    /// <summary>Finds settings of the server that name a port which the tasks' security group would not let
    /// out.</summary>
    private IEnumerable<string> UnreachableAddresses()
    {
        if (NamesRedis is { } place && EgressPorts.Length == 0)
        {
            yield return $"'{place}' names a Redis ({RedisSetting}), which tasks may not reach: 'egressPorts' must name its port, such as 6379.";
        }

        foreach (var (name, value) in Server)
        {
            if (
                Uri.TryCreate(value, UriKind.Absolute, out var address)
                && !address.IsLoopback
                && address.Port > 0
                && address.Port != 443
                && !EgressPorts.Contains(address.Port)
            )
            {
                yield return $"'server' names port {address.Port} ({name}), which tasks may not reach: 'egressPorts' must name it.";
            }
        }
    }
}

/// <summary>Settings of the stack are wrong or missing.</summary>
internal sealed class StackSettingsException(IEnumerable<string> faults) : Exception(string.Join('\n', faults));
