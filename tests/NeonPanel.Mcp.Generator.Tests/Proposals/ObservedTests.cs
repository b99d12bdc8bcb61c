using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Proposals;

/// <summary>The verb <c>diff --observed</c>: what a server saw → overlay actions, after which nothing
/// differs.</summary>
internal sealed class ObservedTests
{
    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("observed-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    // Written down before the code: what is described, what was observed, and the actions as 'target: update', or
    // 'target: remove'.
    [TestCase("{\"type\":\"integer\"}", "string", "At.m: {\"type\":[\"integer\",\"string\"]}")]
    [TestCase(
        "{\"type\":[\"integer\",\"null\"]}",
        "string",
        "At.m: {\"type\":[\"string\"]}",
        Description = "an overlay appends to a list"
    )]
    [TestCase("{\"type\":\"integer\"}", "number", "At.m: {\"type\":\"number\"}", Description = "a number may be whole")]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"date\",\"description\":\"The day.\"}",
        "integer",
        "At.m: remove|At: {\"m\":{\"description\":\"The day.\",\"type\":[\"integer\",\"string\"]}}"
    )]
    [TestCase(
        "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}",
        "integer",
        "At.m: remove|At: {\"m\":{\"type\":[\"integer\",\"string\",\"null\"]}}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}",
        "object",
        "At.m: remove|At: {\"m\":{\"type\":[\"object\",\"string\"]}}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
        "array",
        "At.m: remove|At: {\"m\":{\"description\":\"Observed: array, object.\"}}",
        Description = "an empty map that is sent as []"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
        "string",
        "At.m: remove|At: {\"m\":{\"type\":[\"object\",\"string\"]}}"
    )]
    [TestCase(
        "{\"$ref\":\"#/components/schemas/Money\"}",
        "string",
        "At.m: remove|At: {\"m\":{\"description\":\"An amount.\",\"type\":[\"number\",\"string\"]}}",
        Description = "others that refer to it stay as they are"
    )]
    public void Proposal_OfAnotherKind_WidensThePlace(string described, string observed, string expected) =>
        Check(
            Document("3.1.0", described),
            Seen("/m", observed),
            expected.Replace("At", "$.components.schemas.Thing.properties", StringComparison.Ordinal)
        );

    [TestCase("{\"type\":\"integer\"}", "number", "At.m: {\"type\":\"number\"}")]
    [TestCase(
        "{\"type\":\"integer\",\"nullable\":true}",
        "string",
        "At.m: remove|At: {\"m\":{\"anyOf\":[{\"type\":\"integer\",\"nullable\":true},{\"type\":\"string\",\"nullable\":true}]}}"
    )]
    public void Proposal_ForAnEarlierVersion_HasNoListOfTypes(string described, string observed, string expected) =>
        Check(
            Document("3.0.3", described),
            Seen("/m", observed),
            expected.Replace("At", "$.components.schemas.Thing.properties", StringComparison.Ordinal)
        );

    [TestCase("3.1.0", "string", "{\"type\":\"string\"}")]
    [TestCase("3.1.0", "null string", "{\"type\":[\"string\",\"null\"]}")]
    [TestCase("3.0.3", "null string", "{\"type\":\"string\",\"nullable\":true}")]
    [TestCase("3.0.3", "boolean string", "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"string\"}]}")]
    [TestCase("3.1.0", "integer number", "{\"type\":\"number\"}")]
    [TestCase("3.1.0", "array", "{\"type\":\"array\",\"items\":{}}")]
    [TestCase("3.1.0", "null", "{\"description\":\"Observed: null.\"}")]
    [TestCase("3.1.0", "array object", "{\"description\":\"Observed: array, object.\"}")]
    public void Proposal_OfAnUnknownMember_DescribesIt(string version, string observed, string expected) =>
        Check(
            Document(version, "{}"),
            Seen("/extra", observed),
            "$.components.schemas.Thing: {\"properties\":{\"extra\":" + expected + "}}"
        );

    [Test]
    public void Proposal_ForAListOfSharedObjects_NamesEveryToolAndDescribesOnce()
    {
        Write(
            "spec.json",
            """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
              "/a":{"get":{"operationId":"a","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}},
              "/b":{"get":{"operationId":"b","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}}},
              "/c":{"post":{"operationId":"c","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
                "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}}}},
             "components":{"schemas":{"Thing":{"allOf":[{"type":"object","properties":{"m":{"type":"string"}}}]}}}}
            """
        );
        Write(
            "seen.json",
            """
            {"compared":4,"skipped":0,"beyond":2,"tools":{"a":{"/items/*/n":{"declared":null,"found":{"string":1}}},"b":{"/n":{"declared":null,"found":{"integer":2}},"/m":{"declared":"integer","found":{"string":1}}}}}
            """
        );
        var (code, text) = Diff("text");
        Assert.That(code, Is.EqualTo(3));
        Assert.That(
            text,
            Is.EqualTo(
                """
                2 places in answers of 2 tools differ from the specification in 4 compared answers; 1 overlay action settles 2 of them.

                  Answers hold members that are not described: a /items/*/n (string in 1); b /n (integer in 2).
                      $.components.schemas.Thing
                      update {"properties":{"n":{"type":["integer","string"]}}}

                To take it: append the actions that '--format json' prints to those of the overlay, then run 'lock'.

                The same schemas are answers of c: they are told of the change too.

                The same schemas are arguments, and what may be sent changes with them: c. Look at these before taking it.

                1 place in answers of 1 tool fits the specification and overlay of today already.

                The server saw 2 further differences that it had no room to name; ask again after these are settled.

                """
            )
        );
    }

    [Test]
    public void Proposal_OfWhatCannotBeProposed_SaysWhy()
    {
        Write(
            "spec.json",
            """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
              "/a":{"get":{"operationId":"a","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"array","items":{"type":"string"}}}}}}}},
              "/b":{"get":{"operationId":"b","responses":{"204":{"description":"none"}}}},
              "/c":{"get":{"operationId":"c","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","allOf":[
                {"properties":{"m":{"enum":["x"]}}},{"properties":{"m":{"enum":["x","y"]}}}]}}}}}}}}}
            """
        );
        Write(
            "seen.json",
            """
            {"compared":4,"skipped":0,"beyond":0,"tools":{"a":{"/message":{"declared":null,"found":{"string":1}}},"b":{"/n":{"declared":null,"found":{"integer":2}}},
            "c":{"/m":{"declared":"string","found":{"object":1}}},"gone":{"/n":{"declared":null,"found":{"integer":2}}}}}
            """
        );
        var (code, text) = Diff("json");
        Assert.That(code, Is.EqualTo(3));
        var overlay = JsonNode.Parse(text)!;
        Assert.That(overlay["actions"]!.AsArray(), Is.Empty);
        Assert.That(
            overlay["x-not-proposed"]!.AsArray().Select(item => $"{item!["tool"]}: {item["reason"]}"),
            Is.EquivalentTo(
                new[]
                {
                    "a: The whole answer is of another kind than the specification says (a list, or none). Correct the schema of the response by hand.",
                    "b: The specification describes no answer of this operation. Add one to its responses, by an action of the overlay.",
                    "c: A wider schema at the place found still refuses it: another part of a combination (allOf, oneOf, anyOf) describes it too.",
                    "gone: There is no such tool in this catalogue; the server runs with another specification.",
                }
            )
        );
    }

    [TestCase(
        """{"compared":7,"skipped":0,"beyond":0,"tools":{}}""",
        "Nothing to propose: none of 7 compared answers differed.\n"
    )]
    [TestCase(
        """{"compared":7,"skipped":0,"beyond":0,"tools":{"thing":{"/m":{"declared":"integer","found":{"null":1,"string":1}}}}}""",
        "Nothing to propose: the specification and overlay of today take all that was observed (1 place in answers of 1 tool).\n"
    )]
    public void Proposal_WhereNothingDiffers_IsNone(string seen, string expected)
    {
        Write("spec.json", Document("3.1.0", "{\"type\":\"string\"}"));
        Write("seen.json", seen);
        Assert.That(Diff("text"), Is.EqualTo((0, expected)));
    }

    [TestCase(
        """{"status":"ok","specVersion":"1","uptimeSeconds":3}""",
        "what was observed stands in /healthz?deep=1. Save that one: curl "
    )]
    [TestCase("""{"openapi":"3.1.0","info":{}}""", "The file has the members 'openapi', 'info'; expected 'drift'")]
    [TestCase("""{"tools":{}}""", "The file has the members 'tools'; expected 'drift'")]
    [TestCase("<html>", "holds no object")]
    [TestCase(
        """{"drift":{"compared":1,"tools":{"thing":{"/m":{"found":{"text":1}}}}}}""",
        "#/drift/tools/thing/~1m: error NPG001: Expected 'found'"
    )]
    [TestCase("""{"compared":1,"tools":{"thing":[]}}""", "#/tools/thing: error NPG001: Expected an object")]
    public void Observed_FileOfSomethingElse_IsRefused(string seen, string expected)
    {
        Write("spec.json", Document("3.1.0", "{}"));
        Write("seen.json", seen);
        var (code, text) = Diff("text");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.Contain(expected));
    }

    [TestCase("--from", "a.json")]
    [TestCase("--observed", "a.json", "--to", "b.json")]
    [TestCase("--from", "a.json", "--to", "b.json", "--spec", "c.json")]
    public void Diff_OfNeitherTwoFilesNorObservations_IsAUsageError(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Assert.That(CommandLine.Run(["diff", .. arguments], TextReader.Null, output, output), Is.EqualTo(2));
        Assert.That(output.ToString(), Does.StartWith("'diff' needs --from FILE and --to FILE, or --observed FILE"));
    }

    private void Check(string document, string seen, string expected)
    {
        Write("spec.json", document);
        Write("seen.json", seen);
        var (code, text) = Diff("json");
        Assert.That(code, Is.EqualTo(3), text);
        var overlay = JsonNode.Parse(text)!;
        Assert.That(
            string.Join(
                '|',
                overlay["actions"]!
                    .AsArray()
                    .Select(action => $"{action!["target"]}: {action["update"]?.ToJsonString() ?? "remove"}")
            ),
            Is.EqualTo(expected)
        );
        Assert.That(overlay["x-not-proposed"], Is.Null);
        Write("overlay.json", text);
        Assert.That(Diff("text", "--overlay", At("overlay.json")).Code, Is.Zero, "with the overlay nothing differs");
    }

    private static string Document(string version, string member) =>
        "{\"openapi\":\""
        + version
        + "\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/thing\":{\"get\":{\"operationId\":\"thing\",\"responses\":{\"200\":"
        + "{\"description\":\"ok\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Thing\"}}}}}}}},"
        + "\"components\":{\"schemas\":{\"Money\":{\"type\":\"number\",\"description\":\"An amount.\"},\"Thing\":{\"type\":\"object\",\"properties\":{\"m\":"
        + member
        + "}}}}}";

    private static string Seen(string pointer, string kinds) =>
        "{\"status\":\"ok\",\"specVersion\":\"1\",\"drift\":{\"compared\":3,\"skipped\":0,\"beyond\":0,\"tools\":{\"thing\":{\""
        + pointer
        + "\":{\"declared\":null,\"found\":{"
        + string.Join(',', kinds.Split(' ').Select(kind => $"\"{kind}\":1"))
        + "}}}}}}";

    private (int Code, string Text) Diff(string format, params string[] more)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = CommandLine.Run(
            ["diff", "--observed", At("seen.json"), "--spec", At("spec.json"), "--format", format, .. more],
            TextReader.Null,
            output,
            output
        );
        return (code, output.ToString());
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string name) => Path.Combine(folder, name);
}
