using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>A server in a process of its own, whose costs are measured.</summary>
internal sealed record LoadedServer(string Name, int Port, string Token, ChildProcess Process)
{
    /// <summary>Sends requests of one kind (<see cref="LoadKind"/>).</summary>
    /// <returns>CPU seconds per 10,000 calls, and KiB allocated a call.</returns>
    public async Task<(double Cpu, double Allocated)> LoadAsync(string kind, int calls, int connections = 8)
    {
        var before = await Process.UsageAsync();
        await ChildProcess.RunAsync("loader", Name, Text(Port), Token, kind, Text(calls), Text(connections));
        var after = await Process.UsageAsync();
        return (
            (after.CpuMilliseconds - before.CpuMilliseconds) * 10 / calls,
            (after.AllocatedBytes - before.AllocatedBytes) / 1024.0 / calls
        );
    }

    /// <summary>Returns an access token that the servers accept for two hours.</summary>
    public static string NewToken(RSA key, int upstreamPort) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Roles.Issuer(upstreamPort),
                Audience = Roles.Audience,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2),
                Claims = new Dictionary<string, object> { ["sub"] = "user", ["scope"] = "openid" },
                SigningCredentials = new(new RsaSecurityKey(key) { KeyId = "key" }, SecurityAlgorithms.RsaSha256),
            }
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
