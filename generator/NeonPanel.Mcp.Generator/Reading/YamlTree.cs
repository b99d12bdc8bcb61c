using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using SharpYaml;
using SharpYaml.Events;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Parses YAML into the same tree as JSON (YAML 1.2 core schema, merge keys of 1.1). Aliases are expanded, up
/// to a limit.</summary>
internal sealed partial class YamlTree
{
    /// <summary>Most nodes that aliases may add. A few lines of nested aliases can expand to more than fits into
    /// memory.</summary>
    private const int MaxAliasNodes = 1_000_000;

    private readonly string file;
    private readonly IParser parser;
    private readonly Func<string, string> restore;
    private readonly Dictionary<string, JsonNode?> anchors = new(StringComparer.Ordinal);
    private int aliasNodes;

    private YamlTree(string file, string text)
    {
        this.file = file;
        (text, restore) = YamlText.Prepare(text);
        // One level more than the limit, so that this class reports the depth and not the parser.
        parser = Parser.CreateParser(new StringReader(text), JsonTree.MaxDepth + 2);
    }

    /// <exception cref="FaultException">The text is not YAML, or uses something that JSON cannot express.</exception>
    public static JsonNode? Parse(string file, string text)
    {
        var tree = new YamlTree(file, text);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw tree.Fault(exception.End, "The file is not valid YAML: " + Place().Replace(exception.Message, ""));
        }
        // The scanner also throws this exception, for example on a list without closing bracket before a mapping.
        catch (InvalidOperationException)
        {
            throw tree.Fault(
                tree.parser.Current?.End ?? Mark.Empty,
                "The file is not valid YAML: a bracket, brace or quote is not closed, or an indentation is wrong."
            );
        }
    }

    private JsonNode? ReadDocument()
    {
        parser.MoveNext();
        Take<StreamStart>();
        if (Take<DocumentStart>() is null)
        {
            throw Fault(Mark.Empty, "The file is empty.");
        }

        var root = ReadNode(0);
        Take<DocumentEnd>();
        return parser.Current is StreamEnd
            ? root
            : throw Fault(parser.Current?.Start ?? Mark.Empty, "The file holds a second document; one is expected.");
    }

    // Returns the next event and moves on, if the event has the type.
    private T? Take<T>()
        where T : ParsingEvent
    {
        var found = parser.Current as T;
        if (found is not null)
        {
            parser.MoveNext();
        }

        return found;
    }

    private JsonNode? ReadNode(int depth)
    {
        var start = parser.Current?.Start ?? Mark.Empty;
        if (depth > JsonTree.MaxDepth)
        {
            throw Fault(start, $"The file is nested deeper than {JsonTree.MaxDepth} levels.");
        }

        if (Take<AnchorAlias>() is { } alias)
        {
            return ReadAlias(alias, depth);
        }

        if (Take<Scalar>() is { } scalar)
        {
            return Anchored(scalar.Anchor, ValueOf(scalar));
        }

        if (Take<SequenceStart>() is { } sequence)
        {
            var list = new JsonArray();
            while (Take<SequenceEnd>() is null)
            {
                list.Add(ReadNode(depth + 1));
            }

            return Anchored(sequence.Anchor, list);
        }

        return Take<MappingStart>() is { } mapping
            ? Anchored(mapping.Anchor, ReadMapping(depth))
            : throw Fault(start, "The file is not valid YAML: a value is expected.");
    }

    private JsonObject ReadMapping(int depth)
    {
        var map = new JsonObject();
        var merged = new List<JsonObject>();
        while (Take<MappingEnd>() is null)
        {
            if (Take<Scalar>() is not { } key)
            {
                throw Fault(
                    parser.Current?.Start ?? Mark.Empty,
                    "A key of a mapping is a list, a mapping or an alias; a plain text is expected."
                );
            }

            var name = restore(key.Value);
            var value = ReadNode(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.AddRange(Merged(value, key));
            }
            else if (!map.TryAdd(name, value))
            {
                throw Fault(key.Start, $"The key '{name}' occurs twice in one mapping.");
            }
        }

        // The mapping's own keys have priority over merged ones, and earlier merged mappings over later ones.
        foreach (var (inherited, value) in merged.SelectMany(other => other))
        {
            map.TryAdd(inherited, value?.DeepClone());
        }

        return map;
    }

    private IEnumerable<JsonObject> Merged(JsonNode? value, Scalar key) =>
        value switch
        {
            JsonObject map => [map],
            JsonArray list when list.All(item => item is JsonObject) => list.Select(item => (JsonObject)item!),
            _ => throw Fault(
                key.Start,
                "The merge key '<<' has a value that is neither a mapping nor a list of mappings."
            ),
        };

    private JsonNode? Anchored(string? anchor, JsonNode? node)
    {
        if (!string.IsNullOrEmpty(anchor))
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private JsonNode? ReadAlias(AnchorAlias alias, int depth)
    {
        // An anchor is known only after its node is complete, so an alias inside its own anchor is not found.
        if (!anchors.TryGetValue(alias.Value, out var node))
        {
            throw Fault(alias.Start, $"The alias '*{alias.Value}' has no anchor before it, or is inside it.");
        }

        return Copy(node, alias, depth);
    }

    private JsonNode? Copy(JsonNode? node, AnchorAlias alias, int depth)
    {
        if (++aliasNodes > MaxAliasNodes)
        {
            throw Fault(
                alias.Start,
                $"The aliases of the file stand for more than {MaxAliasNodes} values; write the file with fewer."
            );
        }

        if (depth > JsonTree.MaxDepth)
        {
            throw Fault(alias.Start, $"The file is nested deeper than {JsonTree.MaxDepth} levels.");
        }

        return node switch
        {
            JsonObject map => new JsonObject(
                map.Select(pair => KeyValuePair.Create(pair.Key, Copy(pair.Value, alias, depth + 1)))
            ),
            JsonArray list => new JsonArray([.. list.Select(item => Copy(item, alias, depth + 1))]),
            _ => node?.DeepClone(),
        };
    }

    private JsonNode? ValueOf(Scalar scalar)
    {
        if (scalar.Style is not ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str" || scalar.Tag == "!")
        {
            return JsonValue.Create(restore(scalar.Value));
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            // Parsed from JSON text, so that every digit is kept.
            var text when JsonNumber().IsMatch(text) => JsonNode.Parse(text),
            var text when OtherInteger().IsMatch(text) => JsonValue.Create(
                long.Parse(text.TrimStart('+'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            ),
            var text when OtherDecimal().Match(text) is { Success: true } match => JsonNode.Parse(
                (match.Groups[1].Value == "-" ? "-" : "")
                    + (match.Groups[2].Value.TrimStart('0') is { Length: > 0 } whole ? whole : "0")
                    + (match.Groups[3].Length > 0 ? "." + match.Groups[3].Value : "")
                    + match.Groups[4].Value
            ),
            var text
                when text.StartsWith("0x", StringComparison.Ordinal)
                    && long.TryParse(
                        text.AsSpan(2),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out var number
                    ) => JsonValue.Create(number),
            var text => JsonValue.Create(restore(text)),
        };
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[-+]?[0-9]{1,18}\z")]
    private static partial Regex OtherInteger();

    // .5, 1. and +1.5 are numbers in YAML (1.2.2, §10.3.2) but not in JSON.
    [GeneratedRegex(@"^([-+]?)(?=\.?[0-9])([0-9]*)\.([0-9]*)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex OtherDecimal();

    // The parser counts lines and columns from zero.
    private FaultException Fault(Mark place, string message) =>
        new(
            new(
                DiagnosticIds.Unreadable,
                Severity.Error,
                file,
                "",
                place.Equals(Mark.Empty) ? message : $"{message} (Line {place.Line + 1}, column {place.Column + 1}.)"
            )
            {
                Place = new(place.Line + 1, place.Column + 1),
            }
        );

    // The parser's messages begin with the position in their own format.
    [GeneratedRegex(@"^\(Lin: .*?\) - \(Lin: .*?\): ")]
    private static partial Regex Place();
}
