using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Publishing;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Publishing;

/// <summary>Snippets for clients: those of docs/connect.md and those that <c>publish</c> writes are the same.</summary>
internal sealed partial class ClientSnippetsTests
{
    // Blocks of the page for a second product under the same heading, or for an older version.
    private static readonly string[] OnlyOnThePage =
    [
        """{ "servers": { "neonpanel": { "command": "npx", "args": ["-y", "mcp-remote", "https://mcp.example.com/mcp"] } } }""",
        """{ "mcpServers": { "neonpanel": { "serverUrl": "https://mcp.example.com/mcp" } } }""",
    ];

    private static Listing Ours { get; } =
        Listing.Of(
            OurSpecification.Run().Catalog,
            new("publish.json", new JsonObject { ["address"] = "https://mcp.example.com" }),
            "1.0.0"
        );

    private static string Page => File.ReadAllText(Path.Combine(OurSpecification.Folder, "docs/connect.md"));

    [Test]
    public void Page_EachCommandAndConfiguration_IsThatOfTheSnippets()
    {
        var texts = ClientSnippets
            .Names.SelectMany(name => ClientSnippets.Of(name, Ours))
            .Where(text => !Link().IsMatch(text));
        Assert.That(texts.Where(text => !Page.Contains(text, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Page_EachBlock_IsASnippet()
    {
        var texts = ClientSnippets.Names.SelectMany(name => ClientSnippets.Of(name, Ours)).ToList();
        Assert.That(
            Block().Matches(Page).Select(block => block.Groups[1].Value).Except(texts),
            Is.EquivalentTo(OnlyOnThePage)
        );
    }

    [Test]
    public void Names_AreAtLeastTwelve_AndHeadingsOfThePage()
    {
        Assert.That(ClientSnippets.Names.ToList(), Has.Count.AtLeast(12));
        Assert.That(
            ClientSnippets.Names.Where(name => !Page.Contains($"\n## {name}\n", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void Link_OfVsCode_HoldsItsJson()
    {
        var link = ClientSnippets.Of("VS Code", Ours).Single(text => Link().IsMatch(text));
        Assert.That(
            Uri.UnescapeDataString(link["vscode:mcp/install?".Length..]),
            Is.EqualTo("""{"name":"neonpanel","type":"http","url":"https://mcp.example.com/mcp"}""")
        );
    }

    [Test]
    public void Link_OfCursor_HoldsItsJson()
    {
        var link = ClientSnippets.Of("Cursor", Ours).Single(text => Link().IsMatch(text));
        Assert.That(link, Does.StartWith("cursor://anysphere.cursor-deeplink/mcp/install?name=neonpanel&config="));
        var config = Uri.UnescapeDataString(
            link[(link.LastIndexOf('=', link.LastIndexOf("config=", StringComparison.Ordinal) + 6) + 1)..]
        );
        Assert.That(
            Encoding.UTF8.GetString(Convert.FromBase64String(config)),
            Is.EqualTo("""{"url":"https://mcp.example.com/mcp"}""")
        );
    }

    /// <summary>A name from a document cannot end the text that a snippet puts it in.</summary>
    [Test]
    public void Markdown_HostileTitle_StaysInItsPlace()
    {
        var specification = Listings.Specification.Replace(
            "Orders API",
            "O\\\"}, \\n`evil` $(rm)",
            StringComparison.Ordinal
        );
        var listing = Listing.Of(
            Fragments.Run(specification).Catalog,
            new("publish.json", new JsonObject { ["address"] = "https://mcp.example.com" }),
            "1.0.0"
        );
        var commands = ClientSnippets.Names.SelectMany(name => ClientSnippets.Of(name, listing)).ToList();
        Assert.That(
            commands.Where(text => text.Contains("$(", StringComparison.Ordinal) || text.Contains('`')),
            Is.Empty
        );
        var json = ClientSnippets.Of("Claude Code", listing).Last();
        Assert.That(JsonNode.Parse(json)!["mcpServers"]!.AsObject(), Has.Count.EqualTo(1));
    }

    [GeneratedRegex("^(vscode|cursor):")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```\w+\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
