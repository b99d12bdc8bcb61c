using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Faults;
using NeonPanel.Mcp.Sandbox.Api.Import;
using NeonPanel.Mcp.Sandbox.Api.Requests;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Addresses that only the sandbox has: a token's reset, its faults, its journal, and the bundled
/// files.</summary>
internal sealed class SandboxSwitches(TokenIssuer issuer, Workspaces workspaces)
{
    public void Map(WebApplication app)
    {
        app.MapPost("/sandbox/reset", context => WithSubjectAsync(context, subject =>
            {
                workspaces.Reset(subject);
                return new JsonObject { ["journal"] = JournalBytes.Hash(workspaces.Journal(subject)) };
            }));
        app.MapGet("/sandbox/faults", context =>
            WithSubjectAsync(context, subject => workspaces.Of(subject).Faults.Write())
        );
        app.MapPost("/sandbox/faults", SwitchAsync);
        app.MapGet("/sandbox/journal", WriteJournalAsync);
        app.MapGet("/sandbox/files/{name}", (string name) =>
            BundledFiles.Find(name) is { } bytes
                ? Results.Bytes(bytes, "application/pdf", name)
                : Results.Json(
                    new { message = $"There is no file '{name}'. There are {string.Join(", ", BundledFiles.Names)}." },
                    statusCode: StatusCodes.Status404NotFound
                )
        );
    }

    private async Task SwitchAsync(HttpContext context)
    {
        JsonObject body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            await SandboxApi.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                SandboxApi.Message("The body is no JSON object."),
                FaultSwitches.None
            );
            return;
        }

        await WithSubjectAsync(context, subject =>
        {
            var workspace = workspaces.Of(subject);
            workspace.Faults = FaultSwitches.Read(body);
            workspace.Calls = 0;
            return workspace.Faults.Write();
        });
    }

    private async Task WriteJournalAsync(HttpContext context)
    {
        if (await SubjectAsync(context) is { } subject)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.Body.WriteAsync(JournalBytes.Write(workspaces.Journal(subject)));
        }
    }

    private async Task WithSubjectAsync(HttpContext context, Func<string, JsonObject> answer)
    {
        if (await SubjectAsync(context) is not { } subject)
        {
            return;
        }

        try
        {
            await SandboxApi.WriteAsync(context, StatusCodes.Status200OK, answer(subject), FaultSwitches.None);
        }
        catch (ApiRefusal refusal)
        {
            await SandboxApi.WriteAsync(context, refusal.Status, refusal.Body, FaultSwitches.None);
        }
    }

    private async Task<string?> SubjectAsync(HttpContext context)
    {
        if (await issuer.ReadAsync(context.Request.Headers.Authorization) is { } token)
        {
            return token.Subject;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await SandboxApi.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            SandboxApi.Message(
                "Send a token of the sandbox as 'Authorization: Bearer …'; the change is for that token's user alone."
            ),
            FaultSwitches.None
        );
        return null;
    }
}
