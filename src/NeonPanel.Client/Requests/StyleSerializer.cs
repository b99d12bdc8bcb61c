using System.Text.Json;

namespace NeonPanel.Client.Requests;

/// <summary>Writes parameters as OpenAPI 3.1 "Style Values" and RFC 6570 say.</summary>
internal static class StyleSerializer
{
    /// <summary>Returns the value of a path segment or header (<c>simple</c>, <c>label</c>, <c>matrix</c>).</summary>
    public static string Segment(RequestParameter parameter, JsonElement value, Func<string, string> escape)
    {
        var name = escape(parameter.Name);
        switch (parameter.Style)
        {
            case ParameterStyle.Label:
                return "." + Joined(value, parameter.Explode ? "." : ",", parameter.Explode, escape);
            case ParameterStyle.Matrix when parameter.Explode && value.ValueKind == JsonValueKind.Array:
                return string.Concat(value.EnumerateArray().Select(item => Pair(name, escape(ValueText.Of(item)))));
            case ParameterStyle.Matrix when parameter.Explode && value.ValueKind == JsonValueKind.Object:
                return string.Concat(value.EnumerateObject().Select(member =>
                    Pair(escape(member.Name), escape(ValueText.Of(member.Value)))));
            case ParameterStyle.Matrix:
                return Pair(name, Joined(value, ",", isExploded: false, escape));
            default:
                return Joined(value, ",", parameter.Explode, escape);
        }

        // RFC 6570 §3.2.7: no '=' after the name of an empty value.
        static string Pair(string name, string text) => text.Length == 0 ? ";" + name : $";{name}={text}";
    }

    /// <summary>Returns the pairs of a query, cookie or form (<c>form</c>, <c>spaceDelimited</c>, <c>pipeDelimited</c>,
    /// <c>deepObject</c>): names and values escaped.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(
        string name, ParameterStyle style, bool explode, JsonElement value, Func<string, string> escape)
    {
        if (style == ParameterStyle.DeepObject && value.ValueKind == JsonValueKind.Object)
        {
            return Deep(name, value, escape);
        }

        if (explode && style != ParameterStyle.DeepObject)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Array:
                    return value.EnumerateArray().Select(item => (escape(name), escape(ValueText.Of(item))));
                case JsonValueKind.Object:
                    return value.EnumerateObject().Select(member => (escape(member.Name), escape(ValueText.Of(member.Value))));
            }
        }

        var separator = style switch
        {
            ParameterStyle.SpaceDelimited => "%20",
            ParameterStyle.PipeDelimited => "%7C",
            _ => ",",
        };
        return [(escape(name), Joined(value, separator, isExploded: false, escape))];
    }

    // OpenAPI leaves nested values of deepObject open; the usual form repeats the brackets, and the name for list items.
    private static IEnumerable<(string Name, string Value)> Deep(string name, JsonElement value, Func<string, string> escape) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Deep($"{name}[{member.Name}]", member.Value, escape)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Deep(name, item, escape)),
            _ => [(escape(name), escape(ValueText.Of(value)))],
        };

    private static string Joined(JsonElement value, string separator, bool isExploded, Func<string, string> escape) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(separator, value.EnumerateArray().Select(item => escape(ValueText.Of(item)))),
            JsonValueKind.Object when isExploded => string.Join(separator, value.EnumerateObject().Select(member =>
                escape(member.Name) + "=" + escape(ValueText.Of(member.Value)))),
            JsonValueKind.Object => string.Join(separator, value.EnumerateObject().Select(member =>
                escape(member.Name) + separator + escape(ValueText.Of(member.Value)))),
            _ => escape(ValueText.Of(value)),
        };
}
