namespace NeonPanel.Mcp.Deploy;

/// <summary>The settings that are given with <c>-c name=value</c> or in <c>cdk.json</c>. deploy/README.md lists their
/// names and defaults.</summary>
internal sealed record StackSettings
{
    public const string RedisSetting = "Redis:ConnectionString";
    public const string FormsSetting = "Mcp:Forms";
    public const string StateKeySetting = "Mcp:StateKey";

    /// <summary>Requests of one address in five minutes: 100 per second. ChatGPT and Claude send the calls of all users
    /// from few addresses, and the server itself limits each user, so this limit only stops floods.</summary>
    private const int DefaultRateLimit = 30_000;

    private const int LeastRateLimit = 10;

    public required string StackName { get; init; }

    public required string Region { get; init; }

    /// <summary>Gets the address that people type.</summary>
    public required string PublicUrl { get; init; }

    public required string CertificateArn { get; init; }

    /// <summary>Gets the name of the ECR repository that contains the image.</summary>
    public required string Repository { get; init; }

    /// <summary>Gets the tag of the image, which is a version.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the digest that identifies the image's content, or <see langword="null"/> to select the image by
    /// its tag.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Gets further settings of the server by their names, such as <c>Auth:Issuer</c>.</summary>
    public required IReadOnlyDictionary<string, string> Server { get; init; }

    /// <summary>Gets the ARN of a secret for each setting with a secret value, such as
    /// <c>Upstream:ClientSecret</c>.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>Gets the VPC to use, whose zones and subnets are listed in the same order; <see langword="null"/> to
    /// create a new one.</summary>
    public string? VpcId { get; init; }

    public required string VpcCidr { get; init; }

    public required string[] Zones { get; init; }

    public required string[] PublicSubnets { get; init; }

    public required string[] PrivateSubnets { get; init; }

    public required int NatGateways { get; init; }

    /// <summary>Gets the CPU units of a task; 1024 units are one vCPU.</summary>
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int MinTasks { get; init; }

    public required int MaxTasks { get; init; }

    /// <summary>Gets how many requests per minute one task should handle before another task is started.</summary>
    public required int RequestsPerTask { get; init; }

    public required int LogDays { get; init; }

    public string? AlarmEmail { get; init; }

    /// <summary>Gets the node type of the Redis that connects the instances for the older transport, or
    /// <see langword="null"/> for no Redis.</summary>
    public string? RedisNodeType { get; init; }

    /// <summary>Gets the TCP ports that tasks may reach in addition to 443, such as those of a collector, Redis or
    /// issuer.</summary>
    public required int[] EgressPorts { get; init; }

    /// <summary>Gets how many requests one address may send in five minutes; 0 for no limit.</summary>
    public required int RateLimit { get; init; }

    /// <summary>Gets the repository, <c>owner/name</c>, whose workflows may deploy.</summary>
    public string? GitHubRepository { get; init; }

    /// <summary>Gets the ARN of the account's identity provider for GitHub, or <see langword="null"/> to create one. An
    /// account can have only one.</summary>
    public string? GitHubProviderArn { get; init; }

    /// <summary>Gets whether the key that all tasks share is set. Otherwise the stack generates it.</summary>
    public bool NamesStateKey => Secrets.ContainsKey(StateKeySetting) || Server.ContainsKey(StateKeySetting);

    /// <summary>Gets whether the tasks reach each other through Redis.</summary>
    public bool HasRedis => RedisNodeType is not null || NamesRedis is not null;

    /// <summary>Gets the name of the stack setting that names an external Redis, or <see langword="null"/>.</summary>
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

    /// <exception cref="StackSettingsException">Settings are wrong or missing; the exception lists all of
    /// them.</exception>
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
        ); // The value is not repeated, because it may be the secret.
        reader.Faults.AddRange(settings.UnreachableAddresses());
        if (settings.RedisNodeType is not null && settings.NamesRedis is { } place)
        {
            reader.Faults.Add($"'redisNodeType' makes a Redis, and '{place}' names another: one of them must go.");
        }

        if (settings.RateLimit is > 0 and < LeastRateLimit)
        {
            reader.Faults.Add(
                $"'rateLimit' must be 0 or at least {LeastRateLimit}, which is the least that WAF accepts, but is '{settings.RateLimit}'."
            );
        }

        return reader.Faults.Count == 0 ? settings : throw new StackSettingsException(reader.Faults);
    }

    /// <summary>Finds server settings with a port that the security group of the tasks does not allow.</summary>
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
