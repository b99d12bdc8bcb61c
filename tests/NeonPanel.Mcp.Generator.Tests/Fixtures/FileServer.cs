using System.Net;
using System.Text;

namespace NeonPanel.Mcp.Generator.Tests.Fixtures;

/// <summary>A file server on this machine, which answers what it is told to.</summary>
internal sealed class FileServer : IDisposable
{
    // HttpListener takes no port 0. These lie below the ports that the system gives to outgoing connections (Linux:
    // from 32768).
    private const int FirstPort = 18_000;

    private static int next = Environment.ProcessId % 1000;

    private readonly HttpListener listener;
    private readonly Task loop;

    public FileServer()
    {
        (listener, Address) = Listen();
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

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var address = $"http://127.0.0.1:{FirstPort + (Interlocked.Increment(ref next) % 1000)}/openapi";
            var listener = new HttpListener { Prefixes = { address + "/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (tries < 100)
            {
                listener.Close(); // the port is taken: the next one
            }
        }
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
