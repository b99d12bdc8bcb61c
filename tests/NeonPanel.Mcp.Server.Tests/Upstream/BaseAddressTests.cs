using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>The API's address: of the setting, else of the specification.</summary>
internal sealed class BaseAddressTests
{
    // The specification's address and path, the setting, the address that is called.
    [TestCase("https://api.example/v1", "", null, "https://api.example/v1")]
    [TestCase("https://api.example/v1", "", "https://other.example/v2", "https://other.example/v2")]
    [TestCase("http://api.example/v1", "", "https://api.example/v1", "https://api.example/v1")]
    [TestCase(null, "/api/v3", "https://api.example", "https://api.example/api/v3")]
    [TestCase(null, "/api/v3", "https://api.example/", "https://api.example/api/v3")]
    [TestCase(null, "/api/v3", "https://api.example/own", "https://api.example/own")]
    [TestCase("http://localhost:5000", "", null, "http://localhost:5000")]
    public void Read_AddressOfSpecificationAndSetting_GivesTheAddressThatIsCalled(
        string? named,
        string path,
        string? setting,
        string expected
    )
    {
        var (options, faults) = Read(named, path, setting);
        Assert.That(faults, Is.Empty);
        Assert.That(options.BaseAddress, Is.EqualTo(new Uri(expected)));
    }

    [TestCase(
        null,
        null,
        "Upstream:BaseAddress must be the API's https address, as the specification names none, but is not set."
    )]
    [TestCase(
        "http://api.example/v1",
        null,
        "Upstream:BaseAddress must be the API's https address, as the specification names http alone (http://api.example/v1), over which no token is sent, but is not set."
    )]
    [TestCase(
        "http://api.example/v1",
        "http://api.example/v1",
        "Upstream:BaseAddress must be an absolute https URL, or http on loopback, without query, but is 'http://api.example/v1'."
    )]
    public void Read_NoSecureAddress_IsOneFaultThatNamesTheSetting(string? named, string? setting, string expected) =>
        Assert.That(Read(named, "", setting).Faults, Is.EqualTo([expected]));

    private static (UpstreamOptions Options, IReadOnlyList<string> Faults) Read(
        string? named,
        string path,
        string? setting
    )
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create("Upstream:BaseAddress", setting)])
                .Build()
        );
        var catalog = new ToolCatalog([])
        {
            SpecificationTitle = "t",
            SpecificationVersion = "1",
            Hash = "",
            ServerAddress = named,
            ServerPath = path,
            Scopes = [],
            Profiles = ["all"],
        };
        return (UpstreamOptions.Read(reader, catalog, 600), reader.Faults);
    }
}
