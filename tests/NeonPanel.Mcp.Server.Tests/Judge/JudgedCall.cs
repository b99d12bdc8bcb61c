using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Judge;

/// <summary>A line of <c>calls.jsonl</c>: what is asked for, in the specification's terms, and the request that
/// swagger-client makes of it (tests/corpus/judge/calls.mjs).</summary>
internal sealed record JudgedCall(JsonObject Line)
{
    public string Method => Line["method"]!.ToString();

    public string Path => Line["path"]!.ToString();

    public string Kind => Line["kind"]!.ToString();

    public static IReadOnlyList<JudgedCall> ReadAll() =>
        [
            .. File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Judge/calls.jsonl"))
                .Select(line => new JudgedCall(JsonNode.Parse(line)!.AsObject())),
        ];

    /// <summary>Makes the arguments of the tool: parameters and members of the body stand side by side
    /// (docs/calls.md).</summary>
    public JsonObject Arguments()
    {
        var arguments = new JsonObject();
        foreach (var parameter in Line["parameters"]!.AsArray())
        {
            arguments[parameter!["name"]!.ToString()] = parameter["value"]?.DeepClone();
        }

        foreach (var (name, value) in Line["body"] as JsonObject ?? [])
        {
            arguments[arguments.ContainsKey(name) ? "body_" + name : name] = value?.DeepClone();
        }

        return arguments;
    }

    /// <summary>Says what swagger-client sends, in the form of <see cref="Of"/>.</summary>
    public string Expected()
    {
        var request = Line["request"]!;
        return Text(Method, request["target"]!.ToString(), request["contentType"]?.ToString(), request["body"]);
    }

    /// <summary>Says what a request asks for, whatever of several right ways it is written in.</summary>
    public static string Of(RawRequest request)
    {
        var words = request.Line.Split(' ');
        return Text(
            words[0],
            words[1],
            request.Headers["Content-Type"].SingleOrDefault(),
            request.Body.Length == 0 ? null : JsonNode.Parse(request.Body)
        );
    }

    private static string Text(string method, string target, string? contentType, JsonNode? body)
    {
        var parts = target.Split('?');
        // Pairs of one name keep their order; escapes are read as servers read a form.
        var query = parts
            .Skip(1)
            .SelectMany(text => text.Split('&'))
            .Select(pair => WebUtility.UrlDecode(pair.Replace("=", "\0", StringComparison.Ordinal)))
            .OrderBy(pair => pair.Split('\0')[0], StringComparer.Ordinal);
        return $"{method} {string.Join('/', parts[0].Split('/').Select(Uri.UnescapeDataString))}\n{string.Join('\n', query)}\n"
            + $"{contentType?.Split(';')[0]}\n{Sorted(body)?.ToJsonString()}";
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}
