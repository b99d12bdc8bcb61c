using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Naming;

/// <summary>A schema may have the name of any type of .NET: the generated half of the client hides none from the other
/// half.</summary>
[Category("Slow")]
internal sealed class TypeNameTests
{
    private static IEnumerable<string> NamesOfDotNet =>
        new[]
        {
            typeof(object),
            typeof(Uri),
            typeof(Enumerable),
            typeof(HttpClient),
            typeof(System.Text.Json.JsonElement),
            typeof(System.Text.Encodings.Web.JavaScriptEncoder),
            typeof(System.Net.HttpStatusCode),
            typeof(SortedSet<>),
            typeof(System.Collections.Concurrent.ConcurrentBag<>),
        }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
            .Select(type => type.Name.Split('`')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal);

    [Test]
    public void Compile_SchemasNamedAsTheTypesOfDotNet_BothHalvesHaveNoWarning()
    {
        var names = NamesOfDotNet.ToList();
        Assert.That(
            names,
            Does.Contain("Uri").And.Contain("KeyValuePair").And.Contain("HttpMethod").And.Contain("CancellationToken")
        );
        var members = string.Join(
            ',',
            names.Select(name => $"\"{name}\":{{\"$ref\":\"#/components/schemas/{name}\"}}")
        );
        var schemas = string.Join(
            ',',
            names.Select(name =>
                $"\"{name}\":{{\"type\":\"object\",\"properties\":{{\"value\":{{\"type\":\"string\"}}}}}}"
            )
        );
        var pipeline = Fragments.Paths(
            """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"all":{"type":"object","properties":{MEMBERS}}}}}}}}}}""".Replace(
                "MEMBERS",
                members,
                StringComparison.Ordinal
            ),
            "{" + schemas + "}"
        );
        Assert.That(CompiledClient.FindingsOfBothHalves(pipeline), Is.Empty);
    }
}
