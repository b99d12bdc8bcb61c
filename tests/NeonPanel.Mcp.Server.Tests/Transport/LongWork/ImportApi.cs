using Microsoft.AspNetCore.Http;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>An API that imports PDF files in the background.</summary>
internal sealed class ImportApi
{
    public const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    public const string Request = "2d9b6f04-7a51-4c38-b6e2-f51c0a94d873";

    /// <summary>The arguments of an import.</summary>
    public const string Arguments =
        $$"""{"companyUuid":"{{Company}}","type":"bill","file":{"name":"a.pdf","link":"https://files.example/a"} }""";

    private readonly List<string> requests = [];

    /// <summary>Gets or sets what the status of the import answers: status, body and <c>Retry-After</c>.</summary>
    public (int Status, string Body, string? Pause) State { get; set; } = (202, """{"status":"processing"}""", "5");

    /// <summary>Gets or sets what a new import answers.</summary>
    public (int Status, string Body, string? Pause) Begun { get; set; } =
        (202, $$"""{"request_id":"{{Request}}","status":"queued"}""", "15");

    /// <summary>Gets the requests that arrived, such as <c>GET /path</c>.</summary>
    public IReadOnlyList<string> Requests => requests;

    public Task AnswerAsync(HttpContext context)
    {
        requests.Add($"{context.Request.Method} {context.Request.Path}");
        var (status, body, pause) = context.Request.Method == "POST" ? Begun : State;
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (pause is not null)
        {
            context.Response.Headers.RetryAfter = pause;
        }

        return context.Response.WriteAsync(body);
    }
}
