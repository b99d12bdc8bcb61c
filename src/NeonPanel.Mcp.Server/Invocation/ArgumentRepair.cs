using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Understands clients' habits where a value is not valid as it was sent (rule D1); what is valid is never touched, what
/// could mean two things is not guessed, and digits stay as they were written. docs/calls.md has the table.</summary>
internal sealed class ArgumentRepair
{
    private const int MaxWrappers = 3;

    // Text that was unpacked stands deeper than it was sent.
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = 256 };

    private static readonly string[] Wrappers = ["params", "arguments", "input"];

    private readonly ArgumentPath path = new();
    private readonly List<Repair> repairs = [];

    private ArgumentRepair()
    {
    }

    /// <returns>The arguments as they were understood, and what was done; whether they are valid now is another matter.</returns>
    public static (JsonElement Value, IReadOnlyList<Repair> Repairs) Of(ValueShape shape, JsonElement sent)
    {
        var repair = new ArgumentRepair();
        try
        {
            return (repair.Read(shape, repair.Unwrap(shape, sent)), repair.repairs);
        }
        catch (JsonException)
        {
            return (sent, []); // unpacked, it is nested deeper than can be read
        }
    }

    private JsonElement Unwrap(ValueShape shape, JsonElement sent)
    {
        for (var times = 0; times < MaxWrappers && sent.ValueKind == JsonValueKind.Object && sent.GetPropertyCount() == 1; times++)
        {
            var only = sent.EnumerateObject().First();
            var isWrapper = Wrappers.Contains(only.Name, StringComparer.OrdinalIgnoreCase) && !shape.Properties.ContainsKey(only.Name);
            var inner = only.Value.ValueKind == JsonValueKind.String ? JsonIn(only.Value) ?? only.Value : only.Value;
            if (!isWrapper || inner.ValueKind != JsonValueKind.Object)
            {
                break;
            }

            Tell(RepairKind.Unwrapped, $"The arguments were taken out of '{ArgumentPath.Shown(only.Name)}'.");
            sent = inner;
        }

        return sent;
    }

    private JsonElement Read(ValueShape shape, JsonElement value)
    {
        if (ArgumentValidator.IsValid(shape, value))
        {
            return value;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object when shape.Kinds.HasFlag(ValueKinds.Object) => ReadObject(shape, value),
            JsonValueKind.Array when shape.Kinds.HasFlag(ValueKinds.Array) => ReadArray(shape, value),
            JsonValueKind.String => ReadText(shape, value),
            JsonValueKind.Number when !Takes(shape, ValueKinds.Number | ValueKinds.Integer) => ReadNumber(shape, value),
            JsonValueKind.Null => value,
            _ => ReadSingle(shape, value),
        };
    }

    private JsonElement ReadObject(ValueShape shape, JsonElement value)
    {
        var present = value.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return Written(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                var name = KnownName(shape, member.Name, present);
                var known = shape.Properties.GetValueOrDefault(name) ?? shape.AdditionalProperties;
                path.Enter(name);
                if (member.Value.ValueKind == JsonValueKind.Null && known is not null && !Takes(known, ValueKinds.Null) && !shape.Required.Contains(name))
                {
                    Tell(RepairKind.Null, $"{path} was null, which it does not take; it was left out.");
                }
                else
                {
                    writer.WritePropertyName(name);
                    Write(writer, known is null ? member.Value : Read(known, member.Value));
                }

                path.Leave();
            }

            writer.WriteEndObject();
        });
    }

    // The same letters in another style, and no doubt about it. An open object takes any name: there only one that is missed counts.
    private string KnownName(ValueShape shape, string name, HashSet<string> present)
    {
        if (shape.Properties.ContainsKey(name))
        {
            return name;
        }

        var plain = NearestName.Plain(name);
        var meant = (shape.AdditionalProperties is null ? shape.Properties.Keys : shape.Required)
            .Where(known => NearestName.Plain(known) == plain).ToList();
        if (meant is not [var only] || !present.Add(only))
        {
            return name;
        }

        path.Enter(name);
        Tell(RepairKind.Name, $"{path} was read as {only}.");
        path.Leave();
        return only;
    }

    private JsonElement ReadArray(ValueShape shape, JsonElement value) => shape.Items is not { } items ? value : Written(writer =>
    {
        writer.WriteStartArray();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            path.Enter(index++);
            Write(writer, Read(items, item));
            path.Leave();
        }

        writer.WriteEndArray();
    });

    private JsonElement ReadText(ValueShape shape, JsonElement value)
    {
        var text = value.GetString()!.Trim();
        if (shape.Kinds.HasFlag(ValueKinds.String))
        {
            var meant = shape.Enum?.Where(allowed => allowed.StartsWith('"') && string.Equals(Parse(allowed).GetString(), text, StringComparison.OrdinalIgnoreCase)).ToList();
            return meant is [var only] ? Told(RepairKind.Case, $"{Here} was read as {only}.", Parse(only)) : value;
        }

        if (text is ['{' or '[', ..])
        {
            return JsonIn(value) is { } inner && Takes(shape, inner.ValueKind == JsonValueKind.Object ? ValueKinds.Object : ValueKinds.Array)
                ? Read(shape, Told(RepairKind.JsonText, $"{Here} {(path.IsRoot ? "were" : "was")} read from JSON text.", inner))
                : value;
        }

        if (Takes(shape, ValueKinds.Boolean) && bool.TryParse(text, out var flag))
        {
            return Told(RepairKind.ScalarText, $"{Here} was text; it was read as {(flag ? "true" : "false")}.", Parse(flag ? "true" : "false"));
        }

        if (Takes(shape, ValueKinds.Number | ValueKinds.Integer) && text is ['-' or (>= '0' and <= '9'), ..] && TryParse(text) is { ValueKind: JsonValueKind.Number } number)
        {
            return Told(RepairKind.ScalarText, $"{Here} was text; it was read as a number.", number);
        }

        // Commas may part several values, or belong to one.
        return text.AsSpan().IndexOfAny(",;\n") >= 0 ? value : ReadSingle(shape, value);
    }

    private JsonElement ReadNumber(ValueShape shape, JsonElement value)
    {
        // JavaScript writes 1.50 as 1.5, and rounds whole numbers beyond 2^53: neither is what was meant by it, for certain.
        const long largestSafe = 9_007_199_254_740_991;
        var digits = value.GetRawText();
        return Takes(shape, ValueKinds.String) && value.TryGetInt64(out var whole) && whole is >= -largestSafe and <= largestSafe && digits != "-0"
            ? Read(shape, Told(RepairKind.NumberAsText, $"{Here} was a number; it was read as text.", Parse($"\"{digits}\"")))
            : ReadSingle(shape, value);
    }

    private JsonElement ReadSingle(ValueShape shape, JsonElement value)
    {
        if (!Takes(shape, ValueKinds.Array) || Takes(shape, KindOf(value)))
        {
            return value;
        }

        var before = repairs.Count;
        Tell(RepairKind.SingleValue, $"{Here} was one value; it was read as a list of one.");
        var item = Read(shape.Items ?? ValueShape.Anything, value);
        if (shape.Items is null || ArgumentValidator.IsValid(shape.Items, item))
        {
            return Written(writer =>
            {
                writer.WriteStartArray();
                Write(writer, item);
                writer.WriteEndArray();
            });
        }

        repairs.RemoveRange(before, repairs.Count - before);
        return value;
    }

    private string Here => path.IsRoot ? "The arguments" : path.ToString();

    private void Tell(RepairKind kind, string receipt) => repairs.Add(new(kind, receipt));

    private JsonElement Told(RepairKind kind, string receipt, JsonElement value)
    {
        Tell(kind, receipt);
        return value;
    }

    private static bool Takes(ValueShape shape, ValueKinds kinds) => (shape.Kinds & kinds) != 0;

    private static ValueKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ValueKinds.Object,
        JsonValueKind.String => ValueKinds.String,
        JsonValueKind.Number => ValueKinds.Number,
        JsonValueKind.Array => ValueKinds.Array,
        _ => ValueKinds.Boolean,
    };

    private static JsonElement? JsonIn(JsonElement text) => TryParse(text.GetString()!) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json && IsUnicode(json) ? json : null;

    private static bool IsUnicode(JsonElement value)
    {
        var broken = new ViolationList(most: 0);
        BrokenText.Check(value, broken);
        return broken.IsEmpty;
    }

    private static JsonElement? TryParse(string json)
    {
        try
        {
            return Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, Nested);
        return document.RootElement.Clone();
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Parse(buffer.ToArray());
    }

    // As it was written: digits, escapes and all.
    private static void Write(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
