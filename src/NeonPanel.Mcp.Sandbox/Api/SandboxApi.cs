using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Faults;
using NeonPanel.Mcp.Sandbox.Api.Operations;
using NeonPanel.Mcp.Sandbox.Api.Requests;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Answers every operation of the specification this build was generated from, from the journal of the token's
/// subject.</summary>
internal sealed class SandboxApi(TokenIssuer issuer, Workspaces workspaces)
{
    private const int LargestBody = 10_000_000;

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Map(WebApplication app)
    {
        using var specification = JsonDocument.Parse(SpecificationFile.ReadJson());
        foreach (
            var path in specification
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
        )
        {
            foreach (var method in path.Value.EnumerateObject().Where(method => Methods.Contains(method.Name)))
            {
                var operation = OperationTable.All[method.Value.GetProperty("operationId").GetString()!];
                app.MapMethods(path.Name, [method.Name.ToUpperInvariant()], context => AnswerAsync(context, operation));
            }
        }

        new SandboxSwitches(issuer, workspaces).Map(app);
        app.MapFallback(context =>
            WriteAsync(context, StatusCodes.Status404NotFound, Message("There is no such address."), FaultSwitches.None)
        );
    }

    /// <summary>Writes an answer, with the faults that are switched on.</summary>
    public static Task WriteAsync(HttpContext context, int status, JsonNode? body, FaultSwitches faults)
    {
        context.Response.StatusCode = status;
        if (body is null)
        {
            return Task.CompletedTask;
        }

        if (faults.WrongLastPage && body["last_page"] is JsonValue last)
        {
            body["last_page"] = last.GetValue<int>() + 1;
        }

        context.Response.ContentType = "application/json";
        var text = body.ToJsonString(Plain);
        return context.Response.WriteAsync(faults.PhpEscapes ? PhpText.Escape(text) : text);
    }

    public static JsonObject Message(string text) => new() { ["message"] = text };

    private async Task AnswerAsync(HttpContext context, Func<ApiCall, ApiAnswer> operation)
    {
        var authorization = context.Request.Headers.Authorization;
        if (!await issuer.IsAcceptedByApiAsync(authorization) || await issuer.ReadAsync(authorization) is not { } token)
        {
            await WriteAsync(context, StatusCodes.Status401Unauthorized, Message("Sign in first."), FaultSwitches.None);
            return;
        }

        var workspace = workspaces.Of(token.Subject);
        var faults = workspace.Faults;
        if (await FailAsync(context, workspace, faults))
        {
            return;
        }

        try
        {
            var call = await ReadAsync(context, workspace, faults);
            var answer = HttpMethods.IsGet(context.Request.Method)
                ? operation(call)
                : Write(token.Subject, workspace, call, operation);
            if (answer.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                );
            }

            if (answer.RequestId is { } id)
            {
                context.Response.Headers["X-Request-Id"] = id;
            }

            await WriteAsync(context, answer.Status, answer.Body, faults);
        }
        catch (ApiRefusal refusal)
        {
            await WriteAsync(context, refusal.Status, refusal.Body, faults);
        }
    }

    // A write sees the journal that the write before it left, and is shown whole or not at all.
    private ApiAnswer Write(string subject, Workspace workspace, ApiCall call, Func<ApiCall, ApiAnswer> operation)
    {
        lock (workspace.Gate)
        {
            var answer = operation(call with { Journal = workspace.Journal });
            if (answer.Change is { } change)
            {
                workspaces.Commit(subject, workspace, change);
            }

            return answer;
        }
    }

    /// <returns>Whether a fault took the place of the answer.</returns>
    private static async Task<bool> FailAsync(HttpContext context, Workspace workspace, FaultSwitches faults)
    {
        var calls = Interlocked.Increment(ref workspace.Calls);
        if (faults.DelayMilliseconds > 0)
        {
            await Task.Delay(faults.DelayMilliseconds, context.RequestAborted);
        }

        if (faults.TooManyAfter is { } most && calls > most)
        {
            context.Response.Headers.RetryAfter = "30";
            await WriteAsync(context, StatusCodes.Status429TooManyRequests, Message("Too Many Attempts."), faults);
            return true;
        }

        if (
            faults.FailingPath is { } path
            && context.Request.Path.Value!.Contains(path, StringComparison.OrdinalIgnoreCase)
        )
        {
            await WriteAsync(context, StatusCodes.Status500InternalServerError, Message("Server Error"), faults);
            return true;
        }

        return false;
    }

    private static async Task<ApiCall> ReadAsync(HttpContext context, Workspace workspace, FaultSwitches faults)
    {
        var request = context.Request;
        var type = request.ContentType?.Split(';')[0].Trim();
        if (string.Equals(type, "multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            return new(
                request.RouteValues,
                request.Query,
                [],
                type,
                form.Files.Count > 0 ? form.Files[0] : null,
                workspace,
                faults.IgnoredFilters
            );
        }

        if (request.ContentLength > LargestBody)
        {
            throw new ApiRefusal(StatusCodes.Status413PayloadTooLarge, $"The body has more than {LargestBody} bytes.");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        return new(request.RouteValues, request.Query, body.ToArray(), type, null, workspace, faults.IgnoredFilters);
    }
}
