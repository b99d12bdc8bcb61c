namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

/// <summary>Writes values in the styles of OpenAPI 3.1 ("Style Values", "Style Examples"). The caller
/// provides the escape function, because headers are not escaped.</summary>
internal static class StyleSerializer
{
    /// <summary>Writes the text of a path or header parameter: simple, label, matrix, and the delimited styles of
    /// Swagger 2.0.</summary>
    public static string Expand(
        ParameterValue value,
        string name,
        ParameterStyle style,
        bool explode,
        Func<string, string> escape
    )
    {
        var isMatrix = style == ParameterStyle.Matrix;
        var prefix = style switch
        {
            ParameterStyle.Matrix => ";",
            ParameterStyle.Label => ".",
            _ => string.Empty,
        };
        var separator = explode && prefix.Length > 0 ? prefix : Delimiter(style, escape);
        var named = isMatrix ? $"{prefix}{escape(name)}" : prefix;
        return value switch
        {
            { Text: { } text } => Assign(escape(text)),
            { Items: { } items } when isMatrix && explode => string.Concat(items.Select(i => Assign(escape(i)))),
            { Items: { } items } => Assign(string.Join(separator, items.Select(escape))),
            { Members: { } members } when explode => prefix
                + string.Join(separator, members.Select(m => $"{escape(m.Key)}={escape(m.Value)}")),
            _ => Assign(string.Join(',', Flatten(value.Members!).Select(escape))),
        };

        // RFC 6570 §3.2.7: an empty matrix value has no equals sign.
        string Assign(string text) => isMatrix && text.Length > 0 ? $"{named}={text}" : named + text;
    }

    /// <summary>Writes the pairs of a query, cookie or form: form, spaceDelimited, pipeDelimited and deepObject. With
    /// explode, the delimited styles give the same pairs as form.</summary>
    public static IEnumerable<string> Pairs(
        JsonElement value,
        string name,
        ParameterStyle style,
        bool explode,
        Func<string, string> escape,
        IReadOnlyList<ParameterStyle>? itemStyles = null
    )
    {
        if (style == ParameterStyle.DeepObject && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return DeepPairs(value, PercentEncoding.Escape(name), escape);
        }

        var read = ParameterValue.Of(value, itemStyles);
        var key = PercentEncoding.Escape(name);
        var delimiter = Delimiter(style, PercentEncoding.Escape);
        return read switch
        {
            { IsEmpty: true } => [],
            { Text: { } text } => [$"{key}={escape(text)}"],
            { Items: { } items } when explode || style == ParameterStyle.DeepObject => items.Select(i =>
                $"{key}={escape(i)}"
            ),
            { Items: { } items } => [$"{key}={string.Join(delimiter, items.Select(escape))}"],
            { Members: { } members } when explode => members.Select(m =>
                $"{PercentEncoding.Escape(m.Key)}={escape(m.Value)}"
            ),
            _ => [$"{key}={string.Join(delimiter, Flatten(read.Members!).Select(escape))}"],
        };
    }

    // OpenAPI does not define nesting. This form is the one that servers read: objects nest (a[b][c]=1), a list repeats
    // its key (a[b]=1&a[b]=2), and a list of objects has indexes (a[b][0][c]=1), which keep the objects apart.
    // Brackets are escaped, as in the table of OpenAPI 3.1.1.
    private static IEnumerable<string> DeepPairs(JsonElement value, string key, Func<string, string> escape) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(m => DeepPairs(m.Value, $"{key}%5B{PercentEncoding.Escape(m.Name)}%5D", escape)),
            JsonValueKind.Array
                when value.EnumerateArray().Any(i => i.ValueKind is JsonValueKind.Object or JsonValueKind.Array) =>
                value.EnumerateArray().SelectMany((i, index) => DeepPairs(i, $"{key}%5B{index}%5D", escape)),
            JsonValueKind.Array => value.EnumerateArray().Select(i => $"{key}={escape(JsonText.Plain(i))}"),
            _ => [$"{key}={escape(JsonText.Plain(value))}"],
        };

    /// <summary>Returns what stands between the items of a list.</summary>
    public static string Delimiter(ParameterStyle style, Func<string, string> escape) =>
        style switch
        {
            ParameterStyle.SpaceDelimited => escape(" "),
            ParameterStyle.PipeDelimited => escape("|"),
            ParameterStyle.TabDelimited => escape("\t"),
            _ => ",",
        };

    private static IEnumerable<string> Flatten(IEnumerable<KeyValuePair<string, string>> members) =>
        members.SelectMany(m => new[] { m.Key, m.Value });
}
