using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>The line and the column of a JSON Pointer in a text.</summary>
internal sealed class PlaceTests
{
    private const string Json = """
        {
          "info": { "título": "é", "version": "1" },
          "paths": {
            "/a~b": { "get": { "tags": [ "x", { "deep": [1, 2] }, "y" ] } }
          }
        }
        """;

    private const string Yaml = """
        info: { título: é, version: 1 }
        # A comment
        paths:
          /a~b:
            get:
              tags:
                - x
                - deep: [1, 2]
                - y
        """;

    [TestCase("", 1, 1)]
    [TestCase("/info", 2, 3)]
    [TestCase("/info/version", 2, 28)]
    [TestCase("/paths/~1a~0b", 4, 5)]
    [TestCase("/paths/~1a~0b/get/tags/2", 4, 59)]
    [TestCase("/paths/~1a~0b/get/tags/1/deep/1", 4, 53)]
    [TestCase("/paths/~1a~0b/put/tags", 4, 5)]
    [TestCase("/paths/~1a~0b/get/tags/9", 4, 24)]
    [TestCase("/none", 1, 1)]
    public void Find_InJson_IsTheDeepestValueThatExists(string pointer, int line, int column) =>
        Assert.That(PlaceFinder.Find(Encoding.UTF8.GetBytes(Json), pointer), Is.EqualTo(new TextPlace(line, column)));

    [TestCase("", 1, 1)]
    [TestCase("/info/version", 1, 20)]
    [TestCase("/paths", 3, 1)]
    [TestCase("/paths/~1a~0b/get", 5, 5)]
    [TestCase("/paths/~1a~0b/get/tags/2", 9, 11)]
    [TestCase("/paths/~1a~0b/get/tags/1/deep/1", 8, 21)]
    [TestCase("/paths/~1a~0b/put", 4, 3)]
    public void Find_InYaml_IsTheDeepestValueThatExists(string pointer, int line, int column) =>
        Assert.That(PlaceFinder.Find(Encoding.UTF8.GetBytes(Yaml), pointer), Is.EqualTo(new TextPlace(line, column)));

    [TestCase("{ \"a\": ")]
    [TestCase("a: [")]
    [TestCase("")]
    public void Find_InAFaultyText_IsItsStart(string text) =>
        Assert.That(PlaceFinder.Find(Encoding.UTF8.GetBytes(text), "/a/b"), Is.EqualTo(new TextPlace(1, 1)));
}
