using System.Net;
using System.Net.Sockets;
using System.Text;
using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>The bytes that really leave HttpClient, read from a loopback socket.</summary>
[CancelAfter(10_000)]
public sealed class WireTests
{
    [Test]
    public async Task Get_AwkwardValues_ReachTheWireAsBuilt(CancellationToken cancellationToken)
    {
        var template = Get(
            "/a%20b/{id}/c",
            Parameter(ParameterLocation.Path, ParameterStyle.Matrix, name: "id"),
            Parameter(ParameterLocation.Query, ParameterStyle.Form, name: "q"),
            Parameter(ParameterLocation.Query, ParameterStyle.Form, name: "r", allowReserved: true)
        );
        var sent = await SendAsync(template, """{"id":"é~'...","q":"../%2e A","r":"../x/%41"}""", cancellationToken);
        Assert.That(sent, Does.StartWith("GET /v2/a%20b/;id=%C3%A9~%27.../c?q=..%2F%252e%20A&r=../x/%41 HTTP/1.1\r\n"));
        Assert.That(sent, Does.Not.Contain("Content-Length"));
    }

    [Test]
    public async Task Delete_WithoutBody_AnnouncesAnEmptyOne(CancellationToken cancellationToken)
    {
        var sent = await SendAsync(new("DELETE", "/x", []), "{}", cancellationToken);
        Assert.That(sent, Does.StartWith("DELETE /v2/x HTTP/1.1\r\n"));
        Assert.That(sent, Does.Contain("Content-Length: 0\r\n").And.Not.Contain("Content-Type"));
    }

    private static async Task<string> SendAsync(
        RequestTemplate template,
        string arguments,
        CancellationToken cancellationToken
    )
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener, cancellationToken);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        http.BaseAddress = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v2/");
        var response = await RawCall.SendAsync(http, template, Json(arguments), configure: null, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        return await received;
    }

    private static async Task<string> ReceiveAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = client.GetStream();
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        return received.ToString();
    }
}
