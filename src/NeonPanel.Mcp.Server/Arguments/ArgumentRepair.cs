using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Corrects typical client mistakes in values that are not valid (rule D1). It never changes a valid value,
/// never guesses between two possible meanings, and keeps digits as they were written. docs/calls.md has the
/// table.</summary>
internal sealed class ArgumentRepair
{
    /// <summary>Most corrections of one call, and most values that stay invalid. The next one stops the work, so that a
    /// list of a million wrong items costs no more than one of a hundred.</summary>
    public const int Most = 100;

    private const int MaxWrappers = 3;

    // JSON text that was unpacked from a string lies deeper than it was sent.
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = 256 };

    private static readonly string[] Wrappers = ["params", "arguments", "input"];

    private readonly ArgumentPath path = new();
    private readonly List<Repair> repairs = [];
    private readonly PatternTime patterns;
    private readonly bool isReadOnly;
    private readonly string? pageSize;
    private int failures;

    private ArgumentRepair(PatternTime patterns, bool isReadOnly, string? pageSize)
    {
        this.patterns = patterns;
        this.isReadOnly = isReadOnly;
        this.pageSize = pageSize;
    }

    private bool IsStopped => repairs.Count > Most || failures > Most;

    /// <param name="shape">The shape of the arguments.</param>
    /// <param name="sent">Arguments that are not valid.</param>
    /// <param name="patterns">The time for patterns.</param>
    /// <param name="isReadOnly">Whether the tool only reads. Only then, the beginning of an allowed value is enough.
    /// </param>
    /// <param name="pageSize">The argument for the size of a page, or <see langword="null"/>. A number beyond its
    /// limits becomes the limit.</param>
    public static RepairedArguments Of(
        ValueShape shape,
        JsonElement sent,
        PatternTime patterns,
        bool isReadOnly = false,
        string? pageSize = null
    )
    {
        var repair = new ArgumentRepair(patterns, isReadOnly, pageSize);
        try
        {
            var inner = repair.Unwrap(shape, sent);
            var value = Written(
                writer => repair.Write(writer, shape, inner),
                JsonMarshal.GetRawUtf8Value(inner).Length
            );
            if (repair.IsStopped)
            {
                return new(sent, [], true);
            }

            if (repair.repairs.Count == 0)
            {
                return new(sent, [], false);
            }

            return new(Parse(value), repair.repairs, false);
        }
        catch (JsonException)
        {
            return new(sent, [], false); // unpacked, it is nested deeper than can be read
        }
    }

    private JsonElement Unwrap(ValueShape shape, JsonElement sent)
    {
        for (
            var times = 0;
            times < MaxWrappers && sent.ValueKind == JsonValueKind.Object && sent.GetPropertyCount() == 1;
            times++
        )
        {
            var only = sent.EnumerateObject().First();
            var isWrapper =
                Wrappers.Contains(only.Name, StringComparer.OrdinalIgnoreCase)
                && !shape.Properties.ContainsKey(only.Name);
            var inner =
                isWrapper && only.Value.ValueKind == JsonValueKind.String
                    ? JsonIn(only.Value) ?? only.Value
                    : only.Value;
            if (!isWrapper || inner.ValueKind != JsonValueKind.Object)
            {
                break;
            }

            Tell(RepairKind.Unwrapped, $"The arguments were taken out of '{ArgumentPath.Shown(only.Name)}'.");
            sent = inner;
        }

        return sent;
    }

    // All levels write into one buffer. With one buffer per level, the memory would grow with the depth of the
    // arguments.
    private void Write(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        if (IsStopped)
        {
            return;
        }

        if (ArgumentValidator.IsValid(shape, value, patterns))
        {
            WriteRaw(writer, value);
            return;
        }

        if (path.IsOnly(pageSize) && value.ValueKind == JsonValueKind.Number && LimitFor(shape, value) is { } limit)
        {
            Tell(RepairKind.PageSize, $"{path} was {value.GetRawText()}; the limit {limit} was taken.");
            writer.WriteRawValue(limit);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when Takes(shape, KindOf(value)):
                WriteInside(writer, shape, value);
                break;
            case JsonValueKind.String:
                WriteText(writer, shape, value);
                break;
            case JsonValueKind.Number when !Takes(shape, ValueKinds.Number | ValueKinds.Integer):
                WriteNumber(writer, shape, value);
                break;
            case JsonValueKind.Null:
                Leave(writer, value);
                break;
            default:
                WriteSingle(writer, shape, value);
                break;
        }
    }

    // Returns the limit that a whole number exceeds, if the limit itself is allowed.
    private string? LimitFor(ValueShape shape, JsonElement value)
    {
        if (!value.TryGetInt64(out var size))
        {
            return null;
        }

        string? limit = null;
        if (long.TryParse(shape.Maximum, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && size > most)
        {
            limit = shape.Maximum;
        }
        else if (
            long.TryParse(shape.Minimum, NumberStyles.None, CultureInfo.InvariantCulture, out var least)
            && size < least
        )
        {
            limit = shape.Minimum;
        }

        return limit is not null && ArgumentValidator.IsValid(shape, JsonElement.Parse(limit), patterns) ? limit : null;
    }

    private void WriteInside(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        var before = repairs.Count + failures;
        if (value.ValueKind == JsonValueKind.Object)
        {
            WriteObject(writer, shape, value);
        }
        else
        {
            WriteArray(writer, shape, value);
        }

        // No fault was found inside, so the value itself has one, such as a missing member or too few items.
        failures += repairs.Count + failures == before ? 1 : 0;
    }

    private void WriteObject(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        var names = new KnownNames(shape, value);
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            WriteMember(writer, shape, member, NameOf(member, names));
            if (IsStopped)
            {
                return;
            }
        }

        writer.WriteEndObject();
    }

    private string NameOf(JsonProperty member, KnownNames names)
    {
        var name = member.Name;
        if (names.Meant(name) is not { } known)
        {
            return name;
        }

        path.Enter(name);
        Tell(RepairKind.Name, $"{path} was read as {ArgumentPath.Shown(known)}.");
        path.Leave();
        return known;
    }

    private void WriteMember(Utf8JsonWriter writer, ValueShape shape, JsonProperty member, string name)
    {
        path.Enter(name);
        var known = shape.Properties.GetValueOrDefault(name) ?? shape.AdditionalProperties;
        if (known is null)
        {
            writer.WritePropertyName(name);
            Leave(writer, member.Value);
        }
        else if (
            member.Value.ValueKind == JsonValueKind.Null
            && !Takes(known, ValueKinds.Null)
            && !shape.Required.Contains(name)
        )
        {
            Tell(RepairKind.Null, $"{path} was null, which it does not accept; it was left out.");
        }
        else
        {
            writer.WritePropertyName(name);
            Write(writer, known, member.Value);
        }

        path.Leave();
    }

    private void WriteArray(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        if (shape.Items is not { } items)
        {
            Leave(writer, value);
            return;
        }

        writer.WriteStartArray();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            path.Enter(index++);
            Write(writer, items, item);
            path.Leave();
            if (IsStopped)
            {
                return;
            }
        }

        writer.WriteEndArray();
    }

    private void WriteText(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        var text = value.GetString()!.Trim();
        if (Takes(shape, ValueKinds.String))
        {
            if (shape.Enum is { } allowed && MeantOf(EnumValues.Of(allowed), text) is { } only)
            {
                Tell(RepairKind.Case, $"{Here} was read as {ShapeText.Short(only)}.");
                writer.WriteRawValue(only);
                return;
            }

            Leave(writer, value);
        }
        else if (text is ['{' or '[', ..])
        {
            WriteUnpacked(writer, shape, value);
        }
        else if (Takes(shape, ValueKinds.Boolean) && bool.TryParse(text, out var flag))
        {
            Tell(RepairKind.ScalarText, $"{Here} was text; it was read as {(flag ? "true" : "false")}.");
            writer.WriteBooleanValue(flag);
        }
        else if (Takes(shape, ValueKinds.Number | ValueKinds.Integer) && NumberText.IsNumber(text))
        {
            Tell(RepairKind.ScalarText, $"{Here} was text; it was read as a number.");
            Write(writer, shape, Parse(Encoding.ASCII.GetBytes(text)));
        }
        else if (text.AsSpan().IndexOfAny(",;\n") >= 0)
        {
            // The comma may separate values or belong to one value, so the text is not split.
            Leave(writer, value);
        }
        else
        {
            WriteSingle(writer, shape, value);
        }
    }

    // The beginning of an allowed value, as 'month' for 'monthly', is enough for a tool that only reads.
    private string? MeantOf(EnumValues allowed, string text) =>
        allowed.InAnyCase(text) ?? (isReadOnly ? allowed.BeginningWith(text) : null);

    private void WriteUnpacked(Utf8JsonWriter writer, ValueShape shape, JsonElement text)
    {
        if (JsonIn(text) is { } inner && Takes(shape, KindOf(inner)))
        {
            Tell(RepairKind.JsonText, $"{Here} {(path.IsRoot ? "were" : "was")} read from JSON text.");
            Write(writer, shape, inner);
        }
        else
        {
            Leave(writer, text);
        }
    }

    private void WriteNumber(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        // JavaScript writes 1.50 as 1.5 and rounds integers beyond 2^53. The text that the caller meant is then
        // unknown.
        const long largestSafe = 9_007_199_254_740_991;
        if (
            Takes(shape, ValueKinds.String)
            && value.TryGetInt64(out var whole)
            && whole is >= -largestSafe and <= largestSafe
            && value.GetRawText() is var digits
            && digits != "-0"
        )
        {
            Tell(RepairKind.NumberAsText, $"{Here} was a number; it was read as text.");
            Write(writer, shape, Parse(Encoding.ASCII.GetBytes($"\"{digits}\"")));
        }
        else
        {
            WriteSingle(writer, shape, value);
        }
    }

    private void WriteSingle(Utf8JsonWriter writer, ValueShape shape, JsonElement value)
    {
        if (!Takes(shape, ValueKinds.Array) || Takes(shape, KindOf(value)))
        {
            Leave(writer, value);
            return;
        }

        var before = repairs.Count;
        var failed = failures;
        Tell(RepairKind.SingleValue, $"{Here} was one value; it was read as a list of one.");
        var items = shape.Items ?? ValueShape.Anything;
        var item = Written(inner => Write(inner, items, value), JsonMarshal.GetRawUtf8Value(value).Length);
        if (IsStopped)
        {
            return;
        }

        if (ArgumentValidator.IsValid(items, Parse(item), patterns))
        {
            writer.WriteStartArray();
            writer.WriteRawValue(item.Span, skipInputValidation: true);
            writer.WriteEndArray();
            return;
        }

        repairs.RemoveRange(before, repairs.Count - before);
        failures = failed;
        Leave(writer, value);
    }

    private string Here => path.IsRoot ? "The arguments" : path.ToString();

    private void Tell(RepairKind kind, string receipt) => repairs.Add(new(kind, receipt));

    // The value stays invalid and becomes a violation later.
    private void Leave(Utf8JsonWriter writer, JsonElement value)
    {
        failures++;
        WriteRaw(writer, value);
    }

    private static bool Takes(ValueShape shape, ValueKinds kinds) => (shape.Kinds & kinds) != 0;

    private static ValueKinds KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => ValueKinds.Object,
            JsonValueKind.String => ValueKinds.String,
            JsonValueKind.Number => ValueKinds.Number,
            JsonValueKind.Array => ValueKinds.Array,
            _ => ValueKinds.Boolean,
        };

    private static JsonElement? JsonIn(JsonElement text)
    {
        var json = text.GetString()!.Trim();
        // Most texts that are not JSON fail this check, so they cause no exception.
        if (!(json is ['{', .., '}'] or ['[', .., ']']))
        {
            return null;
        }

        try
        {
            var value = Parse(Encoding.UTF8.GetBytes(json));
            return ArgumentReader.Malformed(value).Count == 0 ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8) => JsonElement.Parse(utf8.Span, Nested);

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write, int size)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, size));
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    // Copies the bytes as sent, so that digits and escapes stay the same.
    private static void WriteRaw(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
