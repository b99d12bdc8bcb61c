using NeonPanel.Mcp.Generator.Catalog;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary>The facts that a server has to know if it sends the operator's credentials (OpenAPI 3.1, "Security Scheme
/// Object" and "Security Requirement Object").</summary>
internal sealed class SecurityTests
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"t","version":"1"},"security":[{"header":[]}],
         "paths":{
          "/a":{"get":{"operationId":"inherits"},
                "put":{"operationId":"open","security":[]},
                "post":{"operationId":"either","security":[{"query":[],"cookie":[]},{"oauth":["read"]},{}]}}},
         "components":{"securitySchemes":{
          "header":{"type":"apiKey","in":"header","name":"X-Key"},"query":{"type":"apiKey","in":"query","name":"key"},
          "cookie":{"type":"apiKey","in":"cookie","name":"sid"},"basic":{"type":"http","scheme":"Basic"},
          "bearer":{"type":"http","scheme":"bearer"},"oauth":{"type":"oauth2","flows":{}},"oidc":{"type":"openIdConnect"},
          "digest":{"type":"http","scheme":"digest"},"certificate":{"type":"mutualTLS"}}}}
        """;

    [Test]
    public void Schemes_ThatAFixedValueSatisfies_AreKnownWithTheirPlaces()
    {
        Assert.That(
            Fragments.Run(Document).Catalog.SecuritySchemes,
            Is.EqualTo(
                new SecurityModel[]
                {
                    new("basic", SecurityPlace.Basic, ""),
                    new("bearer", SecurityPlace.Bearer, ""),
                    new("cookie", SecurityPlace.Cookie, "sid"),
                    new("header", SecurityPlace.Header, "X-Key"),
                    new("oauth", SecurityPlace.Bearer, ""),
                    new("oidc", SecurityPlace.Bearer, ""),
                    new("query", SecurityPlace.Query, "key"),
                }
            )
        );
    }

    [TestCase("inherits", "header")]
    [TestCase("open", "")]
    [TestCase("either", "cookie+query|oauth|")]
    public void Requirements_OfAnOperation_AreItsOwnOrTheDocuments(string operation, string expected)
    {
        var tool = Fragments.Run(Document).Catalog.Tools.Single(tool => tool.OperationId == operation);
        Assert.That(
            string.Join('|', tool.Security.Select(alternative => string.Join('+', alternative))),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Swagger2_Definitions_AreReadAlike()
    {
        var catalog = Fragments
            .Run(
                """
                {"swagger":"2.0","info":{"title":"t","version":"1"},"host":"api.example.test","paths":{"/a":{"get":{"operationId":"a","security":[{"k":[]}],"responses":{}}}},
                 "securityDefinitions":{"k":{"type":"apiKey","in":"query","name":"key"},"b":{"type":"basic"}}}
                """
            )
            .Catalog;
        Assert.That(
            catalog.SecuritySchemes,
            Is.EqualTo(new SecurityModel[] { new("b", SecurityPlace.Basic, ""), new("k", SecurityPlace.Query, "key") })
        );
        Assert.That(catalog.Tools.Single().Security, Is.EqualTo(new[] { new[] { "k" } }));
    }

    [TestCase("""{"oneResource":true}""", true)]
    [TestCase("""{"oneResource":false}""", false)]
    [TestCase("{}", false)]
    public void OneResource_IsWhatTheOverlaySays(string extension, bool expected) =>
        Assert.That(
            Fragments
                .Run(Document.Replace("\"paths\":", $"\"x-mcp\":{extension},\"paths\":", StringComparison.Ordinal))
                .Catalog.IsOneResource,
            Is.EqualTo(expected)
        );
}
