using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>Replaces names that people use by the values that the API accepts. The name itself is compared here and
/// never sent to the API. A value that is already in the API's form needs no lookup.</summary>
internal sealed class NameLookup(NamedThings things)
{
    /// <summary>Most different names that one argument may contain.</summary>
    private const int MaxNames = 100;

    /// <summary>Reads the arguments of a tool with lookups. The arguments must be valid by its schema.</summary>
    public async Task<ReadArguments> ReadAsync(
        ToolDescriptor tool,
        ReadArguments read,
        AccessToken token,
        string correlationId,
        CancellationToken cancellationToken
    )
    {
        var violations = new ViolationList();
        var found = new Dictionary<string, Dictionary<string, NamedThing>>(StringComparer.Ordinal);
        var wanted = tool
            .Lookups.Select(lookup => (Lookup: lookup, Names: Names(lookup, read.Value, violations)))
            .ToList();
        // A call with too many names is rejected before any request is sent.
        if (violations.IsDone || wanted.Exists(argument => argument.Names.Count > MaxNames))
        {
            return read with { Violations = violations.ToSentences() };
        }

        foreach (var (lookup, names) in wanted.Where(argument => argument.Names.Count > 0))
        {
            var listed = await things.ListAsync(lookup, token, correlationId, cancellationToken);
            if (listed.Failure is { } failure)
            {
                var text =
                    $"{tool.Name} was not called: '{lookup.Argument}' holds a name, and names could not be looked up. {failure.Text}";
                return read with { Failure = failure with { Text = text } };
            }

            found[lookup.Argument] = Find(lookup, names, listed, violations);
        }

        if (!violations.IsEmpty)
        {
            return read with { Violations = violations.ToSentences() };
        }

        if (found.Count == 0)
        {
            return read;
        }

        return read with
        {
            Value = Replaced(read.Value, found),
            Repairs =
            [
                .. read.Repairs,
                .. found.SelectMany(pair =>
                    pair.Value.Values.Select(thing => new Repair(
                        RepairKind.Lookup,
                        $"{pair.Key} was read as {ArgumentPath.Shown(thing.Value)} ({ArgumentPath.Shown(thing.Names[0])})."
                    ))
                ),
            ],
        };
    }

    // Returns the different texts that are not values, up to one more than is allowed. Texts that cannot be names are
    // rejected before any request is sent.
    private static HashSet<string> Names(ArgumentLookup lookup, JsonElement arguments, ViolationList violations)
    {
        if (!arguments.TryGetProperty(lookup.Argument, out var value))
        {
            return [];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        violations.Path.Enter(lookup.Argument);
        var isList = value.ValueKind == JsonValueKind.Array;
        foreach (var (index, item) in (isList ? value.EnumerateArray() : (IEnumerable<JsonElement>)[value]).Index())
        {
            if (violations.IsDone || names.Count > MaxNames)
            {
                break;
            }

            if (
                item.ValueKind != JsonValueKind.String
                || item.GetString() is not { } text
                || (lookup.Format is not null && TextFormat.Fits(lookup.Format, text))
            )
            {
                continue;
            }

            if (isList)
            {
                violations.Path.Enter(index);
            }

            if (NameText.FaultOf(text) is { } fault)
            {
                violations.Add($"must be {Expected(lookup)}, but {fault}.");
            }
            else
            {
                names.Add(text);
            }

            if (isList)
            {
                violations.Path.Leave();
            }
        }

        if (names.Count > MaxNames)
        {
            violations.Add(
                $"must hold at most {MaxNames} different names, but holds more among its {value.GetArrayLength()} items. "
                    + $"Send the {lookup.Value} of each, as {lookup.List} returns it, or send the names in several calls."
            );
        }

        violations.Path.Leave();
        return names;
    }

    private static Dictionary<string, NamedThing> Find(
        ArgumentLookup lookup,
        HashSet<string> names,
        NamedList listed,
        ViolationList violations
    )
    {
        var found = new Dictionary<string, NamedThing>(StringComparer.Ordinal);
        violations.Path.Enter(lookup.Argument);
        foreach (var name in names)
        {
            if (violations.IsDone)
            {
                break;
            }

            switch (listed.Find(name))
            {
                case [var only]:
                    found[name] = only;
                    break;
                case []:
                    violations.Add(
                        $"must be {Expected(lookup)}, but is none of {listed.Extent}. {listed.Nearest(name)}Call {lookup.List} to see all."
                    );
                    break;
                case var several:
                    violations.Add(
                        $"is the name of {several.Count}: {NamedList.Told(several)}. Send the {lookup.Value} of the intended one."
                    );
                    break;
            }
        }

        violations.Path.Leave();
        return found;
    }

    private static string Expected(ArgumentLookup lookup) =>
        $"a {lookup.Value} from {lookup.List}, or a {string.Join(" or ", lookup.Match)} from there";

    private static JsonElement Replaced(JsonElement arguments, Dictionary<string, Dictionary<string, NamedThing>> found)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in arguments.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, found.GetValueOrDefault(member.Name));
            }

            writer.WriteEndObject();
        }

        // The same depth as in the arguments that came in.
        using var document = JsonDocument.Parse(buffer.WrittenMemory, new() { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Dictionary<string, NamedThing>? found)
    {
        if (found is not null && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item, found);
            }

            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.String && found?.GetValueOrDefault(value.GetString()!) is { } thing)
        {
            writer.WriteStringValue(thing.Value);
        }
        else
        {
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }
    }
}
