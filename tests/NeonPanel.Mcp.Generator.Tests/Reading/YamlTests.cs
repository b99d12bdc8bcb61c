using System.Text;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>YAML that real documents hold. The expected values are those of the npm packages js-yaml 5 and yaml 2,
/// which agree.</summary>
internal sealed class YamlTests
{
    // YAML 1.2.2 §8.1.1.1: the lines before the text may hold fewer blanks than the text, or nothing.
    [TestCase("y: |\n\n  text\n   more\n", "\"\\ntext\\n more\\n\"")]
    [TestCase("y: >-\n\n\n  folded\n  text\n", "\"\\n\\nfolded text\"")]
    [TestCase("y: |\n\n  \n  text\n", "\"\\n\\ntext\\n\"")]
    [TestCase("y: |+\n    \nx: 1\n", "\"\\n\"")]
    [TestCase("y: |-\n  \nx: 1\n", "\"\"")]
    [TestCase("y: >\n\nx: 1\n", "\"\"")]
    [TestCase("y: |+\n\n\nx: 1\n", "\"\\n\\n\"")]
    [TestCase("y: |\n  x\n # less\nx: 1\n", "\"x\\n\"")]
    // §6.6, §6.7: blank and comment lines may hold tabs, and tabs part tokens.
    [TestCase("y: 1\n\t\nx: 2\n", "1")]
    [TestCase("y: 1\n \t \nx: 2\n", "1")]
    [TestCase("y: 1 \t# a comment\n\t# another\nx: 2\n", "1")]
    [TestCase("y:\t# a comment\n  - x\t# one\n\t\n  -\tz\n", "[\"x\",\"z\"]")]
    [TestCase("y:\n  b: |\n    text\n\t\n  c: 1\n", "{\"b\":\"text\\n\",\"c\":1}")]
    [TestCase("y: {x:\t1,\t# a comment\n  z: 2}\n", "{\"x\":1,\"z\":2}")]
    // A tab of a text is a character of it.
    [TestCase("y: |\n  a\tb\n  \t\n  \t# no comment\nx: 1\n", "\"a\\tb\\n\\t\\n\\t# no comment\\n\"")]
    [TestCase("y: \"a\tb\"\n", "\"a\\tb\"")]
    // §5.4: these are characters, no line ends.
    [TestCase("y: \"one\u2028two\u2029three\u0085four\"\n", "\"one\\u2028two\\u2029three\\u0085four\"")]
    [TestCase("y: one \u2028 two\n", "\"one \\u2028 two\"")]
    [TestCase("y: |\n  one \u2028 two\n  three\n", "\"one \\u2028 two\\nthree\\n\"")]
    [TestCase("y: {\"a\u2028b\": 1, \"\uE800\": \u2028x}\n", "{\"a\\u2028b\":1,\"\\uE800\":\"\\u2028x\"}")]
    public void Yaml_OfRealDocuments_IsRead(string yaml, string expected) =>
        Assert.That(
            SpecificationReader.Parse("f", Encoding.UTF8.GetBytes(yaml), [])["y"]!.ToJsonString(),
            Is.EqualTo(expected)
        );

    [TestCase("yaml-blank-block.yaml", "\n")]
    [TestCase("yaml-continued-text.yaml", "one two")]
    [TestCase("yaml-line-separator.yaml", "one\u2028two")]
    [TestCase("yaml-tab-on-blank-line.yaml", "1")]
    public void Case_ValidYaml_IsRead(string file, string expected)
    {
        var pipeline = Fragments.Case(file);
        Assert.That(pipeline.Document.Root["x-a"]!["sample"]!.ToString(), Is.EqualTo(expected));
        Assert.That(pipeline.Catalog.Tools.Single().ToolName, Is.EqualTo("readA"));
    }

    [TestCase("a: 1\nb: [1\nc: 2\n", "(Line 3")]
    [TestCase("a: 1\n b: 2\n", "(Line 2")]
    public void Yaml_Invalid_NamesTheLineThatIsWrong(string yaml, string expected) =>
        Assert.That(
            Assert
                .Throws<FaultException>(() => SpecificationReader.Parse("f", Encoding.UTF8.GetBytes(yaml), []))!
                .Message,
            Does.Contain(expected)
        );

    // The limit is 128 levels, for JSON and YAML alike; what is read can be written.
    [TestCase(40, null)]
    [TestCase(64, null)]
    [TestCase(127, null)]
    [TestCase(129, "nested deeper than 128 levels")]
    [TestCase(300, "nested deeper than 128 levels")]
    public void Generate_DeepYaml_EndsWithOutputOrADiagnostic(int levels, string? expected)
    {
        var folder = Directory.CreateTempSubdirectory("deep-").FullName;
        try
        {
            var file = Path.Combine(folder, "deep.yaml");
            File.WriteAllText(
                file,
                "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nx-a: "
                    + string.Concat(Enumerable.Repeat("{a: ", levels - 1))
                    + "1"
                    + new string('}', levels - 1)
                    + "\npaths: {/a: {get: {operationId: readA}}}\n"
            );
            using var errors = new StringWriter();
            var code = CommandLine.Run(
                ["generate", "--spec", file, "--out", Path.Combine(folder, "out")],
                TextReader.Null,
                TextWriter.Null,
                errors
            );
            Assert.That(code, Is.EqualTo(expected is null ? 0 : 1));
            Assert.That(errors.ToString(), expected is null ? Is.Empty : Does.Contain(expected));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A reference that leads nowhere costs what it costs in OpenAPI 3: its answer, or its operation.
    [TestCase(
        "\"parameters\":[{\"$ref\":\"#/parameters/none\"}],\"responses\":{}",
        "The reference '#/components/parameters/none' has no target."
    )]
    [TestCase(
        "\"parameters\":[{\"name\":\"b\",\"in\":\"body\",\"schema\":{\"$ref\":\"#/definitions/None\"}}],\"responses\":{}",
        "The reference '#/components/schemas/None' has no target."
    )]
    [TestCase(
        "\"parameters\":[{\"name\":\"b\",\"in\":\"body\",\"schema\":{\"$ref\":\"#/none/None\"}}],\"responses\":{}",
        "The reference '#/none/None' has no target."
    )]
    [TestCase("\"responses\":{\"200\":{\"$ref\":\"#/responses/None\"}}", null)]
    [TestCase("\"responses\":{\"200\":{\"description\":\"\",\"schema\":{\"$ref\":\"#/definitions/None\"}}}", null)]
    [TestCase(
        "\"responses\":{\"200\":{\"description\":\"\",\"schema\":{\"$ref\":\"#/definitions/Pet/properties/name\"}}}",
        null
    )]
    public void Swagger20_BrokenReference_CostsItsPlaceAlone(string operation, string? reason)
    {
        var catalog = Fragments
            .Run(
                "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/a\":{\"post\":{"
                    + operation
                    + "}},\"/b\":{\"get\":{\"responses\":{}}}},\"definitions\":{\"Pet\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}}}"
            )
            .Catalog;
        Assert.That(
            catalog.Tools.Select(tool => tool.Path),
            Is.EqualTo(reason is null ? new[] { "/b", "/a" } : ["/b"]).Or.EqualTo(new[] { "/a", "/b" })
        );
        Assert.That(catalog.Excluded.Select(item => item.Reason), Is.EqualTo(reason is null ? [] : new[] { reason }));
    }
}
