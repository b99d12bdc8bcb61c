using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The log of rejected tokens says what to look at, and cannot be flooded.</summary>
[Category("Slow")]
internal sealed class RefusalLogTests
{
    private static readonly (Action<JsonObject>? Payload, Action<JsonObject>? Header, string Line)[] Rows =
    [
        (
            body => body["aud"] = "https://other.example",
            null,
            "(audience): aud is the address 'https://other.example'; a present aud must be one of Auth:Audiences, the issuer or the API (Auth:AudienceValidation)."
        ),
        (
            body => body["aud"] = new JsonArray("1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678", "b"),
            null,
            "(audience): aud lists 2 values, the first the UUID '1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678'; "
        ),
        (
            body => body["iss"] = "https://else.example",
            null,
            "(issuer): iss is the address 'https://else.example', but Auth:Issuer is 'http://localhost:"
        ),
        (
            body => body.Remove("exp"),
            null,
            "(expired): exp is absent or not a number; the issuer (Auth:Issuer) must write it."
        ),
        (body => body["exp"] = 1, null, "(expired): exp passed "),
        (body => body["nbf"] = TestIssuer.Now + 3000, null, "(expired): nbf is "),
        (
            body => body.Remove("sub"),
            null,
            "(no_subject): sub is absent or empty; the issuer (Auth:Issuer) must name the user."
        ),
        (
            null,
            head => head["alg"] = "XS256",
            "(algorithm): alg is the text 'XS256', which Auth:Algorithms does not list."
        ),
        (null, head => head["typ"] = "id+jwt", "(type): typ is the text 'id+jwt', "),
        (
            null,
            head => head["kid"] = "other",
            "(unknown_key): kid is the text 'other', which the issuer's key set does not have (Auth:JwksUri)."
        ),
        (
            null,
            head => head["crit"] = new JsonArray("exp"),
            "(critical_extension): crit names extensions that this server does not know; "
        ),
    ];

    [Test]
    public async Task RejectedToken_OfEachKind_IsLoggedWithClaimValueAndSetting()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (payload, header, line) in Rows)
            {
                await using var server = await ProtectedServer.StartAsync();
                var token = server.Issuer.Token(payload, header);
                await server.StatusAsync(token);
                Assert.That(
                    Lines(server),
                    Has.Exactly(1).Contains("A token was refused " + line).And.None.Contains(token.Split('.')[1]),
                    line
                );
            }
        }
    }

    [Test]
    public async Task RejectedToken_WithHostileTexts_IsLoggedInOneShortVisibleLine()
    {
        await using var server = await ProtectedServer.StartAsync();
        var hostile = "\u001b[2J\n\u202e" + new string('x', 5000);
        foreach (var name in (string[])["alg", "typ", "kid"])
        {
            await server.StatusAsync(server.Issuer.Token(header: head => head[name] = hostile));
        }

        foreach (var name in (string[])["iss", "aud"])
        {
            await server.StatusAsync(server.Issuer.Token(body => body[name] = hostile));
        }

        Assert.That(Lines(server), Has.Count.EqualTo(5));
        Assert.That(Lines(server), Has.All.Length.LessThan(400));
        Assert.That(Lines(server), Has.All.Contains("'?[2J??" + new string('x', 58) + "…'"));
    }

    // 200 bad tokens in less than a second: far fewer lines than answers.
    [Test]
    public void Flood_OfOneReason_IsOneLineASecondWithTheNumberLeftOut()
    {
        var (log, time) = (new LogCollector(), new FakeTimeProvider());
        var refusals = new RefusalLog(log, time);
        for (var count = 0; count < 200; count++)
        {
            refusals.Write(new(AuthFailure.Expired, "exp"));
        }

        refusals.Write(new(AuthFailure.Issuer, "iss"));
        time.Advance(TimeSpan.FromSeconds(1));
        refusals.Write(new(AuthFailure.Expired, "exp"));
        Assert.That(
            log.Lines.Select(line => line.Trim()),
            Is.EqualTo(
                (string[])
                    [
                        "Information 2010 A token was refused (expired): exp. Lines of this reason left out before: 0.",
                        "Information 2010 A token was refused (issuer): iss. Lines of this reason left out before: 0.",
                        "Information 2010 A token was refused (expired): exp. Lines of this reason left out before: 199.",
                    ]
            )
        );
    }

    [Test]
    public async Task Flood_OverTheLimit_LogsNothingMore()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:AnonymousRequestsPerMinute", "1"));
        for (var count = 0; count < 20; count++)
        {
            await server.StatusAsync(server.Issuer.Token(body => body["iss"] = $"https://{count}.example"));
        }

        Assert.That(Lines(server), Has.Count.EqualTo(1));
    }

    private static List<string> Lines(ProtectedServer server) =>
        [
            .. server
                .Log.Lines.Where(line => line.StartsWith("Information 2010 ", StringComparison.Ordinal))
                .Select(line => line.Trim()),
        ];
}
