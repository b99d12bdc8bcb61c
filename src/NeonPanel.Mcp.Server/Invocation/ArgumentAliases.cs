using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Gives arguments that are sent under an earlier name the present one, before they are checked.</summary>
internal static class ArgumentAliases
{
    // Arguments that came through the SDK are at most 64 levels deep, and one is written anew here at the same depth.
    private const int MaxDepth = 256;

    /// <param name="arguments">Holds no name twice.</param>
    public static JsonElement Apply(ToolDescriptor tool, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || tool.ArgumentAliases.Count == 0)
        {
            return arguments;
        }

        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (old, name) in tool.ArgumentAliases)
        {
            // With both names sent, both stay and the old one is refused as unknown: nothing says which of the two
            // counts.
            if (
                arguments.TryGetProperty(old, out _)
                && !arguments.TryGetProperty(name, out _)
                && !renamed.ContainsValue(name)
            )
            {
                renamed[old] = name;
            }
        }

        return renamed.Count == 0 ? arguments : Rename(arguments, renamed);
    }

    private static JsonElement Rename(JsonElement arguments, Dictionary<string, string> renamed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var argument in arguments.EnumerateObject())
            {
                writer.WritePropertyName(renamed.GetValueOrDefault(argument.Name, argument.Name));
                argument.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new() { MaxDepth = MaxDepth });
    }
}
