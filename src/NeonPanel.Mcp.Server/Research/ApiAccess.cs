using System.Buffers;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>Calls of tools with the credential of the caller.</summary>
/// <param name="Http">The client of the API.</param>
/// <param name="Configure">Adds the credential to each request.</param>
internal sealed record ApiAccess(HttpClient Http, Action<HttpRequestMessage>? Configure)
{
    /// <summary>Calls a tool. Leaves out the arguments that have no value, and those that the tool does not
    /// have.</summary>
    public Task<RawResponse> SendAsync(
        ToolDescriptor tool,
        IReadOnlyList<(string? Name, string? Value)> arguments,
        CancellationToken cancellationToken
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                if (name is not null && value is not null && tool.Arguments.Properties.TryGetValue(name, out var shape))
                {
                    writer.WritePropertyName(name);
                    if ((shape.Kinds & ValueKinds.String) == 0 && value.All(char.IsAsciiDigit))
                    {
                        writer.WriteRawValue(value);
                    }
                    else
                    {
                        writer.WriteStringValue(value);
                    }
                }
            }

            writer.WriteEndObject();
        }

        return tool.Call(Http, JsonElement.Parse(buffer.WrittenSpan), Configure, cancellationToken);
    }
}
