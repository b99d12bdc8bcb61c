using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>Collects what is wrong with the fields of a request, so that the answer names all of it at once.</summary>
internal sealed class FieldErrors
{
    private readonly JsonObject errors = [];

    public void Add(string field, string message)
    {
        if (errors[field] is not JsonArray messages)
        {
            errors[field] = messages = [];
        }

        messages.Add(message);
    }

    /// <exception cref="ApiRefusal">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new ApiRefusal(StatusCodes.Status422UnprocessableEntity, "Some fields need attention.", errors);
        }
    }
}
