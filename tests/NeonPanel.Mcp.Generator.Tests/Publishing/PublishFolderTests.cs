using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Publishing;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Publishing;

/// <summary>The files for the directories, compared with files written by hand.</summary>
internal sealed class PublishFolderTests
{
    [TestCase(
        "registry",
        "server.json",
        """
            {"$schema":"https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json","name":"com.example.mcp/orders","title":"Example Orders",
            "description":"Orders of a shop.","version":"1.2.3","websiteUrl":"https://example.com",
            "icons":[{"src":"https://mcp.example.com/icon.svg","mimeType":"image/svg+xml","sizes":["any"]}],
            "remotes":[{"type":"streamable-http","url":"https://mcp.example.com/mcp"}]}
            """
    )]
    [TestCase(
        "copilot",
        "copilot/ai-plugin.json",
        """
            {"$schema":"https://developer.microsoft.com/json-schemas/copilot/plugin/v2.4/schema.json","schema_version":"v2.4","name_for_human":"Example Orders",
            "namespace":"orders","description_for_human":"Orders of a shop.","description_for_model":"Find orders and change them.",
            "legal_info_url":"https://example.com/terms","privacy_policy_url":"https://example.com/privacy",
            "functions":[{"name":"orders_list","description":"Returns the orders."},{"name":"orders_update","description":"Overwrites an order."}],
            "runtimes":[{"type":"RemoteMCPServer","auth":{"type":"OAuthPluginVault","reference_id":"abc"},"run_for_functions":["orders_list","orders_update"],
            "spec":{"url":"https://mcp.example.com/mcp","mcp_tool_description":{"file":"mcp-tools.json"}}}]}
            """
    )]
    public void Of_GoodServer_WritesTheFile(string directory, string file, string expected)
    {
        var written = PublishFolder.Of(directory, Listings.Good()).ToDictionary(item => item.File, item => item.Text);
        Assert.That(
            JsonNode.DeepEquals(
                JsonNode.Parse(written[file.Replace('/', Path.DirectorySeparatorChar)]),
                JsonNode.Parse(expected)
            ),
            written[file.Replace('/', Path.DirectorySeparatorChar)]
        );
    }

    [Test]
    public void Of_Registry_WithAKey_WritesTheProof() =>
        Assert.That(
            PublishFolder.Of("registry", Listings.Good()).Last(),
            Is.EqualTo((Path.Combine(".well-known", "mcp-registry-auth"), $"v=MCPv1; k=ed25519; p={Listings.Key}\n"))
        );

    [Test]
    public void Of_Registry_WithoutAKey_WritesNoProof() =>
        Assert.That(
            PublishFolder.Of("registry", Listings.Good().With("registryKey", null)).Select(file => file.File),
            Is.EqualTo((string[])["server.json"])
        );

    [Test]
    public void Of_ChatGpt_SaysWhyEachHintHasItsValue()
    {
        var file = JsonNode.Parse(PublishFolder.Of("chatgpt", Listings.Good()).Single().Text)!;
        Assert.That(
            file["tools"]!["orders_update"]!.ToJsonString(),
            Is.EqualTo(
                """{"annotations":{"readOnlyHint":false,"openWorldHint":false,"destructiveHint":true},"justifications":{"read_only_justification":"Sends PUT /orders/{id}, which changes data of the signed-in user\u0027s account.","open_world_justification":"Works only with the user\u0027s own account at Orders; it publishes and sends nothing to others.","destructive_justification":"Overwrites fields of a record that exists."}}"""
            )
        );
        Assert.That(
            file["test_cases"]![4]!.ToJsonString(),
            Is.EqualTo(
                """{"description":"five","user_prompt":"five","file_attachment_urls":null,"tools_triggered":"orders_list, orders_update","expected_output":"a change","expected_output_url":null}"""
            )
        );
        Assert.That(
            (
                file["test_cases"]!.AsArray().Count,
                file["negative_test_cases"]!.AsArray().Count,
                file["negative_test_cases"]![0]!["tools_triggered"]
            ),
            Is.EqualTo((5, 3, (JsonNode?)null))
        );
    }

    [Test]
    public void Of_ChatGpt_ReasonOfThePublisher_ReplacesTheGeneratedOne()
    {
        var listing = Listings.Good().With("justifications", """{"orders_list":{"readOnly":"It only lists."}}""");
        var file = JsonNode.Parse(PublishFolder.Of("chatgpt", listing).Single().Text)!;
        Assert.That(
            (string?)file["tools"]!["orders_list"]!["justifications"]!["read_only_justification"],
            Is.EqualTo("It only lists.")
        );
    }

    [Test]
    public void Of_Claude_WritesAPluginThatConnects()
    {
        var files = PublishFolder.Of("claude", Listings.Good()).ToDictionary(item => item.File, item => item.Text);
        Assert.That(
            JsonNode.Parse(files[Path.Combine("claude-plugin", ".mcp.json")])!.ToJsonString(),
            Is.EqualTo("""{"mcpServers":{"orders-api":{"type":"http","url":"https://mcp.example.com/mcp"}}}""")
        );
    }

    [Test]
    public void Common_Card_HasTheVersionOfTheRunningServer()
    {
        var listing = Listings.Good();
        var card = JsonNode.Parse(PublishFolder.Common(listing).First().Text)!;
        Assert.That(
            ((string?)card["name"], (string?)card["remotes"]![0]!["url"]),
            Is.EqualTo(("com.example.mcp/orders", "https://mcp.example.com/mcp"))
        );
        Assert.That((string?)card["version"], Does.Match(@"^1\.2\.3\+spec\.2\.0\.catalog\.[0-9a-f]{16}$"));
    }

    [TestCase("not JSON", "The publish file is not JSON: ")]
    [TestCase("[]", "The publish file must be a JSON object.")]
    [TestCase(
        """{"adress":"https://a.example"}""",
        "The publish file has no member 'adress'. Its members are address, "
    )]
    [TestCase("""{"address":"https://a.example","address":"https://b.example"}""", "The publish file is not JSON: ")]
    public void Read_FileOfAnotherForm_IsAFault(string text, string message)
    {
        var fault = Assert.Throws<Diagnostics.FaultException>(() =>
            PublishData.Read(new("publish.json", Encoding.UTF8.GetBytes(text)))
        )!;
        Assert.That(fault.Diagnostic.Message, Does.StartWith(message));
        Assert.That(fault.Diagnostic.Id, Is.EqualTo("NPG041"));
    }
}
