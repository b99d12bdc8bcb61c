using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

internal sealed class SettingsTests
{
    [TestCase("15s", 15_000)]
    [TestCase("2m", 120_000)]
    [TestCase("1h", 3_600_000)]
    [TestCase("500ms", 500)]
    [TestCase("00:00:15", 15_000)]
    public void Duration_InEveryForm_IsRead(string text, int milliseconds)
    {
        var settings = Reader("Name", text);
        Assert.That(settings.Duration("Name", TimeSpan.Zero).TotalMilliseconds, Is.EqualTo(milliseconds));
        Assert.That(settings.Faults, Is.Empty);
    }

    [TestCase("15")]
    [TestCase("0s")]
    [TestCase("-1s")]
    [TestCase("soon")]
    [TestCase("0.00001ms", Description = "less than a tick")]
    [TestCase("1000h", Description = "more than timers take")]
    [TestCase("10000.00:00:00")]
    public void Duration_ThatIsNone_IsAFaultThatNamesTheSetting(string text)
    {
        var settings = Reader("Name", text);
        settings.Duration("Name", TimeSpan.Zero);
        Assert.That(
            settings.Faults.Single(),
            Does.StartWith("Name must be a duration").And.EndsWith($"but is '{text}'.")
        );
    }

    [TestCase("https://a.example/", "https://a.example")]
    [TestCase("http://localhost:1", "http://localhost:1")]
    public void Url_HttpsOrLoopback_IsTaken(string text, string expected) =>
        Assert.That(Reader("Name", text).Url("Name", null), Is.EqualTo(expected));

    [TestCase("http://a.example")]
    [TestCase("ftp://a.example")]
    [TestCase("a.example")]
    [TestCase("https://user@a.example")]
    [TestCase("https://a.example/a\"b", Description = "it would end the value in a header")]
    [TestCase("https://a.example/a b")]
    public void Url_OfAnyOtherForm_IsAFault(string text)
    {
        var settings = Reader("Name", text);
        Assert.That(settings.Url("Name", null), Is.Null);
        Assert.That(settings.Faults, Has.Count.EqualTo(1));
    }

    [TestCase("Server:AllowedHosts", "https://mcp.example.com")]
    [TestCase("Server:AllowedHosts", "mcp.example.com/")]
    [TestCase("Server:AllowedHosts", "*")]
    [TestCase("Server:AllowedOrigins", "https://app.example.com/")]
    [TestCase("Server:AllowedOrigins", "app.example.com")]
    [TestCase("Server:AllowedOrigins", "*")]
    [TestCase("Server:AllowedOrigins", "https://app.example.com:443", Description = "no browser says the usual port")]
    [TestCase("Auth:Algorithms", "RS265")]
    [TestCase("Files:AllowedHosts", "https://files.example.com")]
    [TestCase("Discovery:RegistryName", "orders")]
    [TestCase("Discovery:RegistryName", "com.example/a/b")]
    [TestCase("Discovery:RegistryName", ".example/orders")]
    public void Settings_ThatNothingCanEverMatch_AreFaults(string name, string value) =>
        Assert.That(Faults((name, value)).Single(), Does.StartWith(name + " ").And.EndsWith($"but is '{value}'."));

    [TestCase("Server:AllowedHosts", "mcp.example.com, localhost:3030, 127.0.0.1, [::1], [::1]:3030")]
    [TestCase("Server:AllowedOrigins", "https://app.example.com http://localhost:6274 vscode-file://vscode-app")]
    [TestCase("Auth:Algorithms", "RS512,PS256,ES384")]
    [TestCase("Files:AllowedHosts", "files.example.com,*.example.com")]
    [TestCase("Server:PublicUrl", "HTTPS://MCP.Example.com:8443/base/")]
    public void Settings_InEveryFormThatIsMeant_AreTaken(string name, string value) =>
        Assert.That(Faults((name, value)), Is.Empty);

    [Test]
    public void AddNeonPanelMcp_SeveralFaults_AreListedTogetherOneLineEach()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Server:DrainTime"] = "16s",
                ["Auth:Issuer"] = "ftp://x",
                ["Auth:Algorithms"] = "HS256",
                ["Upstream:CallTimeout"] = "15",
                ["Mcp:DefaultProfile"] = "nothing",
                ["Discovery:AuthorizationServerMetadata"] = "/no/such/file",
            }
        );
        var exception = Assert.Throws<SettingsException>(() => builder.AddNeonPanelMcp(GeneratedCatalog.Create()));
        Assert.That(
            exception!.Message.Split('\n').Select(line => line.Split(' ')[0]),
            Is.EquivalentTo(
                new[]
                {
                    "Server:PublicUrl",
                    "Server:DrainTime",
                    "Auth:Issuer",
                    "Auth:Algorithms",
                    "Upstream:CallTimeout",
                    "Mcp:DefaultProfile",
                    "Discovery:AuthorizationServerMetadata",
                }
            )
        );
    }

    [TestCase(
        "Discovery:ResourceTerms",
        "terms.html",
        "must be the https address of a page, or 'none', but is 'terms.html'."
    )]
    [TestCase(
        "Discovery:ResourcePolicy",
        "http://example.com",
        "must be the https address of a page, or 'none', but is 'http://example.com'."
    )]
    [TestCase(
        "Discovery:ResourceDocumentation",
        "https://u:p@example.com",
        "must be the https address of a page, or 'none', but is 'https://u:p@example.com'."
    )]
    [TestCase("Discovery:ResourceName", "a\u0007b", "must be one line of at most 200 characters, but is 'a\u0007b'.")]
    [TestCase("Mcp:ProfileTool", "Yes", "must be one of Off, Auto, On, but is 'Yes'.")]
    public void Read_OfAWrongText_NamesSettingValueAndExpectation(string name, string value, string expected) =>
        Assert.That(
            Faults((name, value)).Single(line => line.StartsWith(name, StringComparison.Ordinal)),
            Is.EqualTo($"{name} {expected}")
        );

    private static List<string> Faults(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
            )
            .Build();
        var reader = new SettingsReader(configuration);
        ServerSettings.Read(reader, isDevelopment: true, GeneratedCatalog.Create());
        return reader.Faults;
    }

    private static SettingsReader Reader(string name, string value) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build());
}
