namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Error responses of OAuth (RFC 6749 §5.2, RFC 7591 §3.2.2).</summary>
internal static class OAuthErrors
{
    public static IResult Write(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error, error_description = description }, statusCode: status);
}
