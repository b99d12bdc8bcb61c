using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>Actions of an overlay as OpenAPI Overlay 1.0.0 §4.4.3 describes them.</summary>
internal sealed class OverlayApplierTests
{
    // Objects are merged, lists get items, other values are replaced.
    [TestCase(
        """{"a":{"b":1,"c":{"d":2}}}""",
        """{"target":"$.a","update":{"c":{"e":3},"f":4}}""",
        """{"a":{"b":1,"c":{"d":2,"e":3},"f":4}}"""
    )]
    [TestCase("""{"a":{"b":[1,2]}}""", """{"target":"$.a","update":{"b":[3,null]}}""", """{"a":{"b":[1,2,3,null]}}""")]
    [TestCase("""{"a":{"b":[1]}}""", """{"target":"$.a","update":{"b":2}}""", """{"a":{"b":2}}""")]
    [TestCase("""{"a":{"b":{"c":1}}}""", """{"target":"$.a","update":{"b":[1]}}""", """{"a":{"b":[1]}}""")]
    [TestCase("""{"a":{"b":1}}""", """{"target":"$.a","update":{"b":null}}""", """{"a":{"b":null}}""")]
    // One item is added to a list, also where it is a list itself.
    [TestCase("""{"a":[1]}""", """{"target":"$.a","update":{"b":2}}""", """{"a":[1,{"b":2}]}""")]
    [TestCase("""{"a":[1]}""", """{"target":"$.a","update":[2]}""", """{"a":[1,[2]]}""")]
    [TestCase("""{"a":1}""", """{"target":"$.a","update":"b"}""", """{"a":"b"}""")]
    [TestCase("""{"a":[1,2]}""", """{"target":"$.a[*]","update":3}""", """{"a":[3,3]}""")]
    // Removing an item moves the items after it.
    [TestCase("""{"a":[1,2,3]}""", """{"target":"$.a[*]","remove":true}""", """{"a":[]}""")]
    [TestCase("""{"a":{"b":1},"c":{"b":2}}""", """{"target":"$.*.b","remove":true}""", """{"a":{},"c":{}}""")]
    [TestCase("""{"a":1}""", """{"target":"$.a","remove":false,"update":2}""", """{"a":2}""")]
    [TestCase("""{"a":1}""", """{"target":"$","update":{"b":2}}""", """{"a":1,"b":2}""")]
    public void Action_OfEachKind_ChangesWhatItNames(string document, string action, string expected)
    {
        var root = JsonNode.Parse(document)!.AsObject();
        Assert.That(Apply(root, action), Is.Empty);
        Assert.That(root.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void Actions_InTheirOrder_FindWhatEarlierOnesMade()
    {
        var root = new JsonObject();
        Apply(root, """{"target":"$","update":{"a":{}}}""", """{"target":"$.a","update":{"b":1}}""");
        Assert.That(root.ToJsonString(), Is.EqualTo("""{"a":{"b":1}}"""));
    }

    [Test]
    public void Update_OfSeveralTargets_GivesEachItsOwnValue()
    {
        var root = JsonNode.Parse("""{"a":{},"b":{}}""")!.AsObject();
        Apply(root, """{"target":"$.*","update":{"c":{"d":1}}}""", """{"target":"$.a.c","update":{"d":2}}""");
        Assert.That(root.ToJsonString(), Is.EqualTo("""{"a":{"c":{"d":2}},"b":{"c":{"d":1}}}"""));
    }

    [TestCase("""{"update":{}}""", "The action has no 'target'.")]
    [TestCase("""{"target":"$.x","remove":true}""", "The target $.x matches nothing in spec.")]
    [TestCase("""{"target":"$","remove":true}""", "The target $ is the whole document, which cannot be removed.")]
    [TestCase("""{"target":"$.a","update":1}""", "The target $.a is an object, so 'update' must be an object")]
    [TestCase("""{"target":"$.a"}""", "The action on $.a has neither 'update' nor 'remove: true'")]
    [TestCase("""{"target":"$["}""", "The target '$[' is not a valid JSONPath: ")]
    public void Action_ThatCannotBeApplied_IsAFaultAtItsPlace(string action, string message)
    {
        var root = JsonNode.Parse("""{"a":{}}""")!.AsObject();
        var fault = Assert.Throws<FaultException>(() => Apply(root, """{"target":"$.a","update":{"b":1}}""", action));
        Assert.That(
            (fault!.Diagnostic.File, fault.Diagnostic.Pointer, fault.Diagnostic.Severity),
            Is.EqualTo(("overlay", "/actions/1", Severity.Error))
        );
        Assert.That(fault.Diagnostic.Message, Does.StartWith(message));
    }

    [TestCase("{}")]
    [TestCase("""{"overlay":"2.0.0","actions":[]}""")]
    [TestCase("""{"overlay":"1.0.0","actions":{}}""")]
    public void Overlay_ThatIsNone_IsAFault(string overlay) =>
        Assert.That(
            () => OverlayApplier.Apply(new("spec", []), "overlay", Parse(overlay), OverlayUse.Whole),
            Throws.TypeOf<FaultException>().With.Message.Contains("The file is not an OpenAPI Overlay")
        );

    // Another version of the document may lack what an action names.
    [Test]
    public void Action_ThatMatchesNothingInAnotherVersion_IsSkippedAndReturned()
    {
        var root = new JsonObject();
        var skipped = OverlayApplier.Apply(
            new("spec", root),
            "overlay",
            Overlay("""{"target":"$.x","remove":true}""", """{"target":"$","update":{"a":1}}"""),
            OverlayUse.WhereItFits
        );
        Assert.That(skipped, Is.EqualTo(new[] { new OverlayAction("/actions/0", "$.x") }));
        Assert.That(root.ToJsonString(), Is.EqualTo("""{"a":1}"""));
    }

    private static IReadOnlyList<OverlayAction> Apply(JsonObject root, params string[] actions) =>
        OverlayApplier.Apply(new("spec", root), "overlay", Overlay(actions), OverlayUse.Whole);

    private static JsonObject Overlay(params string[] actions) =>
        Parse("{\"overlay\":\"1.0.0\",\"actions\":[" + string.Join(',', actions) + "]}");

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();
}
