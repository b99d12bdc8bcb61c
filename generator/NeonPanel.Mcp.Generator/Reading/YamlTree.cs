using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>YAML → the same tree as JSON (YAML 1.2 core schema). Anchors are refused: they can grow without bound.</summary>
internal static partial class YamlTree
{
    private const int MaxDepth = 128;

    /// <exception cref="FaultException">The text is no YAML, or uses what JSON has no word for.</exception>
    public static JsonNode? Parse(string file, string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                throw Fault(file, "The file is empty.");
            }

            return ReadNode(file, parser, 0);
        }
        catch (YamlException exception)
        {
            throw Fault(file, $"The file is no valid YAML (line {exception.Start.Line}): {exception.Message}");
        }
    }

    private static JsonNode? ReadNode(string file, Parser parser, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Fault(file, $"The file is nested deeper than {MaxDepth} levels.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return ValueOf(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(ReadNode(file, parser, depth + 1));
            }

            return list;
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                if (!map.TryAdd(key, ReadNode(file, parser, depth + 1)))
                {
                    throw Fault(file, $"The key '{key}' stands twice in one mapping.");
                }
            }

            return map;
        }

        throw Fault(file, "The file uses an alias ('*name'); write the value out instead.");
    }

    private static JsonNode? ValueOf(Scalar scalar)
    {
        if (scalar.Style is not ScalarStyle.Plain)
        {
            return JsonValue.Create(scalar.Value);
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            // As JSON text, so that every digit stays.
            var text when JsonNumber().IsMatch(text) => JsonNode.Parse(text),
            var text when OtherInteger().IsMatch(text) =>
                JsonValue.Create(long.Parse(text.TrimStart('+'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
            var text => JsonValue.Create(text),
        };
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[-+]?[0-9]{1,18}$")]
    private static partial Regex OtherInteger();

    private static FaultException Fault(string file, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, file, "", message));
}
