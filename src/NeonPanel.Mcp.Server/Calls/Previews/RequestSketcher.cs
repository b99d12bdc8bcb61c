using System.Net;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Builds the request of a call as the generated client does, and keeps it in place of sending it. So it has
/// the same checks as a call that is sent.</summary>
internal sealed class RequestSketcher(UpstreamOptions upstream) : IDisposable
{
    private static readonly HttpRequestOptionsKey<Sheet> Key = new("sheet");

    private readonly HttpClient http = new(new NothingIsSent(), disposeHandler: true)
    {
        BaseAddress = upstream.BaseAddress,
    };

    /// <param name="prepared">The checked call.</param>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit the operation.</exception>
    public async Task<RequestSketch> DrawAsync(
        CallContext call,
        PreparedCall prepared,
        CancellationToken cancellationToken
    )
    {
        var form = prepared.Form;
        var arguments = form?.Arguments ?? prepared.Arguments;
        var sheet = new Sheet();
        await (form?.Call ?? call.Tool.Call)(
            http,
            arguments,
            request => request.Options.Set(Key, sheet),
            cancellationToken
        );
        return new(sheet.Template!, arguments, sheet.ContentType, sheet.Body, sheet.Parts) { FileName = form?.Name };
    }

    public void Dispose() => http.Dispose();

    /// <summary>What is kept of the request, because the client disposes it.</summary>
    private sealed class Sheet
    {
        public RequestTemplate? Template { get; set; }

        public string? ContentType { get; set; }

        public byte[] Body { get; set; } = [];

        public IReadOnlyList<SentPart> Parts { get; set; } = [];
    }

    /// <summary>Reads the request and answers it without a connection.</summary>
    private sealed class NothingIsSent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Options.TryGetValue(Key, out var sheet);
            request.Options.TryGetValue(RequestTemplate.Key, out var template);
            sheet!.Template = template;
            // A write without a body has empty content, which has no media type.
            sheet.ContentType = request.Content?.Headers.ContentType?.MediaType;
            sheet.Parts = SentPart.Of(request.Content);
            if (sheet is { ContentType: not null, Parts.Count: 0 })
            {
                sheet.Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            }

            return new(HttpStatusCode.NoContent);
        }
    }
}
