using System.Text;
using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>An API that knows nothing of the caller's token gets the operator's values, each where its security scheme
/// says. The value is
/// one of those that <see cref="RunLogScan"/> looks for in every line of log.</summary>
internal sealed class StaticCredentialTests
{
    private const string Key = "s3cret-value";

    private static readonly (string, string)[] Keys =
    [
        (CredentialOptions.Name, "Static"),
        ("Upstream:Retries", "0"),
        ("Upstream:Keys:Api-Key", Key),
        ("Upstream:Keys:Raw", "Custom " + Key),
        ("Upstream:Keys:QUERYKEY", Key + "&=ä"),
        ("Upstream:Keys:cookie", Key),
        ("Upstream:Keys:basic", "user:" + Key),
        ("Upstream:Keys:bearer", Key),
    ];

    private StrictUpstream server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public Task StartAsync() => StartAsync(Keys);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [SetUp]
    public void Answer()
    {
        server.Upstream.Reset();
        server
            .Upstream.Given(Request.Create())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody("""{"ok":true}"""));
    }

    [TestCase("header", "X-Api-Key", Key)]
    [TestCase("raw", "Authorization", "Custom " + Key)]
    [TestCase("bearer", "Authorization", "Bearer " + Key)]
    [TestCase("cookie", "Cookie", "session=" + Key)]
    public async Task Call_OfAScheme_SendsItsValueInItsPlace(string tool, string header, string expected)
    {
        var sent = await CallAsync(tool);
        Assert.That(sent.Headers![header].Single(), Is.EqualTo(expected));
        Assert.That(sent.Url, Does.EndWith($"/{tool}?fixed=1&q=a%2Fb"));
    }

    [Test]
    public async Task Call_OfABasicScheme_SendsUserAndPassword()
    {
        var sent = await CallAsync("basic");
        Assert.That(
            Encoding.UTF8.GetString(
                Convert.FromBase64String(sent.Headers!["Authorization"].Single()["Basic ".Length..])
            ),
            Is.EqualTo("user:" + Key)
        );
    }

    [Test]
    public async Task Call_OfAQueryScheme_AddsAPairThatIsEscaped()
    {
        var sent = await CallAsync("query");
        Assert.That(
            sent.Query!.Select(pair => (pair.Key, pair.Value.Single())),
            Is.EqualTo(new[] { ("fixed", "1"), ("q", "a/b"), ("api%20key", Key + "&=ä") })
        );
    }

    [TestCase("both", new[] { "X-Api-Key", "Cookie" })]
    [TestCase("either", new[] { "X-Api-Key" }, Description = "the first alternative has no value")]
    [TestCase("optional", new[] { "X-Api-Key" })]
    [TestCase("open", new string[0])]
    [TestCase("unsaid", new string[0])]
    public async Task Call_OfARequirement_SendsWhatItNeedsAndNoMore(string tool, string[] headers)
    {
        var sent = await CallAsync(tool);
        Assert.That(
            sent.Headers!.Keys.Where(name => name is "X-Api-Key" or "Cookie" or "Authorization"),
            Is.EquivalentTo(headers)
        );
        Assert.That(sent.AbsoluteUrl, Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Call_OfASchemeWithoutAValue_IsNotSent()
    {
        var answer = await PostAsync("unset");
        Assert.That(
            (string?)answer.Result["content"]![0]!["text"],
            Does.StartWith("unset was not called: the server has no credential for Stock")
        );
        Assert.That(server.Upstream.LogEntries, Is.Empty);
    }

    // HTTP 401 would make the client sign in again and again, though the user has nothing to do with it.
    [TestCase(401, "The credential of this server was not accepted; tell the operator.")]
    [TestCase(403, "The credential of this server does not allow this; tell the operator.")]
    public async Task Call_WhoseValueTheApiRejects_IsTheOperatorsMatter(int status, string expected)
    {
        server.Upstream.Reset();
        var body =
            $$"""{"message":"Unknown key {{Key}} or {{Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Key))}}"}""";
        server
            .Upstream.Given(Request.Create())
            .RespondWith(
                Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body)
            );
        var answer = await PostAsync("basic");
        Assert.That((answer.Status, answer.Headers.ContainsKey("WWW-Authenticate")), Is.EqualTo((200, false)));
        Assert.That(
            (string?)answer.Result["content"]![0]!["text"],
            Is.EqualTo($"basic failed: Stock answered {status}. It says: Unknown key or {expected}")
        );
    }

    // Some APIs take their key as the user of a Basic scheme, or behind a word of their own, and repeat it alone.
    [TestCase("live_longkey123:", "live_longkey123")]
    [TestCase("Klaviyo-API-Key pk_0123456789", "pk_0123456789")]
    [TestCase("user:pw", "pw")]
    public void Secrets_OfAValue_HoldThePartThatIsSecret(string value, string secret)
    {
        var secrets = new StaticCredential(
            NeonPanel.Mcp.Tools.Generated.GeneratedCatalog.Create(),
            new Dictionary<string, string> { ["basic"] = value }
        ).Secrets;
        Assert.That(secrets, Does.Contain(secret).And.Contain(value));
        Assert.That(secrets, Does.Not.Contain("user").And.Not.Contain(""));
    }

    [Test]
    public async Task Metadata_OfAnotherResource_AsksForNoneOfTheApisScopes()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.That(
            await http.GetStringAsync(new Uri("/.well-known/oauth-protected-resource/mcp", UriKind.Relative)),
            Does.Not.Contain("stock.read")
        );
    }

    [Test]
    public void Read_OneResource_ForwardsUnlessToldOtherwise()
    {
        var catalog = NeonPanel.Mcp.Tools.Generated.GeneratedCatalog.Create();
        Assert.That(Read(catalog).Options.Kind, Is.EqualTo(CredentialKind.Forward));
        Assert.That(Read(catalog, (CredentialOptions.Name, "None")).Options.Kind, Is.EqualTo(CredentialKind.None));
    }

    [Test]
    public void Read_AnotherResource_NeverForwardsUnasked()
    {
        var (open, faults) = Read(
            OtherApi.Create(
                ("open", []),
                (
                    "optional",
                    [
                        ["Api-Key"],
                        [],
                    ]
                )
            )
        );
        Assert.That((open.Kind, faults), Is.EqualTo((CredentialKind.None, "")));
        Assert.That(
            Read(
                OtherApi.Create(
                    (
                        "header",
                        [
                            ["Api-Key"],
                        ]
                    )
                )
            ).Faults,
            Does.StartWith("Upstream:Credential must say what Stock is called with").And.EndsWith("but is not set.")
        );
        Assert.That(
            Read(
                OtherApi.Create(
                    (
                        "header",
                        [
                            ["Api-Key"],
                        ]
                    )
                ),
                (CredentialOptions.Name, "Forward")
            ).Options.Kind,
            Is.EqualTo(CredentialKind.Forward)
        );
    }

    [TestCase(
        "Upstream:Keys:other",
        Key,
        "Upstream:Keys:other must be named after a security scheme of the specification. It has 'Api-Key', 'raw'"
    )]
    [TestCase("Upstream:Keys:basic", Key, "Upstream:Keys:basic must be of the form 'user:password'")]
    [TestCase("Upstream:Keys:Api-Key", "s3cret\nX-Evil: 1", "Upstream:Keys:Api-Key must be one line of text")]
    [TestCase(
        "Upstream:Keys:cookie",
        Key,
        "Upstream:Keys or Upstream:KeyFiles must hold the values of security schemes that an operation requires."
    )]
    [TestCase(
        "Upstream:KeyFiles:Api-Key",
        "/no/such/file",
        "Upstream:KeyFiles:Api-Key must be the path of a file that holds the value, but is '/no/such/file'."
    )]
    public void Read_WrongKeys_AreToldWithoutTheirValues(string name, string value, string expected)
    {
        var faults = Read(
            OtherApi.Create(
                (
                    "header",
                    [
                        ["Api-Key"],
                    ]
                ),
                (
                    "basic",
                    [
                        ["basic"],
                    ]
                )
            ),
            (CredentialOptions.Name, "Static"),
            (name, value)
        ).Faults;
        Assert.That(faults, Does.StartWith(expected).And.Not.Contain("s3cret"));
    }

    [Test]
    public void Read_KeyOfAFile_IsItsTextWithoutTheLineEnd()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Key + "\n");
            var catalog = OtherApi.Create(
                (
                    "header",
                    [
                        ["Api-Key"],
                    ]
                )
            );
            Assert.That(
                Read(catalog, (CredentialOptions.Name, "Static"), ("Upstream:KeyFiles:API_KEY", file)).Options.Keys,
                Is.EqualTo(new Dictionary<string, string> { ["Api-Key"] = Key })
            );
            Assert.That(
                Read(
                    catalog,
                    (CredentialOptions.Name, "Static"),
                    ("Upstream:KeyFiles:API_KEY", file),
                    ("Upstream:Keys:Api-Key", Key)
                ).Faults,
                Does.Contain("set twice")
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (CredentialOptions Options, string Faults) Read(
        ToolCatalog catalog,
        params (string Name, string Value)[] settings
    )
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
                )
                .Build()
        );
        var options = CredentialOptions.Read(reader, catalog);
        return (options, string.Join('\n', reader.Faults));
    }

    private async Task StartAsync((string, string)[] settings)
    {
        server = await StrictUpstream.StartAsync(
            _ => { },
            settings,
            OtherApi.Create(
                (
                    "header",
                    [
                        ["Api-Key"],
                    ]
                ),
                (
                    "raw",
                    [
                        ["raw"],
                    ]
                ),
                (
                    "query",
                    [
                        ["query key"],
                    ]
                ),
                (
                    "cookie",
                    [
                        ["cookie"],
                    ]
                ),
                (
                    "basic",
                    [
                        ["basic"],
                    ]
                ),
                (
                    "bearer",
                    [
                        ["bearer"],
                    ]
                ),
                (
                    "both",
                    [
                        ["Api-Key", "cookie"],
                    ]
                ),
                (
                    "either",
                    [
                        ["certificate"],
                        ["Api-Key"],
                    ]
                ),
                (
                    "optional",
                    [
                        [],
                        ["Api-Key"],
                    ]
                ),
                (
                    "open",
                    [
                        [],
                    ]
                ),
                ("unsaid", []),
                (
                    "unset",
                    [
                        ["certificate"],
                    ]
                )
            )
        );
        client = new(server.Address, server.Token);
    }

    private Task<RpcAnswer> PostAsync(string tool) =>
        client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new()
            {
                ["name"] = tool,
                ["arguments"] = new System.Text.Json.Nodes.JsonObject { ["q"] = "a/b" },
            }
        );

    private async Task<IRequestMessage> CallAsync(string tool)
    {
        var answer = await PostAsync(tool);
        Assert.That((bool)answer.Result["isError"]!, Is.False, answer.Body);
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(
            string.Join('\n', sent.Headers!.SelectMany(header => header.Value).Append(sent.AbsoluteUrl)),
            Does.Not.Contain(server.Token)
        );
        return sent;
    }
}
