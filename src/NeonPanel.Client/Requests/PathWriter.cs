namespace NeonPanel.Client.Requests;

using System;
using System.Linq;
using System.Text;
using System.Text.Json;

/// <summary>Fills the placeholders of a path template. A value stays inside its segment.</summary>
internal sealed class PathWriter(RequestTemplate template, CallArguments arguments, Violations violations)
{
    /// <summary>Writes the path. The text after <c>?</c> in the template is the literal query. The text after
    /// <c>#</c> is not sent.</summary>
    /// <returns>The escaped path, its number of segments and the escaped literal query. They are valid only when no
    /// violation was found.</returns>
    /// <exception cref="ArgumentException">The template is not valid.</exception>
    public (string Path, int Segments, string LiteralQuery) Write()
    {
        var parts = template.Path.Split('#')[0].Split('?', 2);
        if (!parts[0].StartsWith('/') || parts[0].StartsWith("//", StringComparison.Ordinal) || parts[0].Contains('\\'))
        {
            throw new ArgumentException(
                $"The path must begin with one '/' and hold no '\\', but is '{template.Path}'."
            );
        }

        var (path, segments) = Expand(parts[0], PercentEncoding.EscapePathLiteral);
        var query = parts.Length == 2 ? Expand(parts[1], PercentEncoding.EscapeQueryLiteral).Text : string.Empty;
        return (path, segments, query);
    }

    private (string Text, int Slashes) Expand(string text, Func<string, string> escapeLiteral)
    {
        var result = new StringBuilder();
        var slashes = 0;
        for (var at = 0; at < text.Length; )
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            var literal = text[at..(close < 0 ? text.Length : open)];
            result.Append(escapeLiteral(literal));
            slashes += literal.Count(c => c == '/');
            at += literal.Length;
            if (close >= 0)
            {
                result.Append(ValueOf(text[(open + 1)..close]));
                at = close + 1;
            }
        }

        return (result.ToString(), slashes);
    }

    private string ValueOf(string name)
    {
        var parameter = template.Parameters.FirstOrDefault(p => p.Location == ParameterLocation.Path && p.Name == name)
            ?? throw new ArgumentException($"The path '{template.Path}' has no parameter '{name}'.");

        // A path parameter is always required, even if the template says otherwise: without it the path changes.
        if (!arguments.TryGetForAddress(parameter.Argument, required: true, out var value))
        {
            return string.Empty;
        }

        var read = parameter.ContentType is null
            ? ParameterValue.Of(value, parameter.ItemStyles)
            : new(ContentText(value, parameter.ContentType));
        if (value.ValueKind == JsonValueKind.Null || read.IsEmpty)
        {
            var found = read.IsEmpty ? "is empty" : "is null";
            violations.Add(parameter.Argument, PathSegment.Expected, found);
            return string.Empty;
        }

        if (read.Texts.Select(PathSegment.FaultOf).FirstOrDefault(f => f is not null) is { } fault)
        {
            violations.Add(parameter.Argument, PathSegment.Expected, fault);
            return string.Empty;
        }

        return StyleSerializer.Expand(read, parameter.Name, parameter.Style, parameter.Explode, PercentEncoding.Escape);
    }

    private static string ContentText(JsonElement value, string contentType) =>
        JsonText.IsJson(contentType) ? JsonText.Json(value) : JsonText.Plain(value);
}
