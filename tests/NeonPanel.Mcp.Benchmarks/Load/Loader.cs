using System.Net.Http.Headers;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>Calls one of the servers repeatedly and checks every answer.</summary>
internal static class Loader
{
    public static async Task<int> RunAsync(string role, int port, string token, string kind, int calls, int connections)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
        {
            BaseAddress = new($"http://127.0.0.1:{port}"),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        var load = LoadKind.Find(kind);
        var left = calls;
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        using var request = Request(role, load);
                        using var response = await http.SendAsync(request);
                        Check(role, load, response, await response.Content.ReadAsByteArrayAsync());
                    }
                })
        );
        ChildProcess.Tell("done");
        return 0;
    }

    private static HttpRequestMessage Request(string role, LoadKind load) =>
        role == Roles.Yarp
            ? new(HttpMethod.Get, load.ApiPath)
            : new(HttpMethod.Post, load.McpPath)
            {
                Content = new ByteArrayContent(load.Body()) { Headers = { ContentType = new("application/json") } },
            };

    private static void Check(string role, LoadKind load, HttpResponseMessage response, byte[] answer)
    {
        if (
            !response.IsSuccessStatusCode
            || (role != Roles.Cut && answer.Length < load.LeastBytes)
            || answer.AsSpan().IndexOf("\"isError\":true"u8) >= 0
        )
        {
            throw new InvalidOperationException(
                $"{role} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 500)))}"
            );
        }
    }
}
