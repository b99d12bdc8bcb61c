using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Writes the first arguments of a list tool: the scope, the searched text, and the page.</summary>
/// <param name="tool">The list tool.</param>
/// <param name="scope">The arguments that the call fills.</param>
/// <param name="search">The argument for the searched text, and the text; or <see langword="null"/>.</param>
internal sealed class ListRequest(ToolDescriptor tool, NameScope scope, (string Argument, string Text)? search)
{
    /// <summary>Returns the arguments of the first page, with the most items that the schema allows.</summary>
    public JsonElement FirstPage()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in scope.Arguments)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value);
            }

            if (search is var (searched, text))
            {
                writer.WriteString(searched, text);
            }

            writer.WriteEndObject();
        }

        var arguments = PageArguments.WithLargestPage(tool, JsonElement.Parse(buffer.WrittenSpan));
        return tool.Paging.Page is { } page ? PageArguments.With(tool, arguments, page, "1") : arguments;
    }
}

/// <summary>The part of the API's data that names are looked up in, such as a company.</summary>
/// <param name="Arguments">The arguments of the list tool, each with its value as JSON text.</param>
internal sealed record NameScope(IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    public static NameScope Everything { get; } = new([]);

    /// <summary>Gets a text that is equal for equal scopes.</summary>
    public string Key { get; } = string.Concat(Arguments.Select(pair => $"{pair.Key}={pair.Value}\n"));

    /// <summary>Returns the scope that the arguments of a call of the list tool name.</summary>
    /// <returns><see langword="null"/> if an argument is missing.</returns>
    public static NameScope? Of(NameSource source, Func<ScopeArgument, JsonElement?> find)
    {
        if (source.Scope.Count == 0)
        {
            return Everything;
        }

        var values = new List<KeyValuePair<string, string>>();
        foreach (var argument in source.Scope)
        {
            if (find(argument) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
            {
                return null;
            }

            // Written anew, because one text has several forms in JSON.
            values.Add(
                KeyValuePair.Create(
                    argument.List,
                    value.ValueKind == JsonValueKind.String
                        ? "\"" + JsonEncodedText.Encode(value.GetString()!) + "\""
                        : value.GetRawText()
                )
            );
        }

        return new(values);
    }
}
