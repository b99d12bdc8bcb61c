using System.Net;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Files;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>Makes the call of a <see cref="GreedyBody"/> as far as the API, which takes everything.</summary>
internal static class GreedyCall
{
    /// <returns>The violations and repairs, and whether the API was asked.</returns>
    public static GreedyOutcome Make(GreedyBody body, JsonElement arguments)
    {
        var read = ArgumentReader.Read(body.Tool, arguments);
        var violations = read.Violations.ToList();
        var form = default(FileForm);
        if (violations.Count == 0)
        {
            FieldSelection.Read(body.Tool, read.Value, violations);
            form = body.Tool.Upload is { } upload ? FileArgument.Read(upload, read.Value, violations) : null;
        }

        using var api = new Api();
        using var http = new HttpClient(api) { BaseAddress = new("https://api.test") };
        if (violations.Count == 0)
        {
            var call = form?.Call ?? body.Tool.Call;
            // Ends before it returns, as the API answers at once.
            var answer = call(http, form?.Arguments ?? read.Value, null, CancellationToken.None);
            violations.AddRange(
                (answer.Exception?.InnerException as NeonPanel.Client.Requests.InvalidArgumentsException)?.Violations
                    ?? []
            );
        }

        return new(violations, read.Repairs, api.Bytes);
    }

    private sealed class Api : HttpMessageHandler
    {
        public long? Bytes { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Bytes = request.Content?.Headers.ContentLength ?? 0;
            request.Content?.CopyTo(Stream.Null, null, cancellationToken);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }
}

/// <param name="SentBytes">The length of the body that went to the API, or <see langword="null"/> where nothing was
/// sent.</param>
internal sealed record GreedyOutcome(IReadOnlyList<string> Violations, IReadOnlyList<Repair> Repairs, long? SentBytes);
