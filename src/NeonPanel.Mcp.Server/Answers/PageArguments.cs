using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Makes the arguments of the pages of a list, for all who read more than one page.</summary>
internal static class PageArguments
{
    /// <summary>Sets the largest page size that the schema allows; the caller's own without one.</summary>
    public static JsonElement WithLargestPage(ToolDescriptor tool, JsonElement arguments) =>
        tool.Paging.Size is { } size && tool.Arguments.Properties.GetValueOrDefault(size)?.Maximum is { } most
            ? With(tool, arguments, size, most)
            : arguments;

    /// <summary>Returns the arguments of the next page, or <see langword="null"/> after the last one and where only an
    /// address leads to it.</summary>
    /// <param name="arguments">The arguments of this page.</param>
    /// <param name="answer">This page.</param>
    /// <param name="json">The same as text.</param>
    /// <param name="page">The number of this page, from 1.</param>
    /// <param name="isLast">Whether this page is known to be the last.</param>
    public static JsonElement? Next(
        ToolDescriptor tool,
        JsonElement arguments,
        JsonElement answer,
        ReadOnlySpan<byte> json,
        int page,
        out bool isLast
    )
    {
        if (Paging.Number(answer, Paging.LastPage) is { } last && tool.Paging.Page is { } argument)
        {
            isLast = page >= last;
            return isLast ? null : With(tool, arguments, argument, (page + 1).ToString(CultureInfo.InvariantCulture));
        }

        var pages = AnswerPages.Read(json);
        var next = pages.Next(tool, arguments);
        isLast = next is null && pages.NextLink is null;
        return next?.Argument is { } name ? With(tool, arguments, name, next.Value) : null;
    }

    /// <summary>Sets one argument, as a number if the tool takes one there.</summary>
    public static JsonElement With(ToolDescriptor tool, JsonElement arguments, string name, string value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in arguments.EnumerateObject().Where(member => member.Name != name))
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
            }

            writer.WritePropertyName(name);
            var kinds = tool.Arguments.Properties.GetValueOrDefault(name)?.Kinds ?? ValueKinds.Any;
            if ((kinds & (ValueKinds.Integer | ValueKinds.Number)) != 0 && value.All(char.IsAsciiDigit))
            {
                writer.WriteRawValue(value);
            }
            else
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndObject();
        }

        // The same depth as in the arguments that came in.
        using var document = JsonDocument.Parse(buffer.WrittenMemory, new() { MaxDepth = 256 });
        return document.RootElement.Clone();
    }
}
