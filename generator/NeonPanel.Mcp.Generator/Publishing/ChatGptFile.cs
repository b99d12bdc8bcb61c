using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Writes the file that fills the form of a submission to the ChatGPT directory (schema
/// <c>chatgpt-app-submission.v1.json</c> of developers.openai.com, seen on 2026-11-30). The form asks for the remaining
/// fields, such as addresses, demo account and recording.</summary>
internal static class ChatGptFile
{
    public static JsonObject Write(Listing listing)
    {
        var tools = new JsonObject();
        foreach (var tool in listing.Catalog.Tools)
        {
            tools[tool.ToolName] = new JsonObject
            {
                ["annotations"] = new JsonObject
                {
                    ["readOnlyHint"] = tool.Hints.ReadOnly,
                    ["openWorldHint"] = tool.Hints.OpenWorld,
                    ["destructiveHint"] = tool.Hints.Destructive,
                },
                ["justifications"] = Justifications.Of(listing, tool),
            };
        }

        return new()
        {
            ["$schema"] = "https://developers.openai.com/apps-sdk/schemas/chatgpt-app-submission.v1.json",
            ["schema_version"] = 1,
            ["app_info"] = new JsonObject
            {
                ["display_name"] = listing.DisplayName,
                ["subtitle"] = listing.Data.Text("subtitle"),
                ["description"] = listing.Data.Text("description"),
                ["category"] = listing.Data.Text("category"),
            },
            ["tools"] = tools,
            ["test_cases"] = new JsonArray([.. listing.Data.Positive.Select(Test)]),
            ["negative_test_cases"] = new JsonArray([.. listing.Data.Negative.Select(Test)]),
        };
    }

    private static JsonNode Test(TestPrompt test) =>
        new JsonObject
        {
            ["description"] = test.Prompt,
            ["user_prompt"] = test.Prompt,
            ["file_attachment_urls"] = null,
            ["tools_triggered"] = test.Tools.Count == 0 ? null : string.Join(", ", test.Tools),
            ["expected_output"] = test.Expected,
            ["expected_output_url"] = null,
        };
}
