using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Calls;

/// <summary>The documents of the folder <c>Cases</c>, which an earlier generator got wrong: what the API is
/// sent.</summary>
[Category("Slow")]
internal sealed class CaseTests
{
    private static readonly Dictionary<string, CalledTools> Compiled = [];

    // Swagger 2.0, "Parameter Object": collectionFormat is csv unless it says another.
    [TestCase(
        "swagger2-arrays.json",
        "listStock",
        """{"unsaid":["a","b"],"comma":["c","d"],"many":["e","f"],"pipe":["g","h"]}""",
        "GET /stock?unsaid=a,b&comma=c,d&many=e&many=f&pipe=g%7Ch"
    )]
    [TestCase(
        "swagger2-arrays.json",
        "sendStock",
        """{"unsaid":["a","b"],"many":["e","f"],"pipe":["g","h"]}""",
        "POST /stock application/x-www-form-urlencoded unsaid=a,b&many=e&many=f&pipe=g%7Ch"
    )]
    [TestCase(
        "swagger2-forms.json",
        "addNote",
        """{"text":"x"}""",
        "POST /notes application/x-www-form-urlencoded text=x"
    )]
    // Further members can be sent wherever the schema allows them.
    [TestCase(
        "further-members.json",
        "moreInline",
        Further,
        "POST /inline application/json {\"name\":\"n\",\"x\":\"1\"}"
    )]
    [TestCase(
        "further-members.json",
        "moreReferred",
        Further,
        "POST /ref application/json {\"name\":\"n\",\"x\":\"1\"}"
    )]
    [TestCase("further-members.json", "moreAllOf", Further, "POST /all application/json {\"name\":\"n\",\"x\":\"1\"}")]
    [TestCase("further-members.json", "moreForm", Further, "POST /form application/x-www-form-urlencoded name=n&x=1")]
    [TestCase(
        "further-members.json",
        "moreUnevaluated",
        Further,
        "POST /uneval application/json {\"name\":\"n\",\"x\":\"1\"}"
    )]
    // A valid value never changes, and digits are no texts.
    [TestCase(
        "maps-in-alternatives.json",
        "tagOneOf",
        """{"tags":{"a":1}}""",
        "POST /maps application/json {\"tags\":{\"a\":1}}"
    )]
    [TestCase(
        "maps-in-alternatives.json",
        "tagOneOf",
        """{"tags":{"a":"1"}}""",
        "POST /maps application/json {\"tags\":{\"a\":\"1\"}}"
    )]
    [TestCase(
        "maps-in-alternatives.json",
        "tagOpen",
        """{"tags":{"kind":"k","fragile":true}}""",
        "POST /open application/json {\"tags\":{\"kind\":\"k\",\"fragile\":true}}"
    )]
    [TestCase(
        "maps-in-alternatives.json",
        "tagLists",
        """{"tags":[1,"1"]}""",
        "POST /lists application/json {\"tags\":[1,\"1\"]}"
    )]
    // JSON Schema 2020-12, core §10.2.2.
    [TestCase(
        "if-then.yaml",
        "pay",
        """{"method":"card","number":"1"}""",
        "POST /pay application/json {\"method\":\"card\",\"number\":\"1\"}"
    )]
    [TestCase(
        "if-then.yaml",
        "pay",
        """{"method":"account","iban":"1"}""",
        "POST /pay application/json {\"method\":\"account\",\"iban\":\"1\"}"
    )]
    [TestCase(
        "if-then.yaml",
        "hold",
        """{"card":"1","holder":"x"}""",
        "POST /hold application/json {\"card\":\"1\",\"holder\":\"x\"}"
    )]
    // By the letter no value fits; an argument that accepts none is useless.
    [TestCase("values-of-no-type.json", "contradict", """{"level":1}""", "GET /v?level=1")]
    [TestCase("values-of-no-type.json", "contradict", """{"level":"1"}""", "GET /v?level=1")]
    [TestCase("values-of-no-type.json", "contradict", """{"flag":"true"}""", "GET /v?flag=true")]
    [TestCase("values-of-no-type.json", "contradict", """{"flag":true}""", "GET /v?flag=true")]
    [TestCase("values-of-no-type.json", "contradict", """{"kind":"ticket"}""", "GET /v?kind=ticket")]
    [TestCase("values-of-no-type.json", "contradict", """{"code":"abc"}""", "GET /v?code=abc")]
    [TestCase(
        "enum-places.json",
        "report",
        """{"parts":["totals"],"format":"csv","state":"CA"}""",
        "GET /report?parts=totals&format=csv&state=CA"
    )]
    [TestCase(
        "patterns.json",
        "match",
        """{"dash":"rule-2.x","signs":"a_:@","inClass":"a-.","fine":"A123/x"}""",
        "GET /match?dash=rule-2.x&signs=a_%3A%40&inClass=a-.&fine=A123%2Fx"
    )]
    // OpenAPI 3.2: 'content' holds references to components/mediaTypes, and the document has a $self.
    [TestCase("media-type-reference.yaml", "addItem", """{"id":"1"}""", "POST /items application/json {\"id\":\"1\"}")]
    [TestCase(
        "recursive-filter.yaml",
        "search",
        """{"q":"x","filter":{"type":"and","filters":[{"type":"or","filters":[{"anything":[1]}]}]}}""",
        "POST /search application/json {\"q\":\"x\",\"filter\":{\"type\":\"and\",\"filters\":[{\"type\":\"or\",\"filters\":[{\"anything\":[1]}]}]}}"
    )]
    [TestCase("type-names.json", "saveUri", """{"id":"1"}""", "POST /n0 application/json {\"id\":\"1\"}")]
    public async Task Call_OfACase_SendsWhatTheDocumentMeans(
        string file,
        string tool,
        string arguments,
        string expected
    ) => Assert.That(await Tools(file).CallAsync(tool, arguments), Is.EqualTo(expected));

