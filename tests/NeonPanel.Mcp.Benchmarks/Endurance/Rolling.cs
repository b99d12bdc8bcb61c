using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Benchmarks.Load;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Two instances behind a load balancer that asks <c>/readyz</c> every second. Under load, each is replaced by
/// a new one, then one is killed and started again.</summary>
internal sealed class Rolling(WebApplication proxy, int port)
{
    /// <summary>Tells which instance answered.</summary>
    public const string InstanceHeader = "X-Instance";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    // As long as a killed instance may still be sent calls: two questions about its health, and those under way.
    private static readonly TimeSpan Noticing = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, ServerProcess> instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ports = new(StringComparer.Ordinal);

    private string Address => $"http://127.0.0.1:{port}";

    public static async Task<int> RunAsync(int port)
    {
        using var api = await ChildProcess.StartAsync("faulty-api", (port + 1).ToString(CultureInfo.InvariantCulture));
        await using var issuer = await Issuer.StartAsync(port + 2, $"http://127.0.0.1:{port}");
        await using var proxy = Proxy(port);
        var rolling = new Rolling(proxy, port);
        try
        {
            return await rolling.LoadAsync(issuer);
        }
        finally
        {
            foreach (var instance in rolling.instances.Values)
            {
                instance.Dispose();
            }
        }
    }

    private async Task<int> LoadAsync(Issuer issuer)
    {
        await AddAsync("a", port + 3);
        await AddAsync("b", port + 4);
        await proxy.StartAsync();
        using var end = new CancellationTokenSource();
        var clients = new SteadyClients(Address, issuer);
        var load = clients.RunAsync(end.Token);
        await Task.Delay(Settling);
        await ReplaceAsync("a", "c", port + 5, clients);
        await ReplaceAsync("b", "d", port + 6, clients);
        await Task.Delay(Settling);
        await KillAsync("c", port + 5, clients);
        await end.CancelAsync();
        await load;
        var isBack = clients.Instances.ContainsKey("e");
        Console.WriteLine(
            $"{clients.Calls} calls in all: {clients.Failed} failed, {clients.Lost} lost with the instance that was killed; answers by instance: {string.Join(", ", clients.Instances.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}"
        );
        foreach (var failure in clients.Failures.Distinct(StringComparer.Ordinal))
        {
            Console.WriteLine("  " + failure);
        }

        return clients.Failed == 0 && isBack ? 0 : 1;
    }

    // The new one first, so that there are never fewer than two.
    private async Task ReplaceAsync(string old, string name, int newPort, SteadyClients clients)
    {
        var before = clients.Calls;
        await AddAsync(name, newPort);
        var leaving = instances[old];
        leaving.Terminate();
        var code = await leaving.WaitForExitAsync(TimeSpan.FromMinutes(1));
        Remove(old);
        await Task.Delay(Settling);
        Console.WriteLine(
            $"{old} replaced by {name}: {clients.Calls - before} calls meanwhile, {clients.Failed} failed so far, exit code {code}"
        );
    }

    private async Task KillAsync(string name, int samePort, SteadyClients clients)
    {
        clients.IsLossExpected = true;
        instances[name].Kill();
        await Task.Delay(Noticing);
        clients.IsLossExpected = false;
        var alone = clients.Calls;
        await Task.Delay(Settling);
        Console.WriteLine(
            $"{name} killed: {clients.Lost} calls lost within {Noticing.TotalSeconds} s; then {clients.Calls - alone} calls on the other, {clients.Failed} failed so far"
        );
        Remove(name);
        await AddAsync("e", samePort);
        await Task.Delay(Settling);
        Console.WriteLine(
            $"e started in its place: {clients.Instances.GetValueOrDefault("e")} calls answered by it, {clients.Failed} failed so far"
        );
    }

    private async Task AddAsync(string name, int ownPort)
    {
        instances[name] = await ServerProcess.StartAsync(ownPort, Address, port + 1);
        ports[name] = ownPort;
        Route();
    }

    private void Remove(string name)
    {
        instances.Remove(name, out var instance);
        instance!.Dispose();
        ports.Remove(name);
        Route();
    }

    private void Route() =>
        proxy
            .Services.GetRequiredService<InMemoryConfigProvider>()
            .Update(
                [
                    new()
                    {
                        RouteId = "mcp",
                        ClusterId = "mcp",
                        Match = new() { Path = "/{**rest}" },
                    },
                ],
                [
                    new()
                    {
                        ClusterId = "mcp",
                        LoadBalancingPolicy = "RoundRobin",
                        Destinations = ports.ToDictionary(
                            pair => pair.Key,
                            pair => new DestinationConfig { Address = $"http://127.0.0.1:{pair.Value}" }
                        ),
                        HealthCheck = new()
                        {
                            Active = new()
                            {
                                Enabled = true,
                                Interval = TimeSpan.FromSeconds(1),
                                Timeout = TimeSpan.FromSeconds(1),
                                Policy = "ConsecutiveFailures",
                                Path = "/readyz",
                            },
                        },
                        Metadata = new Dictionary<string, string>
                        {
                            ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1",
                        },
                    },
                ]
            );

    private static WebApplication Proxy(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory([], [])
            .AddTransforms(transforms =>
                transforms.AddResponseTransform(response =>
                {
                    response.HttpContext.Response.Headers[InstanceHeader] = response
                        .HttpContext.GetReverseProxyFeature()
                        .ProxiedDestination?.DestinationId;
                    return ValueTask.CompletedTask;
                })
            );
        var proxy = builder.Build();
        proxy.MapReverseProxy();
        return proxy;
    }
}
