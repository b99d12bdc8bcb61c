using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeonPanel.Mcp.Generator.Tests.Fixtures;

/// <summary>A file server on this machine, which answers what it is told to.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task loop;

    public FileServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/openapi";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        loop = Task.Run(AnswerAsync);
    }

    public string Address { get; }

    public int Status { get; set; } = 200;

    public byte[] Body { get; set; } = [];

    public string? ETag { get; set; }

    /// <summary>Gets what was sent as <c>If-None-Match</c>, one entry a request.</summary>
    public List<string?> Tags { get; } = [];

    public void Serve(string text) => Body = Encoding.UTF8.GetBytes(text);

    public void Dispose()
    {
        listener.Stop();
        loop.Wait();
        listener.Close();
    }

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var tag = context.Request.Headers["If-None-Match"];
                Tags.Add(tag);
                context.Response.StatusCode = tag is not null && tag == ETag ? 304 : Status;
                if (ETag is not null)
                {
                    context.Response.Headers["ETag"] = ETag;
                }

                if (context.Response.StatusCode != 304)
                {
                    await context.Response.OutputStream.WriteAsync(Body);
                }

                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // stopped, or the caller went away
            }
        }
    }
}
