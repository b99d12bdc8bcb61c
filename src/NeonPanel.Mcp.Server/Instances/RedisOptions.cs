using NeonPanel.Mcp.Server.Settings;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>The Redis server through which instances forward messages and agree on writes.</summary>
/// <param name="Server">How to connect.</param>
internal sealed record RedisOptions(ConfigurationOptions Server)
{
    public static RedisOptions? Read(SettingsReader settings)
    {
        const string name = "Redis:ConnectionString";
        if (settings.Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            var redis = ConfigurationOptions.Parse(text);
            if (redis.EndPoints.Count > 0)
            {
                // The server starts without Redis, and serves everything but what needs the other instances.
                redis.AbortOnConnectFail = false;
                // The sender gets an error at once. A queued command could be handled after the client gave it up.
                redis.BacklogPolicy = BacklogPolicy.FailFast;
                return new(redis);
            }
        }
        catch (ArgumentException)
        {
            // Reported below without the text, because the text may contain a password.
        }

        settings.Faults.Add(
            $"{name} must be a connection string such as 'redis.example:6380,ssl=true,password=…', but cannot be read as one."
        );
        return null;
    }
}
