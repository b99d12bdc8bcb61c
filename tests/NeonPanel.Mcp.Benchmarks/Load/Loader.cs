using System.Net.Http.Headers;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>Calls one of the servers over and over, and looks at every answer.</summary>
internal static class Loader
{
    private const int Connections = 8;

    public static async Task<int> RunAsync(string role, int port, string token, int kilobytes, int calls)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
        {
            BaseAddress = new($"http://127.0.0.1:{port}"),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        var (path, tool) = kilobytes == 4 ? ("/api/v1/companies", "listCompanies") : ("/api/v1/reports", "listReports");
        var read = Encoding.UTF8.GetBytes(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{} } }"""
        );
        var isWrite = role is Roles.Guarded or Roles.Unguarded;
        var left = calls;
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        using var request =
                            role == Roles.Yarp
                                ? new HttpRequestMessage(HttpMethod.Get, path)
                                : new(HttpMethod.Post, kilobytes > 16 ? "/mcp?text=summary" : "/mcp")
                                {
                                    Content = new ByteArrayContent(isWrite ? Bill() : read)
                                    {
                                        Headers = { ContentType = new("application/json") },
                                    },
                                };
                        using var response = await http.SendAsync(request);
                        var answer = await response.Content.ReadAsByteArrayAsync();
                        if (
                            !response.IsSuccessStatusCode
                            || (role != Roles.Cut && !isWrite && answer.Length < kilobytes * 1024)
                            || answer.AsSpan().IndexOf("\"isError\":true"u8) >= 0
                        )
                        {
                            throw new InvalidOperationException(
                                $"{role} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 500)))}"
                            );
                        }
                    }
                })
        );
        ChildProcess.Tell("done");
        return 0;
    }

    // Each bill is another one, so that none is held back.
    private static byte[] Bill() =>
        Encoding.UTF8.GetBytes(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bills_create","arguments":{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","ref_number":"{{Guid.NewGuid()}}","date":"2026-11-20","currency":"USD","vendor_id":17,"details":[{"service_id":141,"quantity":1,"rate":800.00},{"service_id":142,"quantity":1,"rate":150.00}]} } }"""
        );
}
