using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The calls that a good token may make, and the algorithms that make a token good (rules B1, B3).</summary>
[Category("Slow")]
internal sealed class ScopeTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";

    // All that the call needs, the token's own among them (RFC 6750 §3.1), before anything goes upstream.
    [TestCase("profile", null, "openid")]
    [TestCase("openid", "read write", "read write openid")]
    [TestCase("openid read", "read,write", "read write openid")]
    public async Task Call_WithoutANeededScope_Is403AndNothingIsSent(string scope, string? required, string expected)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Auth:RequiredScopes", required ?? ""),
            ("Auth:EnforceToolScopes", "true")
        );
        var calls = 0;
        server.Issuer.Api = context =>
        {
            calls++;
            return context.Response.WriteAsync("{}");
        };
        using var response = await server.ListAsync(server.Issuer.Token(body => body["scope"] = scope), Call);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var challenge = response.Headers.WwwAuthenticate.Single().ToString();
        Assert.That(challenge, Does.Contain("error=\"insufficient_scope\"").And.Contain($"scope=\"{expected}\""));
        Assert.That(calls, Is.Zero);
    }

    // The live issuer was seen to grant tokens like this one (rule B8). The API decides what the token may do.
    [Test]
    public async Task Call_WithDefaultSettings_NeedsNoScope()
    {
        await using var server = await ProtectedServer.StartAsync();
        using var response = await server.ListAsync(
            server.Issuer.Token(body =>
            {
                body["scope"] = "dcr.create";
                body.Remove("aud");
            }),
            Call
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"isError\":false"));
    }

    [Test]
    public async Task Call_ScopesAsAList_AreReadAsWell()
    {
        await using var server = await ProtectedServer.StartAsync(("Auth:EnforceToolScopes", "true"));
        using var response = await server.ListAsync(
            server.Issuer.Token(body =>
            {
                body.Remove("scope");
                body["scp"] = new JsonArray("profile", "openid");
            }),
            Call
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("ES256", HttpStatusCode.OK)]
    [TestCase("RS256", HttpStatusCode.Unauthorized)]
    public async Task Call_EllipticCurveKey_IsAcceptedWhereTheSettingSaysSo(string algorithms, HttpStatusCode expected)
    {
        await using var server = await ProtectedServer.StartAsync(("Auth:Algorithms", algorithms));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var set = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["kid"] = "curve",
                    ["crv"] = "P-256",
                    ["x"] = Base64UrlEncoder.Encode(point.X),
                    ["y"] = Base64UrlEncoder.Encode(point.Y),
                }
            ),
        };
        server.Issuer.Keys = context => context.Response.WriteAsync(set.ToJsonString());
        var signed = string.Join(
            '.',
            server
                .Issuer.Token(header: head =>
                {
                    head["alg"] = "ES256";
                    head["kid"] = "curve";
                })
                .Split('.')[..2]
        );
        var token =
            signed
            + "."
            + Base64UrlEncoder.Encode(
                key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256)
            );
        Assert.That(await server.StatusAsync(token), Is.EqualTo(expected));
    }
}
