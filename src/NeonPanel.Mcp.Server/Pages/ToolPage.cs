using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The page of one tool: effect, arguments, example call and example answer.</summary>
internal sealed class ToolPage(string apiName, PageLinks links, byte[] specification)
{
    private const int LongestExample = 20_000;

    private readonly SpecificationExamples examples = new(specification);

    public static JsonElement Schema(ToolDescriptor tool)
    {
        using var document = JsonDocument.Parse(tool.InputSchema);
        return document.RootElement.Clone();
    }

    /// <summary>Describes for people what a call may do to the data.</summary>
    public static string Effect(ToolHints hints) =>
        hints switch
        {
            { ReadOnly: true } => "Only reads",
            { Destructive: true } => "May overwrite or remove",
            _ => "Adds or changes",
        };

    public Html Write(ToolDescriptor tool, IReadOnlyList<string> profiles)
    {
        var schema = Schema(tool);
        return PageLayout.Write(
            $"{tool.Name}: {tool.Title}",
            apiName,
            Html.Of(
                $"""
                <p class="meta"><a href="/docs">Tools</a> / {tool.Name}</p>
                <h1>{tool.Title}</h1>
                <p><code>{tool.Name}</code></p>
                <p class="lead text">{tool.Description}</p>
                <dl class="facts"><div><dt>Effect</dt><dd>{Effect(
                    tool.Hints
                )}</dd></div><div><dt>Size in the client’s list</dt><dd>{tool.Tokens} tokens</dd></div></dl>
                <ul>{Html.Join(Sentences(tool).Select(sentence => Html.Of($"<li>{sentence}</li>")))}</ul>
                <h2>Arguments</h2>
                {ArgumentTable.Write(schema)}
                {(
                    links.TryIt is { } path
                        ? Html.Of($"<p><a class=\"button\" href=\"{path}/{tool.Name}\">Try it</a></p>")
                        : Html.Empty
                )}
                <h2>Example call</h2>
                {PageLayout.Copyable(Call(tool, schema), "Example call")}
                {Answer(tool)}
                {Requests(tool)}
                <h2>Profiles</h2>
                <ul class="chips">{Html.Join(
                    profiles.Select(profile =>
                        Html.Of($"<li><a href=\"/docs?profile={Uri.EscapeDataString(profile)}\">{profile}</a></li>")
                    )
                )}</ul>
                """
            )
        );
    }

    private static Html Requests(ToolDescriptor tool)
    {
        if (tool.Composition is not null)
        {
            return Html.Of(
                $"<h2>The tools behind it</h2><ul class=\"chips\">{Html.Join(tool.ComposedOf.Select(step => Html.Of($"<li><a href=\"{PageLinks.Of(step)}\">{step}</a></li>")))}</ul>"
            );
        }

        return tool.Path.Length > 0
            ? Html.Of(
                $"<h2>The HTTP request behind it</h2>{PageLayout.Copyable($"{tool.Method} {tool.Path}", "HTTP request")}"
            )
            : Html.Empty;
    }

    private static IEnumerable<string> Sentences(ToolDescriptor tool)
    {
        if (tool.Hints.ReadOnly)
        {
            yield return "It changes nothing; a client may allow it for good.";
        }
        else if (tool.Hints.Destructive)
        {
            yield return "It may overwrite or remove something; a client asks before it is called.";
        }
        else
        {
            yield return "It adds or changes something and removes nothing; a client asks before it is called.";
        }
        yield return tool.Hints.Idempotent
            ? "Calling it again with the same arguments changes nothing more."
            : "Calling it twice may do it twice.";
        if (tool.Hints.OpenWorld)
        {
            yield return "It reaches beyond the API’s own data.";
        }

        yield return tool.Scopes.Count > 0
            ? $"The sign-in must grant: {string.Join(", ", tool.Scopes)}."
            : "The sign-in needs to grant no scope for it.";
    }

    private Html Answer(ToolDescriptor tool)
    {
        if (examples.Answer(tool) is not { } answer)
        {
            return Html.Of($"<h2>Example answer</h2><p>The specification gives none.</p>");
        }

        var text = Json(answer.WriteTo);
        return Html.Of(
            $"<h2>Example answer</h2>{PageLayout.Copyable(text.Length > LongestExample ? text[..LongestExample] + "\n…" : text, "Example answer")}"
        );
    }

    // Arguments without an example in the specification are left out, unless they are required.
    private string Call(ToolDescriptor tool, JsonElement schema)
    {
        var given = examples.Arguments(tool);
        var required = SpecificationExamples.Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet()
            : [];
        return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteStartObject("arguments");
            foreach (var name in ArgumentTable.Names(schema))
            {
                if (given.TryGetValue(name, out var value))
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
                else if (required.Contains(name))
                {
                    writer.WritePropertyName(name);
                    WritePlaceholder(writer, schema.GetProperty("properties").GetProperty(name));
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void WritePlaceholder(Utf8JsonWriter writer, JsonElement schema)
    {
        if (
            SpecificationExamples.Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values
            && values.GetArrayLength() > 0
        )
        {
            values[0].WriteTo(writer);
            return;
        }

        writer.WriteRawValue(
            SpecificationExamples.Member(schema, "type")?.ToString() switch
            {
                "integer" or "number" => "1",
                "boolean" => "true",
                "array" => "[]",
                "object" => "{}",
                _ => "\"…\"",
            }
        );
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The default encoder is not needed, because the text is encoded as HTML afterwards.
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new()
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
