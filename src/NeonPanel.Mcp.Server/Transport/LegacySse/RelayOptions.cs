using NeonPanel.Mcp.Server.Settings;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Where instances meet.</summary>
internal sealed record RelayOptions(ConfigurationOptions Redis)
{
    public static RelayOptions? Read(SettingsReader settings)
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
                // The server starts, and serves all but other instances' streams, while Redis is away.
                redis.AbortOnConnectFail = false;
                // Who posts is told at once; a message that waited might be handled after the client gave it up.
                redis.BacklogPolicy = BacklogPolicy.FailFast;
                return new(redis);
            }
        }
        catch (ArgumentException)
        {
            // told below, without the text: it may hold a password
        }

        settings.Faults.Add(
            $"{name} must be a connection string such as 'redis.example:6380,ssl=true,password=…', but cannot be read as one."
        );
        return null;
    }
}
