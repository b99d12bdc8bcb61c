using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>A client of Streamable HTTP in a revision with <c>initialize</c>.</summary>
internal sealed class FormSession : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };
    private readonly string address;
    private readonly string token;
    private readonly string revision;

    private FormSession(string address, string token, string revision)
    {
        this.address = address;
        this.token = token;
        this.revision = revision;
    }

    /// <summary>Gets or sets the session id, or <see langword="null"/> if the server gave none.</summary>
    public string? Id { get; set; }

    public static async Task<FormSession> ConnectAsync(
        ProtectedServer server,
        string revision = "2025-11-25",
        string capabilities = """{"elicitation":{}}""",
        string subject = "user"
    )
    {
        var session = new FormSession(server.Address, TokenOf(server, subject), revision);
        using var greeting = await session.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{revision}}}","capabilities":{{{capabilities}}},"clientInfo":{"name":"test","version":"1"} } }"""
        );
        greeting.EnsureSuccessStatusCode();
        session.Id = greeting.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null;
        return session;
    }

    /// <summary>Returns a token that outlives every clock of a test.</summary>
    public static string TokenOf(ProtectedServer server, string subject) =>
        server.Issuer.Token(body =>
        {
            body["sub"] = subject;
            body["exp"] = TestIssuer.Now + 100_000_000;
        });

    /// <summary>Calls a tool, and returns as soon as the head of the response is there.</summary>
    public async Task<FormStream> CallAsync(
        string tool,
        string arguments,
        int id = 2,
        string? meta = null,
        string? accept = null,
        (string Name, string Value)? header = null,
        CancellationToken cancellationToken = default
    )
    {
        var more = meta is null ? "" : $",\"_meta\":{meta}";
        return new(
            await PostAsync(
                $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{more}}}}}""",
                accept: accept,
                header: header,
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>Answers a form.</summary>
    /// <param name="at">The instance to which the client posts; <see langword="null"/> for the first one.</param>
    /// <param name="bearer">Another token, or <see langword="null"/>.</param>
    /// <param name="session">Another session id, or <see langword="null"/>.</param>
    public async Task<(HttpStatusCode Status, string Body)> AnswerAsync(
        JsonObject form,
        string result,
        string? at = null,
        string? bearer = null,
        string? session = null
    )
    {
        using var response = await PostAsync(
            $$"""{"jsonrpc":"2.0","id":"{{form["id"]}}","result":{{result}}}""",
            at,
            bearer,
            session
        );
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a message.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string message,
        string? at = null,
        string? bearer = null,
        string? session = null,
        string? accept = null,
        (string Name, string Value)? header = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, (at ?? address) + "/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd(accept ?? "application/json, text/event-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer ?? token);
        if ((session ?? Id) is { } id)
        {
            request.Headers.Add("Mcp-Session-Id", id);
            request.Headers.Add("MCP-Protocol-Version", revision);
        }

        if (header is { } further)
        {
            request.Headers.Add(further.Name, further.Value);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => http.Dispose();
}
