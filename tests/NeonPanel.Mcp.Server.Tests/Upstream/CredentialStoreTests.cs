using System.Collections.Concurrent;
using System.Net;
using System.Text;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>The tokens that the server keeps for its callers (rule B6): no more than a fixed number, and those in use
/// rather than others.</summary>
internal sealed class CredentialStoreTests
{
    private readonly TokenEndpoint endpoint = new();
    private IssuedCredential credential = null!;

    [SetUp]
    public void Create()
    {
        endpoint.Requests.Clear();
        credential = new(
            new(CredentialKind.TokenExchange, new("https://issuer.example/token"), "client", "secret", null, null),
            new HttpClient(endpoint, disposeHandler: false),
            TimeProvider.System
        );
    }

    [TearDown]
    public void Delete() => credential.Dispose();

    [OneTimeTearDown]
    public void DeleteEndpoint() => endpoint.Dispose();

    [Test]
    public async Task TokenExchange_MoreCallersThanPlaces_KeepsTheTokensInUse()
    {
        for (var caller = 0; caller < IssuedCredential.MaxTokens + 1500; caller++)
        {
            await AskAsync($"caller-{caller}");
            await AskAsync("caller-0");
            Assert.That(credential.Count, Is.LessThanOrEqualTo(IssuedCredential.MaxTokens));
        }

        Assert.That(endpoint.Requests["caller-0"], Is.EqualTo(1), "in use all the time");
        await AskAsync("caller-1");
        Assert.That(endpoint.Requests["caller-1"], Is.EqualTo(2), "not used for longer than any other");
        await AskAsync($"caller-{IssuedCredential.MaxTokens + 1499}");
        Assert.That(endpoint.Requests[$"caller-{IssuedCredential.MaxTokens + 1499}"], Is.EqualTo(1), "the newest");
        Assert.That(credential.Count, Is.GreaterThan(IssuedCredential.MaxTokens * 9 / 10), "few go at a time");
    }

    [Test]
    public async Task TokenExchange_CallerWhoComesWhenAllPlacesAreTaken_GetsAPlace()
    {
        for (var caller = 0; caller <= IssuedCredential.MaxTokens; caller++)
        {
            await AskAsync($"caller-{caller}");
        }

        var last = $"caller-{IssuedCredential.MaxTokens}";
        await AskAsync(last);
        Assert.That(endpoint.Requests[last], Is.EqualTo(1));
    }

    private async Task AskAsync(string caller)
    {
        var header = await credential.GetAsync(
            new(caller, caller, [], DateTimeOffset.MaxValue),
            CancellationToken.None
        );
        Assert.That(header!.Parameter, Is.EqualTo("for-" + caller));
    }

    /// <summary>An authorization server that counts how often it is asked in exchange for each token.</summary>
    private sealed class TokenEndpoint : HttpMessageHandler
    {
        public ConcurrentDictionary<string, int> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var form = System.Web.HttpUtility.ParseQueryString(
                await request.Content!.ReadAsStringAsync(cancellationToken)
            );
            var token = form["subject_token"]!;
            Requests.AddOrUpdate(token, 1, (_, count) => count + 1);
            return new(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    $$"""{"access_token":"for-{{token}}","token_type":"Bearer","expires_in":3600}""",
                    Encoding.UTF8,
                    "application/json"
                ),
            };
        }
    }
}