    [TestCase("swagger2-forms.json", "addFile", """{"file":{"name":"a.bin","content":"aGVsbG8="}}""", "a.bin")]
    [TestCase("swagger2-forms.json", "addFile", """{"file":"aGVsbG8="}""", "file")]
    public async Task Call_FileOfSwagger_IsMultipartWithItsBytes(
        string file,
        string tool,
        string arguments,
        string name
    ) =>
        Assert.That(
            await Tools(file).CallAsync(tool, arguments),
            Does.StartWith("POST /files multipart/form-data ")
                .And.Contain($"name=\"file\"; filename=\"{name}\"")
                .And.Contain("\r\n\r\nhello\r\n")
        );

    // 'image/png, image/jpeg': by the name, by the first bytes, else the first that is listed.
    [TestCase("""{"name":"a.jpg","content":"aGVsbG8="}""", "image/jpeg")]
    [TestCase("\"iVBORw0KGgo=\"", "image/png")]
    [TestCase("\"/9j/4AAQSkZJRg==\"", "image/jpeg")]
    [TestCase("\"aGVsbG8=\"", "image/png")]
    public async Task Call_PartWithListedTypes_HasOneOfThem(string image, string expected) =>
        Assert.That(
            await Tools("part-types.json").CallAsync("addImage", "{\"image\":" + image + "}"),
            Does.Contain("\r\nContent-Type: " + expected + "\r\n").And.Not.Contain("octet-stream")
        );

    [Test]
    public void Run_AddressesOfCases_AreWholeAddressesOrPaths()
    {
        var forms = Fragments.Case("swagger2-forms.json").Catalog;
        var relative = Fragments.Case("relative-server.json").Catalog;
        Assert.That((forms.ServerAddress, forms.ServerPath), Is.EqualTo(("https://api.example.test/v2", "")));
        Assert.That((relative.ServerAddress, relative.ServerPath), Is.EqualTo((default(string), "/api/v3")));
    }

    private const string Further = """{"name":"n","additionalProperties":{"x":"1"}}""";

    private static CalledTools Tools(string file)
    {
        lock (Compiled)
        {
            if (!Compiled.TryGetValue(file, out var tools))
            {
                Compiled[file] = tools = new(Fragments.Case(file));
            }

            return tools;
        }
    }
}
