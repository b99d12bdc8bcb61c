using System.Text.Json;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Sandbox.TryIt;

/// <summary>A form made from a tool's input schema, and the page that the sign-in comes back to.</summary>
/// <param name="issuer">The address of the sandbox's API.</param>
/// <param name="today">The day that the sandbox's books call today.</param>
internal sealed class TryItPage(ToolCatalog catalog, PageAsset script, string issuer, string today)
{
    private readonly SpecificationExamples examples = new(SpecificationFile.ReadJson());

    public Html Form(ToolDescriptor tool)
    {
        var schema = ToolPage.Schema(tool);
        var given = examples.Arguments(tool);
        var required = SpecificationExamples.Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet()
            : [];
        var fields = SpecificationExamples.Member(schema, "properties")
            is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject().ToList()
            : [];
        return PageLayout.Write(
            $"Try {tool.Name}",
            catalog.ApiName,
            Html.Of(
                $"""
                <p class="meta"><a href="/docs">Tools</a> / <a href="{PageLinks.Of(
                    tool.Name
                )}">{tool.Name}</a> / Try it</p>
                <h1>Try {tool.Name}</h1>
                <p class="lead">This is the sandbox: its data is made up, and nothing you do here reaches {catalog.ApiName}.
                Today is {today} in its books. What you write stays in your copy of them until you take it back.</p>
                <noscript><p class="bad">Trying a tool needs JavaScript. The <a href="{PageLinks.Of(
                    tool.Name
                )}">page of the tool</a> does not.</p></noscript>
                <p id="session" role="status">You are not signed in.</p>
                <p><button type="button" id="sign-in">Sign in</button> <button type="button" id="sign-out" hidden>Sign out</button>
                <button type="button" id="reset" data-address="{issuer}/sandbox/reset" hidden>Take back what I wrote</button></p>
                <form id="call" data-tool="{tool.Name}" class="fields">
                {Html.Join(
                    fields.Select(field =>
                        Field(
                            field,
                            required.Contains(field.Name),
                            IsNeeded(field.Name) && given.TryGetValue(field.Name, out var value) ? value : null
                        )
                    )
                )}
                <p><button id="send">Call {tool.Name}</button></p></form>
                <section id="result" hidden aria-labelledby="answer-title">
                <h2>Request</h2><pre tabindex="0" aria-label="Request"><code id="request"></code></pre>
                <h2 id="answer-title">Answer</h2><p id="summary" role="status"></p><pre tabindex="0" aria-label="Answer"><code id="answer"></code></pre>
                </section>
                """
            ),
            script
        );

        // These fields contain an example, so that the first call succeeds. The server can fill an argument of the path
        // only for people with one company.
        bool IsNeeded(string name) =>
            required.Contains(name) || tool.Path.Contains("{" + name + "}", StringComparison.Ordinal);
    }

    public Html Callback() =>
        PageLayout.Write(
            "Signing in",
            catalog.ApiName,
            Html.Of(
                $"""
                <h1>Signing in</h1>
                <p id="session" role="status">One moment.</p>
                <noscript><p class="bad">Signing in here needs JavaScript.</p></noscript>
                """
            ),
            script
        );

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Html Field(JsonProperty field, bool isRequired, JsonElement? example)
    {
        var id = "argument-" + field.Name;
        var type = SpecificationExamples.Member(field.Value, "type")?.ToString();
        var value = example is { } known ? Text(known) : "";
        Html input;
        if (SpecificationExamples.Member(field.Value, "enum") is { ValueKind: JsonValueKind.Array } values)
        {
            input = Choice(values.EnumerateArray().Select(item => item.ToString()));
        }
        else if (type == "boolean")
        {
            input = Choice(["true", "false"]);
        }
        else if (type is "object" or "array" or null)
        {
            input = Html.Of(
                $"<textarea id=\"{id}\" name=\"{field.Name}\" data-kind=\"json\" rows=\"4\" spellcheck=\"false\" aria-describedby=\"{id}-text\">{value}</textarea>"
            );
        }
        else
        {
            var kind = type is "integer" or "number" ? "number" : "text";
            input = Html.Of(
                $"<input id=\"{id}\" name=\"{field.Name}\" data-kind=\"{kind}\" value=\"{value}\" autocomplete=\"off\" aria-describedby=\"{id}-text\">"
            );
        }

        return Html.Of(
            $"""
            <p><label for="{id}"><code>{field.Name}</code>{(
                isRequired ? Html.Of($" <span class=\"meta\">required</span>") : Html.Empty
            )}</label>{input}<span class="meta text" id="{id}-text">{SpecificationExamples.Member(
                field.Value,
                "description"
            )?.ToString()}{(type is "object" or "array" ? " As JSON." : "")}</span></p>

            """
        );

        Html Choice(IEnumerable<string> choices) =>
            Html.Of(
                $"""
                <select id="{id}" name="{field.Name}" data-kind="{(
                    type is "boolean" or "integer" or "number" ? "number" : "text"
                )}" aria-describedby="{id}-text">{(
                    isRequired ? Html.Empty : Html.Of($"<option value=\"\">not given</option>")
                )}{Html.Join(
                    choices.Select(choice =>
                        Html.Of($"<option{(choice == value ? new Html(" selected") : Html.Empty)}>{choice}</option>")
                    )
                )}</select>
                """
            );
    }
}
