using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>The tools <c>search</c> and <c>fetch</c> in the form that ChatGPT's research feature expects: results with
/// <c>id</c>, <c>title</c> and <c>url</c>, and documents that also have <c>text</c> and <c>metadata</c>. Both tools
/// only read.</summary>
internal static class ResearchTools
{
    /// <summary>Returns the catalog with the two tools, if its specification declares sources for them.</summary>
    public static ToolCatalog AddTo(ToolCatalog catalog) =>
        catalog.Research is { } sources ? catalog with { ComposedTools = Create(sources, catalog.ApiName) } : catalog;

    private static IReadOnlyList<ToolDescriptor> Create(ResearchSources sources, string api)
    {
        var search = new ResearchSearch(sources);
        var fetch = new ResearchFetch(sources);
        var kinds = string.Join(", ", sources.Sources.Select(source => source.Kind));
        var of = sources.Scope?.Kind is { } kind ? $"With a {kind}'s name among the words, only that {kind}'s. " : "";
        return
        [
            Describe(
                sources,
                "fetch",
                $"Read a record of {api}",
                "Returns one record that search has found: its title, its text, and where to see it.",
                "id",
                "An id from search.",
                """{"id":{},"title":{},"text":{},"url":{},"metadata":{}}""",
                fetch.CallAsync
            ),
            Describe(
                sources,
                "search",
                $"Search {api}",
                $"Finds records of these kinds by words: {kinds}. {of}Returns ids for fetch.",
                "query",
                "A few words, a number or a code.",
                """{"results":{"items":{"properties":{"id":{},"title":{},"url":{}}}}}""",
                search.CallAsync
            ),
        ];
    }

    private static ToolDescriptor Describe(
        ResearchSources sources,
        string name,
        string title,
        string description,
        string argument,
        string text,
        string answer,
        ToolCall call
    )
    {
        List<string> scopes =
        [
            .. sources
                .Sources.SelectMany(source => source.List.Scopes.Concat(source.Read?.Scopes ?? []))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return new()
        {
            Name = name,
            Title = title,
            Description = description,
            OperationId = null,
            Method = "GET",
            Path = "",
            InputSchema =
                $$$"""{"type":"object","properties":{"{{{argument}}}":{"type":"string","description":"{{{text}}}","minLength":1,"maxLength":200}},"required":["{{{argument}}}"],"additionalProperties":false}""",
            OutputSchema = $$"""{"type":"object","properties":{{answer}}}""",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = [sources.Profile],
            Scopes = scopes,
            Meta =
                $$"""{"openai/toolInvocation/invoking":"{{JsonEncodedText.Encode(Cut(title) + "…")}}","openai/toolInvocation/invoked":"{{JsonEncodedText.Encode(Cut(title) + ": done")}}","securitySchemes":[{"type":"oauth2","scopes":[{{string.Join(',', scopes.Select(scope => $"\"{JsonEncodedText.Encode(scope)}\""))}}]}]}""",
            Tokens = (name.Length + description.Length + text.Length + 120) / 4,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = new Dictionary<string, ValueShape>
                {
                    [argument] = new()
                    {
                        Kinds = ValueKinds.String,
                        MinLength = 1,
                        MaxLength = 200,
                    },
                },
                Required = [argument],
                AdditionalProperties = null,
            },
            Call = call,
        };
    }

    private static string Cut(string title) => title.Length > 50 ? title[..50] : title;
}
