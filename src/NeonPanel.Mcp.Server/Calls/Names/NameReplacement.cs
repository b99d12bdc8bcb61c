using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Writes the arguments of a call with values in place of names.</summary>
internal sealed class NameReplacement
{
    private readonly List<(ArgumentLookup Lookup, Dictionary<string, NamedThing> Found)> all = [];
    private readonly List<(ArgumentLookup Lookup, NamedThing Thing)> missing = [];

    /// <summary>Adds what one lookup found for the texts at its places.</summary>
    public void Add(ArgumentLookup lookup, Dictionary<string, NamedThing> found) => all.Add((lookup, found));

    /// <summary>Adds an argument that is missing.</summary>
    public void Fill(ArgumentLookup lookup, NamedThing thing) => missing.Add((lookup, thing));

    /// <summary>Returns the names that were replaced by other values, and the arguments that were filled.</summary>
    public IEnumerable<FoundName> Names() =>
        missing
            .Select(filled => Found(filled.Lookup, null, filled.Thing))
            .Concat(
                all.SelectMany(found =>
                    found
                        .Found.Where(pair => pair.Key != pair.Value.Value)
                        .Select(pair => Found(found.Lookup, pair.Key, pair.Value))
                )
            );

    /// <summary>Returns the value that an argument has after the replacement, or <see langword="null"/> if it is
    /// missing.</summary>
    public JsonElement? ValueOf(string argument, JsonElement arguments)
    {
        if (missing.Find(filled => filled.Lookup.Path == argument) is { Thing: { } thing } filled)
        {
            return Element(filled.Lookup, thing);
        }

        if (!arguments.TryGetProperty(argument, out var value))
        {
            return null;
        }

        return
            value.ValueKind == JsonValueKind.String
            && all.Find(found => found.Lookup.Path == argument) is { Lookup: { } lookup } replaced
            && replaced.Found.TryGetValue(value.GetString()!, out var named)
            ? Element(lookup, named)
            : value;
    }

    public JsonElement Apply(JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(arguments).Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in arguments.EnumerateObject())
            {
                if (missing.Exists(filled => filled.Lookup.Path == member.Name))
                {
                    continue;
                }

                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, Next(all, 0, member.Name), 1);
            }

            foreach (var (lookup, thing) in missing)
            {
                writer.WritePropertyName(lookup.Path);
                Write(writer, lookup, thing);
            }

            writer.WriteEndObject();
        }

        // The same depth as in the arguments that came in.
        using var document = JsonDocument.Parse(buffer.WrittenMemory, new() { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    private static void Write(
        Utf8JsonWriter writer,
        JsonElement value,
        List<(ArgumentLookup Lookup, Dictionary<string, NamedThing> Found)> lookups,
        int depth
    )
    {
        if (lookups.Count == 0)
        {
            WriteRaw(writer, value);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, Next(lookups, depth, member.Name), depth + 1);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var next = Next(lookups, depth, null);
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item, next, depth + 1);
            }

            writer.WriteEndArray();
        }
        else
        {
            WriteText(writer, value, lookups, depth);
        }
    }

    private static void WriteText(
        Utf8JsonWriter writer,
        JsonElement value,
        List<(ArgumentLookup Lookup, Dictionary<string, NamedThing> Found)> lookups,
        int depth
    )
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            foreach (var (lookup, found) in lookups)
            {
                if (lookup.Steps.Count == depth && found.TryGetValue(text, out var thing))
                {
                    Write(writer, lookup, thing);
                    return;
                }
            }
        }

        WriteRaw(writer, value);
    }

    // The lookups whose next step is a member with this name, or an item of a list.
    private static List<(ArgumentLookup Lookup, Dictionary<string, NamedThing> Found)> Next(
        List<(ArgumentLookup Lookup, Dictionary<string, NamedThing> Found)> lookups,
        int depth,
        string? step
    ) => lookups.FindAll(found => found.Lookup.Steps.Count > depth && found.Lookup.Steps[depth] == step);

    private static FoundName Found(ArgumentLookup lookup, string? sent, NamedThing thing) =>
        new(lookup.Path, sent, thing.Names[0], Element(lookup, thing));

    private static JsonElement Element(ArgumentLookup lookup, NamedThing thing)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, lookup, thing);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, ArgumentLookup lookup, NamedThing thing)
    {
        if (lookup.IsNumber)
        {
            writer.WriteRawValue(thing.Value);
        }
        else
        {
            writer.WriteStringValue(thing.Value);
        }
    }

    private static void WriteRaw(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
