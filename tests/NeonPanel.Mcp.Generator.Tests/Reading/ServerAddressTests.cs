using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>The address of the API, from the servers of the document.</summary>
internal sealed class ServerAddressTests
{
    // OpenAPI 3.1, "Server Variable Object".
    [TestCase(
        "{\"url\":\"https://{tenant}.example:{port}/v{n}/\",\"variables\":{\"tenant\":{\"default\":\"acme\"},\"port\":{\"default\":\"8443\"},\"n\":{\"default\":\"2\"}}}",
        "https://acme.example:8443/v2"
    )]
    [TestCase(
        "{\"url\":\"{scheme}://api.example\",\"variables\":{\"scheme\":{\"default\":\"http\",\"enum\":[\"http\",\"https\"]}}}",
        "https://api.example"
    )]
    [TestCase(
        "{\"url\":\"{scheme}://api.example\",\"variables\":{\"scheme\":{\"default\":\"http\",\"enum\":[\"http\"]}}}",
        "http://api.example"
    )]
    [TestCase("{\"url\":\"wss://socket.example/v1\"}", "https://second.example")]
    [TestCase("{\"url\":\"HTTPS://api.example/v1\"}", "https://api.example/v1")]
    [TestCase("{\"url\":\"https://api.example/{version}\"}", null)]
    [TestCase("{\"url\":\"/v1\"}", null)]
    public void Run_Server_IsTheFirstOneWithItsDefaults(string server, string? expected) =>
        Assert.That(
            Fragments
                .Run(
                    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":["
                        + server
                        + ",{\"url\":\"https://second.example\"}]}"
                )
                .Catalog.ServerAddress,
            Is.EqualTo(expected)
        );

    // OpenAPI 3.1, "Server Object": the url may be relative; a host without a value leaves the path known.
    [TestCase("/api/v3", null, "/api/v3")]
    [TestCase("api/v3/", null, "/api/v3")]
    [TestCase("./v3", null, "/v3")]
    [TestCase("../v3?x=1", null, "/v3")]
    [TestCase("/", null, "")]
    [TestCase(".", null, "")]
    [TestCase("//api.example/v3", "https://api.example/v3", "")]
    [TestCase("https://{host}/api/v3", null, "/api/v3")]
    [TestCase("{host}/api/v3", null, "/api/v3")]
    [TestCase("/../v3", null, "")]
    [TestCase("/v3\\\\x", null, "")]
    public void Run_ServerWithoutAnOrigin_KeepsItsPath(string url, string? address, string path)
    {
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\""
                    + url
                    + "\"}]}"
            )
            .Catalog;
        Assert.That((catalog.ServerAddress, catalog.ServerPath), Is.EqualTo((address, path)));
    }

    [TestCase("http://a.example/v1", "https://a.example/v1", "https://a.example/v1")]
    [TestCase("http://a.example/v1", "https://b.example/v1", "http://a.example/v1")]
    public void Run_ServerOverHttp_GivesWayToItselfOverHttps(string first, string second, string expected) =>
        Assert.That(
            Fragments
                .Run(
                    "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\""
                        + first
                        + "\"},{\"url\":\""
                        + second
                        + "\"}]}"
                )
                .Catalog.ServerAddress,
            Is.EqualTo(expected)
        );
}
