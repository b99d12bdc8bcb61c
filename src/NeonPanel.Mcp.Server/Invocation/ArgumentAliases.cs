using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Gives arguments that are sent under an earlier name the present one, before they are checked.</summary>
internal static class ArgumentAliases
{
    public static JsonElement Apply(ToolDescriptor tool, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || tool.ArgumentAliases.Count == 0 || !arguments.EnumerateObject().Any(IsOld))
        {
            return arguments;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var argument in arguments.EnumerateObject())
            {
                writer.WritePropertyName(IsOld(argument) ? tool.ArgumentAliases[argument.Name] : argument.Name);
                argument.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();

        // With both names sent it stays as it is, and is refused as unknown: which of the two is meant, nobody can tell.
        bool IsOld(JsonProperty argument) =>
            tool.ArgumentAliases.TryGetValue(argument.Name, out var name) && !arguments.TryGetProperty(name, out _);
    }
}
