using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>The catalog of an API that is another resource than the MCP server, as the generator would write it: one
/// tool for each
/// requirement.</summary>
internal static class OtherApi
{
    public static ToolCatalog Create(params (string Name, string[][] Security)[] tools) =>
        new([
            .. tools
                .OrderBy(tool => tool.Name, StringComparer.Ordinal)
                .Select(tool => Describe(tool.Name, tool.Security)),
        ])
        {
            SpecificationTitle = "Stock API",
            SpecificationVersion = "1",
            Hash = "0000000000000000",
            ServerAddress = null,
            Scopes = ["stock.read"],
            Profiles = ["all"],
            SecuritySchemes =
            [
                new("Api-Key", SecurityPlace.Header, "X-Api-Key"),
                new("raw", SecurityPlace.Header, "Authorization"),
                new("query key", SecurityPlace.Query, "api key"),
                new("cookie", SecurityPlace.Cookie, "session"),
                new("basic", SecurityPlace.Basic, ""),
                new("bearer", SecurityPlace.Bearer, ""),
            ],
        };

    private static ToolDescriptor Describe(string name, string[][] security)
    {
        var template = new RequestTemplate(
            "GET",
            $"/{name}?fixed=1",
            [new("q", ParameterLocation.Query, "q", ParameterStyle.Form, Explode: true)]
        );
        return new()
        {
            Name = name,
            Title = name,
            Description = name,
            OperationId = null,
            Method = "GET",
            Path = "/" + name,
            InputSchema = """{"type":"object","properties":{"q":{"type":"string"}},"additionalProperties":false}""",
            OutputSchema = """{"type":"object"}""",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = new Dictionary<string, ValueShape> { ["q"] = new() { Kinds = ValueKinds.String } },
                AdditionalProperties = null,
            },
            Security = security,
            Call = (http, arguments, configure, cancellationToken) =>
                RawCall.SendAsync(http, template, arguments, configure, cancellationToken),
        };
    }
}
