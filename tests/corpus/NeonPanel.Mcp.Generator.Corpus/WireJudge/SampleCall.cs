using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Generator.Catalog;
using Location = NeonPanel.Mcp.Generator.Catalog.ParameterLocation;
using Style = NeonPanel.Mcp.Generator.Catalog.ParameterStyle;

namespace NeonPanel.Mcp.Generator.Corpus.WireJudge;

/// <summary>One call of a tool with all of its arguments: what was asked for, as the judge is told it, and what we
/// sent.</summary>
internal static class SampleCall
{
    private static readonly Uri BaseAddress = new("https://api.example.com");

    /// <summary>Makes the call; its JSON has <c>method</c>, <c>path</c>, <c>parameters</c>, <c>body</c> and
    /// <c>sent</c>.</summary>
    /// <exception cref="InvalidArgumentsException">The request builder refuses the sample.</exception>
    public static JsonObject Of(OperationModel operation, RequestTemplate template)
    {
        var arguments = new JsonObject();
        var parameters = new JsonArray();
        var queryNames = operation
            .Parameters.Where(parameter => parameter.Location == Location.Query)
            .Select(parameter => parameter.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in operation.Parameters)
        {
            var value = SampleValues.Of(
                parameter.Schema,
                parameter is { AllowReserved: true, Location: Location.Query }
                    ? "Reserved"
                    : parameter.Location.ToString()
            );
            if (value is JsonObject members && parameter is { Location: Location.Query, Style: Style.Form })
            {
                // Its members become pairs of their own; the judge keeps one pair of a name.
                foreach (var name in members.Select(member => member.Key).Where(name => !queryNames.Add(name)).ToList())
                {
                    members.Remove(name);
                }
            }

            arguments[parameter.Argument] = value;
            parameters.Add(
                new JsonObject
                {
                    ["in"] = parameter.Location.ToString().ToLowerInvariant(),
                    ["name"] = parameter.Name,
                    ["value"] = value?.DeepClone(),
                }
            );
        }

        var body = operation.Body is { } model ? Body(model, arguments) : null;
        using var document = JsonDocument.Parse(arguments.ToJsonString());
        using var request = RequestBuilder.Build(template, BaseAddress, document.RootElement);
        return new()
        {
            ["method"] = operation.Method,
            ["path"] = operation.Path,
            ["parameters"] = parameters,
            ["body"] = body,
            ["sent"] = new JsonObject
            {
                ["method"] = request.Method.Method,
                ["url"] = request.RequestUri!.AbsoluteUri,
                ["headers"] = new JsonObject(
                    request
                        .Headers.NonValidated.Concat(
                            request.Content is { } content ? content.Headers.NonValidated.AsEnumerable() : []
                        )
                        .Select(header => KeyValuePair.Create(header.Key, (JsonNode?)string.Join(", ", header.Value)))
                ),
                ["body"] = request.Content is { } sent
                    ? Convert.ToBase64String(sent.ReadAsByteArrayAsync().GetAwaiter().GetResult())
                    : null,
            },
        };
    }

    private static JsonObject Body(BodyModel body, JsonObject arguments)
    {
        JsonNode? told;
        if (body.Argument is { } argument)
        {
            var value =
                body.Kind == BodyKind.Binary
                    ? "data:application/octet-stream;base64,aGVsbG8gd29ybGQ="
                    : SampleValues.Of(body.Schema, "Body");
            arguments[argument] = value;
            told = body.Kind == BodyKind.Binary ? File("", "application/octet-stream") : value?.DeepClone();
        }
        else
        {
            var members = new JsonObject();
            foreach (var member in body.Members)
            {
                var isFile = member.Encoding is { IsFile: true };
                var value =
                    !isFile ? SampleValues.Of(member.Property.Schema, "Body")
                    : member.Property.Schema.Types is ["array"] ? new JsonArray(FileArgument(), FileArgument())
                    : FileArgument();
                arguments[member.Argument] = value;
                members[member.Name] =
                    !isFile ? value?.DeepClone()
                    : value is JsonArray ? new JsonArray(File("f.txt", "text/plain"), File("f.txt", "text/plain"))
                    : File("f.txt", "text/plain");
            }

            told = members;
        }

        return new() { ["type"] = body.DeclaredType, ["value"] = told };
    }

    private static JsonObject FileArgument() =>
        new() { ["name"] = "f.txt", ["content"] = "data:text/plain;base64,aGVsbG8gd29ybGQ=" };

    private static JsonObject File(string name, string type) =>
        new()
        {
            ["$file"] = new JsonObject
            {
                ["name"] = name,
                ["type"] = type,
                ["base64"] = "aGVsbG8gd29ybGQ=",
            },
        };
}
