using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The client compiles without a warning, whatever things are called.</summary>
[Category("Slow")]
internal sealed class TypedClientTests
{
    private static readonly List<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file =>
                Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file)
                    is "NeonPanel.Client.dll"
                        or "NeonPanel.Mcp.Tools.dll"
                        or "netstandard.dll"
                        or "mscorlib.dll"
            )
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    [TestCase("ApiException")]
    [TestCase("System")]
    [TestCase("Task")]
    [TestCase("Action")]
    [TestCase("HttpClient")]
    [TestCase("ThingsClient")]
    [TestCase("FileResponse")]
    [TestCase("Requests")]
    [TestCase("class")]
    [TestCase("Größe")]
    [TestCase("列表")]
    [TestCase("1st")]
    [TestCase("ListRequest")]
    public void Compile_SchemaWithAnAwkwardName_HasNoWarning(string name) =>
        AssertCompiles(
            Fragments.Paths(
                "{\"/a\":{\"post\":{\"tags\":[\"Things\"],\"operationId\":\"list\",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/"
                    + name
                    + "\"}}}},\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/"
                    + name
                    + "\"}}}}}}}}}",
                "{\""
                    + name
                    + "\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}},\""
                    + name
                    + " \":{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"}}}}"
            )
        );

    [TestCase("a_b", "aB", "a-b", "A.B")]
    [TestCase("thing", "Thing", "THING", "things")]
    [TestCase("toString", "equals", "getType", "getHashCode")]
    [TestCase("additionalProperties", "additional_properties", "AdditionalProperties", "_")]
    [TestCase("class", "@class", "1", "-1")]
    public void Compile_MembersThatMeet_HaveNamesOfTheirOwn(params string[] names)
    {
        var members = string.Join(',', names.Select(name => $"\"{name}\":{{\"type\":\"integer\"}}"));
        AssertCompiles(
            Fragments.Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}}}""",
                "{\"Thing\":{\"type\":\"object\",\"required\":[\"" + names[0] + "\"],\"properties\":{" + members + "}}}"
            )
        );
    }

    [TestCase("list", "LIST", "list_raw", "List")]
    [TestCase("prepare", "readObjectResponse", "***", "readAsString")]
    [TestCase("a.b", "a_b", "aB", "ab")]
    public void Compile_OperationsThatMeet_HaveMethodsOfTheirOwn(params string[] ids)
    {
        var paths = string.Join(
            ',',
            ids.Select(
                (id, index) =>
                    $"\"/p{index}\":{{\"get\":{{\"operationId\":\"{id}\",\"tags\":[\"{(index % 2 == 0 ? "Http" : "HTTP")}\"]}}}}"
            )
        );
        AssertCompiles(Fragments.Paths("{" + paths + "}"));
    }

    [Test]
    public void Compile_ParametersThatMeet_HaveNamesOfTheirOwn() =>
        AssertCompiles(
            Fragments.Paths(
                """
                {"/a/{id}":{"put":{"operationId":"a","parameters":[{"name":"id","in":"path","schema":{"type":"string"}},{"name":"id","in":"query","schema":{"type":"string"}},
                 {"name":"Id","in":"query","schema":{"type":"string"}},{"name":"body","in":"query","schema":{"type":"string"}},{"name":"cancellationToken","in":"query","schema":{"type":"string"}},
                 {"name":"class","in":"header","schema":{"type":"array","items":{"type":"string"}}}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"x":true,"y":false}}}}}}}}
                """
            )
        );

    [TestCase("2XX")]
    [TestCase("4XX")]
    [TestCase("default")]
    [TestCase("x-what")]
    public void Compile_AnswerForManyStatuses_HasNoWarning(string status) =>
        AssertCompiles(
            Fragments.Paths(
                "{\"/a\":{\"get\":{\"operationId\":\"a\",\"responses\":{\""
                    + status
                    + "\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}}}}}}"
            )
        );

    [Test]
    public void Compile_RecursiveAndCombinedSchemas_HaveNoWarning() =>
        AssertCompiles(
            Fragments.Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Node"}}}}}}}""",
                """
                {"Node":{"allOf":[{"$ref":"#/components/schemas/Base"},{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/components/schemas/Node"}},
                 "parent":{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"null"}]},"list":{"$ref":"#/components/schemas/List"},"self":{"$ref":"#/components/schemas/Self"}}}]},
                 "Base":{"type":"object","properties":{"id":{"type":"integer"},"children":{"type":"string"}}},"List":{"type":"array","items":{"$ref":"#/components/schemas/List"}},
                 "Self":{"allOf":[{"$ref":"#/components/schemas/Self"}]}}
                """
            )
        );

    internal static void AssertCompiles(GenerationPipeline pipeline)
    {
        Assert.That(pipeline.Errors, Is.Empty);
        var trees = pipeline
            .Emit("Test")
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path))
            .ToList();
        var compilation = CSharpCompilation.Create(
            "Emitted",
            trees,
            References,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        Assert.That(compilation.GetDiagnostics().Where(item => item.Severity >= DiagnosticSeverity.Warning), Is.Empty);
        // A clash that only overloads hide would still show as two methods of one name.
        var client = trees
            .SelectMany(tree =>
                tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>()
            )
            .Where(method =>
                method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal)
                && method.Modifiers.Any(SyntaxKind.PublicKeyword)
            );
        Assert.That(
            client.Select(method =>
                (
                    ((Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax)method.Parent!).Identifier.Text,
                    method.Identifier.Text
                )
            ),
            Is.Unique
        );
    }
}
