using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Writes the arguments of a step's call.</summary>
internal static class StepRequest
{
    private const int LargestPage = 1000;

    /// <summary>Returns the arguments for a row, without those that have no value.</summary>
    /// <returns><see langword="null"/> if a required argument has no value.</returns>
    public static JsonElement? Arguments(StepPlan step, JsonElement given, StepRow? row)
    {
        var values = step.With.Select(pair => (pair.Argument, Value: pair.Value.Of(given, row))).ToList();
        if (values.Exists(pair => pair.Value is null && step.Tool.Arguments.Required.Contains(pair.Argument)))
        {
            return null;
        }

        return Write(writer =>
        {
            foreach (var (argument, value) in values.Where(pair => pair.Value is not null))
            {
                writer.WritePropertyName(argument);
                WriteValue(writer, step.Tool.Arguments.Properties[argument], value!);
            }

            if (
                step.Pages > 1
                && step.Tool.Paging.Size is { } size
                && values.TrueForAll(pair => pair.Argument != size)
                && int.TryParse(step.Tool.Arguments.Properties[size].Maximum, out var most)
            )
            {
                writer.WriteNumber(size, Math.Min(most, LargestPage));
            }
        });
    }

    private static JsonElement Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter writer, ValueShape shape, object value)
    {
        if (value is JsonElement element)
        {
            element.WriteTo(writer);
            return;
        }

        // An id may be a number in the list and a text where it is sent, or the reverse.
        var isText = (shape.Kinds & ValueKinds.String) != 0;
        if (value is decimal or Cells.WideNumber && isText)
        {
            writer.WriteStringValue(Cells.Text(value));
        }
        else if (value is string text && !isText && text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            writer.WriteRawValue(text);
        }
        else
        {
            Cells.Write(writer, value);
        }
    }
}
