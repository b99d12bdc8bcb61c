using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>A client that creates bills.</summary>
internal sealed class RepeatClient(ProtectedServer server, string? subject = null)
{
    private readonly string token = server.Issuer.Token(body =>
    {
        body["sub"] = subject ?? "user";
        body["exp"] = TestIssuer.Now + 100_000_000;
    });

    /// <summary>Writes the arguments of a bill.</summary>
    /// <param name="more">Further members, each with a comma at its end.</param>
    public static string Bill(string number, string more = "") =>
        $$"""{ {{more}}"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","ref_number":"{{number}}","vendor_id":17}""";

    public async Task<RepeatResult> CallAsync(string arguments, string tool = "bills_create")
    {
        using var response = await server.ListAsync(
            token,
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}"""
        );
        return new(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!);
    }
}

/// <summary>The result of a call.</summary>
internal sealed record RepeatResult(JsonNode Json)
{
    public bool IsError => Json["isError"]?.GetValue<bool>() == true;

    /// <summary>Gets all text blocks.</summary>
    public string Text =>
        string.Join('\n', Json["content"]!.AsArray().Select(block => block!["text"]?.ToString() ?? ""));

    public string? Id => Json["structuredContent"]?["id"]?.ToString();
}
