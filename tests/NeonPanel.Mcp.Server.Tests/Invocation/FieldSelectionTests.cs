using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Invocation;

/// <summary>The argument <c>fields</c> of read tools: checked before the call, and cut to after it.</summary>
internal sealed class FieldSelectionTests
{
    private const string Companies = """
        {"current_page":1,"per_page":30,"last_page":2,"total":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}
        """;

    [TestCase("data.id,data.name", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"name":"N\u00e9"},{"id":2.0,"name":"M"}]}""")]
    [TestCase(" data.uuid ", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""")]
    [TestCase("uuid", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""", Description = "the only path that ends so")]
    [TestCase("data", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}""")]
    public void Apply_Paths_KeepsThemAsTheyWereSent(string fields, string expected)
    {
        var selection = Read("listCompanies", fields, out var violations);
        Assert.That(violations, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(Companies)).Span), Is.EqualTo(expected));
    }

    [TestCase("data.nmae", "Did you mean 'data.name'?")]
    [TestCase("namee", "Did you mean 'data.name'?")]
    [TestCase("data.zzzzzz", "It has current_page, ")]
    [TestCase("", "must name 1 to 50 members")]
    [TestCase(",,", "must name 1 to 50 members")]
    public void Read_PathThatTheAnswerDoesNotHave_IsRefusedWithTheNearest(string fields, string expected)
    {
        Assert.That(Read("listCompanies", fields, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain(expected));
    }

    [Test]
    public void Tools_ThatOnlyRead_TakeFieldsAndNoOthers() =>
        Assert.That(GeneratedCatalog.Create().Tools.Where(tool => tool.TakesFields).Select(tool => tool.Name),
            Is.EqualTo(GeneratedCatalog.Create().Tools.Where(tool => tool.Method == "GET").Select(tool => tool.Name)));

    private static FieldSelection? Read(string name, string fields, out List<string> violations)
    {
        Assert.That(GeneratedCatalog.Create().TryGet(name, out var tool), Is.True);
        violations = [];
        using var arguments = JsonDocument.Parse($$"""{"fields":"{{fields}}"}""");
        return FieldSelection.Read(tool!, arguments.RootElement, violations);
    }
}
