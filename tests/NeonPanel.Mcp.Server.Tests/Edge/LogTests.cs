using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>Logs tell what happened and nothing of what was said (rule F2).</summary>
internal sealed class LogTests
{
    private const string Secret = "s3cret-argument";

    [Test]
    public async Task Calls_OfAllKinds_AreOneLineEachWithoutTokenArgumentOrResult()
    {
        await using var server = await ProtectedServer.StartAsync();
        var tokens = new List<string>();
        string Token(string subject)
        {
            tokens.Add(server.Issuer.Token(body => body["sub"] = subject));
            return tokens[^1];
        }

        await CallAsync(server, Token("alice@example.com"), "listCompanies", "{}");
        server.Issuer.Api = context =>
        {
            context.Response.StatusCode = 422;
            return context.Response.Body.WriteAsync("{\"message\":\"s3cret-result\"}"u8.ToArray()).AsTask();
        };
        await CallAsync(server, Token("bob@example.com"), "listCompanies", "{}");
        await CallAsync(server, Token("bob@example.com"), "vendors_list", $$"""{"companyUuid":"{{Secret}}"}""");
        await CallAsync(server, Token("bob@example.com"), "vendors_list", $$"""{"companyUuid":7,"{{Secret}}":1}""");
        await CallAsync(server, tokens[0] + "x", "listCompanies", "{}");
        await CallAsync(server, Token("carol@example.com"), "there-is-no-" + Secret, "{}");

        var lines = server.Log.Lines.ToList();
        // Whole tokens and their parts, header alone excepted: it is the same for all.
        var secrets = tokens
            .SelectMany(token => token.Split('.').Skip(1))
            .Append(Secret)
            .Append("s3cret-result")
            .Append("@example.com");
        foreach (var secret in secrets)
        {
            Assert.That(lines.Where(line => line.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        }

        var calls = lines.Where(line => line.StartsWith("Information 3001 ", StringComparison.Ordinal)).ToList();
        Assert.That(calls, Has.Count.EqualTo(4));
        Assert.That(
            calls[0],
            Does.Match(
                "listCompanies: ok, failure none, upstream 200, [0-9]+ ms, read , correlation test-1, subject [0-9a-f]{12}"
            )
        );
        Assert.That(calls[1], Does.Match("listCompanies: error, failure status, upstream 422, "));
        Assert.That(calls[3], Does.Match("vendors_list: error, failure arguments, upstream 0, "));
        Assert.That(calls[1][^14..], Is.EqualTo(calls[3][^14..]), "the same subject");
        Assert.That(calls[0][^14..], Is.Not.EqualTo(calls[1][^14..]));
    }

    private static async Task CallAsync(ProtectedServer server, string token, string tool, string arguments)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address + "/mcp?query=" + Secret)
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("X-Correlation-Id", "test-1");
        using var response = await http.SendAsync(request);
    }
}
