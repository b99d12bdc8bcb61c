using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Answers every operation from the examples of the specification this build was generated from.</summary>
internal static class SandboxApi
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    public static void MapSandboxApi(this WebApplication app, TokenIssuer issuer)
    {
        var specification = (JsonObject)JsonNode.Parse(SpecificationFile.ReadJson())!;
        var polls = new ConcurrentDictionary<string, int>();
        foreach (
            var (path, item) in specification["paths"]!
                .AsObject()
                .Where(pair => pair.Key.StartsWith("/api/", StringComparison.Ordinal))
        )
        {
            foreach (var method in Methods.Where(method => item![method] is not null))
            {
                var operation = Operation.Of(item![method]!.AsObject());
                app.MapMethods(path, [method.ToUpperInvariant()], async context =>
                {
                    if (!await issuer.IsAcceptedByApiAsync(context.Request.Headers.Authorization))
                    {
                        await WriteAsync(context, StatusCodes.Status401Unauthorized, Message("Sign in first."));
                    }
                    else
                    {
                        await AnswerAsync(context, operation, polls);
                    }
                });
            }
        }

        app.MapFallback(context =>
            WriteAsync(context, StatusCodes.Status404NotFound, Message("There is no such address."))
        );
    }

    private static async Task AnswerAsync(
        HttpContext context,
        Operation operation,
        ConcurrentDictionary<string, int> polls
    )
    {
        if (
            operation.MustHaveBody
            && !HttpMethods.IsGet(context.Request.Method)
            && !await HasBodyAsync(context, operation)
        )
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, Message("The body is no JSON object."));
            return;
        }

        // An import is worked on for two polls: 202, 202, 200.
        if (
            operation.Pending is { } pending
            && context.Request.RouteValues["requestId"] is string requestId
            && polls.AddOrUpdate(requestId, 1, (_, count) => count + 1) <= 2
        )
        {
            context.Response.Headers.RetryAfter = "5";
            await WriteAsync(context, StatusCodes.Status202Accepted, WithId(pending.DeepClone(), requestId));
            return;
        }

        if (operation.Status == StatusCodes.Status202Accepted)
        {
            context.Response.Headers.RetryAfter = "15";
            await WriteAsync(
                context,
                operation.Status,
                WithId(operation.Example!.DeepClone(), Guid.NewGuid().ToString())
            );
            return;
        }

        if (operation.Example is null)
        {
            context.Response.StatusCode = operation.Status;
            return;
        }

        var answer = operation.Example.DeepClone();
        if (context.Request.RouteValues["requestId"] is string id)
        {
            WithId(answer, id);
        }

        Paging.Apply(answer, context.Request.Query);
        await WriteAsync(context, operation.Status, answer);
    }

    private static JsonNode WithId(JsonNode answer, string requestId)
    {
        answer["request_id"] = requestId;
        return answer;
    }

    // A file as it is, such as a PDF, where the operation declares its kind.
    private static async Task<bool> HasBodyAsync(HttpContext context, Operation operation) =>
        operation.OtherBodies.Contains(
            context.Request.ContentType?.Split(';')[0].Trim(),
            StringComparer.OrdinalIgnoreCase
        )
            ? await context.Request.Body.ReadAsync(new byte[1]) > 0
            : await HasJsonObjectAsync(context);

    private static async Task<bool> HasJsonObjectAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private static Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    /// <summary>What the specification's examples say of one operation.</summary>
    /// <param name="Status">Status of the final answer.</param>
    /// <param name="Example">Its body; <see langword="null"/> for none.</param>
    /// <param name="Pending">Body of the 202 that comes before it.</param>
    /// <param name="OtherBodies">Media types of its body besides JSON.</param>
    private sealed record Operation(
        int Status,
        JsonNode? Example,
        JsonNode? Pending,
        bool MustHaveBody,
        IReadOnlyList<string?> OtherBodies
    )
    {
        public static Operation Of(JsonObject operation)
        {
            var responses = operation["responses"]!.AsObject();
            var status = responses
                .Select(pair => pair.Key)
                .Where(key => key.StartsWith('2'))
                .Order(StringComparer.Ordinal)
                .First();
            return new(
                int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
                ExampleOf(responses[status]),
                status == "200" ? ExampleOf(responses["202"]) : null,
                operation["requestBody"]?["required"]?.GetValue<bool>() == true,
                [
                    .. operation["requestBody"]
                        ?["content"]?.AsObject()
                        .Select(pair => pair.Key)
                        .Where(type => type != "application/json")
                        ?? [],
                ]
            );
        }

        private static JsonNode? ExampleOf(JsonNode? response) => response?["content"]?["application/json"]?["example"];
    }
}
