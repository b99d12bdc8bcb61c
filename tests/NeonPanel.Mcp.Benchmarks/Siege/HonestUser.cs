using System.Diagnostics;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>One user who does nothing wrong: a call every quarter of a second. A call is lost when its answer is not
/// the right one, or comes too late.</summary>
internal sealed class HonestUser : IDisposable
{
    /// <summary>The longest a person should wait for a call whose API answers at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http;
    private readonly McpPost post;
    private readonly string token;
    private long number;

    public HonestUser(Uri address, Issuer issuer)
    {
        http = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMilliseconds(500) }
        )
        {
            BaseAddress = address,
            Timeout = Longest,
        };
        (post, token) = (new McpPost(http), issuer.Token("honest"));
    }

    public int Answered { get; private set; }

    public int Lost { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <summary>Gets what was wrong with the calls that were lost.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Calls till the time is over.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            var fault = await CallAsync();
            Count(clock.Elapsed, fault);
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Calls a few times without counting, so that the first calls of a cold server are not taken for the
    /// attack's effect.</summary>
    public async Task WarmUpAsync()
    {
        for (var call = 0; call < 4; call++)
        {
            await CallAsync();
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> CallAsync()
    {
        var id = ++number;
        var order = new Order("ok", id);
        // The company by its name in every second call, which needs a look-up.
        var company = id % 2 == 0 ? Order.Company : Order.CompanyName;
        try
        {
            var answer = await post.SendAsync(
                McpPost.Call(id, "bills_list", $$"""{"companyUuid":"{{company}}","search":"{{order}}"}"""),
                token,
                CancellationToken.None
            );
            var fault = Judge.Call(answer, id, order, mayPause: false, out _);
            return fault is null ? null : $"{fault}: {answer.Body[..Math.Min(answer.Body.Length, 200)]}";
        }
        catch (Exception exception)
            when (exception
                    is HttpRequestException
                        or OperationCanceledException
                        or IOException
                        or System.Text.Json.JsonException
            )
        {
            return exception.GetType().Name;
        }
    }

    private void Count(TimeSpan took, string? fault)
    {
        Slowest = took > Slowest ? took : Slowest;
        fault ??= took > Patience ? $"waited {took.TotalSeconds:f1} s" : null;
        if (fault is null)
        {
            Answered++;
            return;
        }

        Lost++;
        Losses.Add(fault);
    }
}
