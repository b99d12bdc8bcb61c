using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>Ends a call with a status that is no success. Nothing was changed.</summary>
internal sealed class ApiRefusal(int status, string message, JsonObject? errors = null) : Exception(message)
{
    public int Status => status;

    /// <summary>The body: <c>message</c>, and <c>errors</c> by field for a 422.</summary>
    public JsonObject Body
    {
        get
        {
            var body = new JsonObject { ["message"] = Message };
            if (errors is not null)
            {
                body["errors"] = errors.DeepClone();
            }

            return body;
        }
    }

    public static ApiRefusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static ApiRefusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    public static ApiRefusal NotFound() =>
        new(StatusCodes.Status404NotFound, "Nothing with this id exists in the company.");
}
