using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Renames arguments that are sent under an earlier name. This happens before the arguments are
/// checked.</summary>
internal static class ArgumentAliases
{
    // More than enough: arguments from the SDK have at most 64 levels, and a renamed argument keeps its depth.
    private const int MaxDepth = 256;

    /// <param name="arguments">Arguments without duplicate names.</param>
    public static JsonElement Apply(ToolDescriptor tool, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || tool.ArgumentAliases.Count == 0)
        {
            return arguments;
        }

        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (old, name) in tool.ArgumentAliases)
        {
            // If both names are sent, both stay, and the old one is rejected as unknown. It is not clear which of the
            // two the caller means.
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
