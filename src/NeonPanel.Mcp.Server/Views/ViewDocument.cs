using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Views;

/// <summary>Writes the HTML of a view: one document without external resources that contains the declaration of its
/// tool.</summary>
internal sealed class ViewDocument
{
    private const string Mark = "<!--declaration-->";

    private static readonly string[] First = ["bridge.js", "answer.js", "table.js"];
    private static readonly string[] Last = ["view.js"];

    private readonly string[] parts;

    private ViewDocument(params string[] own) =>
        parts = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Answer</title>
            <style>
            {Read("view.css")}</style>
            </head>
            <body>
            <main id="view" aria-busy="true"><p class="quiet">Waiting for the answer…</p></main>
            <p id="status" class="hidden" role="status"></p>
            <script type="application/json" id="declaration">{Mark}</script>
            <script type="module">
            {string.Join('\n', [.. First.Concat(own).Concat(Last).Select(Read)])}</script>
            </body>
            </html>

            """.Split(Mark);

    private static ViewDocument Table { get; } = new();

    private static ViewDocument Chart { get; } = new("bars.js", "chart.js");

    private static ViewDocument Matrix { get; } = new("bars.js", "sums.js", "matrix.js");

    private static ViewDocument Weeks { get; } = new("bars.js", "sums.js", "weeks.js");

    public static ViewDocument Of(ToolView view) =>
        view.Kind switch
        {
            ViewKind.Chart => Chart,
            ViewKind.Matrix => Matrix,
            ViewKind.Weeks => Weeks,
            _ => Table,
        };

    /// <param name="pageArgument">The argument with which the view requests another page, or
    /// <see langword="null"/>.</param>
    /// <param name="allArgument">The argument with which it requests all pages, or <see langword="null"/>.</param>
    public string Write(ToolDescriptor tool, ToolView view, string? pageArgument, string? allArgument)
    {
        using var buffer = new MemoryStream();
        // The default encoder escapes the characters that could end a script element.
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", tool.Name);
            writer.WriteString("title", tool.Title);
            writer.WriteString("pageArgument", pageArgument);
            writer.WriteString("allArgument", allArgument);
            writer.WritePropertyName("view");
            using var declaration = JsonDocument.Parse(view.Declaration);
            declaration.WriteTo(writer);
            writer.WriteEndObject();
        }

        return parts[0] + System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + parts[1];
    }

    private static string Read(string name)
    {
        using var stream = typeof(ViewDocument).Assembly.GetManifestResourceStream("views/" + name)
            ?? throw new InvalidOperationException($"The build embedded no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
