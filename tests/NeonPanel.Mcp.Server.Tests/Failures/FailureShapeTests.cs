using System.Net;
using System.Text;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Failures;

/// <summary>The parts that the server takes from an API's own words about a failure (rule D6).</summary>
internal sealed class FailureShapeTests
{
    private const string Secret = "s3cr3t-key-of-the-api";

    private static readonly ValueShape Text = new() { Kinds = ValueKinds.String };
    private static readonly ToolDescriptor Tool = Describe(
        new()
        {
            ["price"] = Text,
            ["items"] = new()
            {
                Items = new() { Properties = new Dictionary<string, ValueShape> { ["unit_price"] = Text } },
            },
            ["name"] = Text,
            ["email"] = Text,
            ["limit"] = Text,
            ["q"] = Text,
        }
    );

    private static readonly RequestTemplate Template = new(
        "POST",
        "/orders",
        [
            new("limit", ParameterLocation.Query, "limit", ParameterStyle.Form, Explode: true),
            new("q", ParameterLocation.Query, "q", ParameterStyle.Form, Explode: true),
        ],
        new(
            "application/json",
            RequestBodyKind.Json,
            Members: [new("price", "price"), new("items", "items"), new("name", "name"), new("email", "email")]
        )
    );

    [TestCaseSource(typeof(FailureShapes), nameof(FailureShapes.Json))]
    [TestCaseSource(typeof(FailureShapes), nameof(FailureShapes.Texts))]
    public void Read_Shape_GivesTheApisWords(string type, string body, string expected)
    {
        var words = Read(type, body);
        Assert.That(words, expected.Length == 0 ? Is.Empty : Does.Contain(expected));
        Assert.That(words, Does.Not.Contain("://"));
    }

    [Test]
    public void Shapes_AreAtLeastForty() =>
        Assert.That(FailureShapes.Json.Count() + FailureShapes.Texts.Count(), Is.GreaterThanOrEqualTo(40));

    [TestCase("""{"message":"See https://secret.example/x?y=1 for <b>more</b>."}""", "It says: See for more . ")]
    [TestCase("""{"message":"Token eyJhbGciOiJSUzI1NiJ9.e30.c2ln is bad"}""", "It says: Token is bad ")]
    [TestCase("""{"message":"The key s3cr3t-key-of-the-api is unknown"}""", "It says: The key is unknown ")]
    [TestCase("""{"message":"must be < 10 and > 5"}""", "It says: must be < 10 and > 5 ")]
    [TestCase("{\"message\":\"a\u202Eb\\u0007c\"}", "It says: abc ")]
    [TestCase(
        """{"message":"a\ud800b","errors":{"n\udc00":["\ud83d\ude00 c"]}}""",
        "It says: a\uFFFDb \nn\uFFFD: \ud83d\ude00 c\n"
    )]
    public void Read_AddressMarkupCredentialOrBrokenText_IsMadeHarmless(string body, string expected) =>
        Assert.That(Read("application/json", body), Is.EqualTo(expected));

    [TestCase("windows-1252", new byte[] { 0x80 }, "€")]
    [TestCase("shift_jis", new byte[] { 0x93, 0xFA }, "日")]
    [TestCase("x-unheard-of", new byte[] { 0x80 }, "\uFFFD")]
    public void Read_AnotherCharset_IsDecoded(string charset, byte[] letter, string expected)
    {
        var response = new RawResponse(
            HttpStatusCode.BadRequest,
            "application/json",
            charset,
            (byte[])[.. "{\"message\":\"in "u8, .. letter, .. "\"}"u8],
            null
        );
        Assert.That(Read(response), Is.EqualTo($"It says: in {expected} "));
    }

    // Markup is removed, so that text behind the first five hundred letters can still be in the message.
    [Test]
    public void Read_CredentialWhereALongMessageIsCut_LeavesNoPartOfIt()
    {
        var markup = string.Concat(Enumerable.Repeat("<i>", 660));
        Assert.That(
            Read("application/json", $$"""{"message":"Bad key {{markup}}{{Secret}} of yours"}"""),
            Is.EqualTo("It says: Bad key of yours ")
        );
    }

    // All of the words, where Read_Shape_GivesTheApisWords only looks for some.
    [TestCase("""{"errors":["Too low","Too low",""]}""", "It says: Too low ")]
    [TestCase("""{"errors":[{"field":"price"}]}""", "It says: field: price ")]
    [TestCase("""{"error_code":"quota_exceeded"}""", "It says: quota_exceeded ")]
    [TestCase("""{"errors":[{"field":"$","message":"Too low"}]}""", "\n$: Too low\n")]
    [TestCase("""{"message":"Bad","data":{"code":"A1","field":"name"}}""", "It says: Bad ")]
    [TestCase("""{"errors":["Bad"],"name":["Low"],"id":["x"],"note":{"y":"z"}}""", "It says: Bad \nname: Low\n")]
    [TestCase("""{"errors":[{"path":["price",null,{"x":1}],"message":"Too low"}]}""", "\nprice: Too low\n")]
    [TestCase(
        """{"errors":[{"field":"#/items/0/unit_price","message":"Too low"}]}""",
        "\nitems.0.unit_price: Too low\n"
    )]
    public void Read_JsonOfFewWords_GivesEachOnce(string body, string expected) =>
        Assert.That(Read("application/json", body), Is.EqualTo(expected));

    // A longer name is not compared, because it may be anything.
    [TestCase(40, "\nprice: Too low\n")]
    [TestCase(41, "It says: Too low ")]
    public void Read_NameOfTheField_CountsUpToFortyLetters(int length, string expected) =>
        Assert.That(
            Read(
                "application/json",
                $$"""{"errors":[{"message":"Too low","{{"field".PadRight(length, '_')}}":"price"}]}"""
            ),
            Is.EqualTo(expected)
        );

    [TestCase("<e><message>Too low</message><price>none</price></e>", "It says: Too low ")]
    [TestCase("<e><price>none</price></e>", "It says: price: none ")]
    public void Read_Xml_NamesOtherElementsOnlyWithoutAMessage(string body, string expected) =>
        Assert.That(Read("application/xml", body), Is.EqualTo(expected));

    [TestCase("#/a.b/c~1d/~0", new[] { "a.b", "c/d", "~" })]
    [TestCase("/a.b/c", new[] { "a.b", "c" })]
    [TestCase("$.a['b'][0]#/", new[] { "a", "b", "0" })]
    public void Path_PointerOrNot_HasItsSteps(string path, string[] expected) =>
        Assert.That(FieldPath.Steps(path), Is.EqualTo(expected));

    // The name of what a client cannot send would mislead it.
    [Test]
    public void Field_OfAnArgumentThatTheToolDoesNotTake_KeepsTheApisName()
    {
        var template = new RequestTemplate(
            "GET",
            "/x",
            [new("company", ParameterLocation.Query, "hidden", ParameterStyle.Form, Explode: true)]
        );
        Assert.That(new ArgumentNames(Tool, template).Of("company"), Is.EqualTo("company"));
    }

    [TestCase("first_name", "FirstName")]
    [TestCase("filter[name]", "filter_name")]
    [TestCase("body.filter[name]", "body.filter[name]")]
    [TestCase("query.filter[name]", "query.filter[name]")]
    [TestCase("nowhere.known", "nowhere.known")]
    [TestCase("payload.lines.0.SKU", "lines.0.sku")]
    [TestCase("/lines/0/sku", "lines.0.sku")]
    [TestCase("sku", "order.sku")]
    public void Field_OfTheWire_IsCalledByItsArgument(string field, string expected)
    {
        var lines = new ValueShape
        {
            Items = new() { Properties = new Dictionary<string, ValueShape> { ["sku"] = Text } },
        };
        var order = new ValueShape { Properties = new Dictionary<string, ValueShape> { ["sku"] = Text } };
        var tool = Describe(
            new()
            {
                ["FirstName"] = Text,
                ["filter_name"] = Text,
                ["lines"] = lines,
                ["order"] = order,
            }
        );
        var template = new RequestTemplate(
            "POST",
            "/x",
            [
                new("filter[name]", ParameterLocation.Query, "filter_name", ParameterStyle.Form, Explode: true),
                new("first-name", ParameterLocation.Header, "FirstName", ParameterStyle.Simple, Explode: false),
                new("lines", ParameterLocation.Query, "lines", ParameterStyle.Form, Explode: true),
            ],
            new("application/json", RequestBodyKind.Json, Argument: "order")
        );
        Assert.That(new ArgumentNames(tool, template).Of(field), Is.EqualTo(expected));
    }

    [Test]
    public void Field_NamedLikeAPartOfTheRequest_IsFoundInThatPartFirst()
    {
        var tool = Describe(new() { ["body"] = Text, ["price"] = Text });
        Assert.That(new ArgumentNames(tool, null).Of(["body", "price"]), Is.EqualTo("price"));
        Assert.That(new ArgumentNames(tool, null).Of(["body"]), Is.EqualTo("body"));
    }

    [Test]
    public void Read_HugeMessageAndManyFields_AreCut()
    {
        var fields = string.Join(
            ',',
            Enumerable.Range(0, 1000).Select(index => $"\"f{index}\":[\"{new string('x', 900)}\"]")
        );
        var words = Read("application/json", $"{{\"message\":\"{new string('m', 100_000)}\",\"errors\":{{{fields}}}}}");
        Assert.That(words, Has.Length.LessThan(20_000));
        Assert.That(words, Does.Contain("mmm…").And.Contain("\nf29: xxx").And.Not.Contain("\nf30"));
    }

    [Test]
    public void Read_CutInAPair_KeepsThePairWhole()
    {
        var words = Read("application/json", $"{{\"message\":\"{new string('m', 499)}😀😀\"}}");
        Assert.That(words, Does.EndWith("m… "));
        Assert.That(words.Any(char.IsSurrogate), Is.False);
    }

    // As a document tree it would take ten times as much.
    [TestCase(1024 * 1024, "It says: mmm")]
    [TestCase((1024 * 1024) + 1, "")]
    public void Read_BodyUpToAMegabyte_IsRead(int length, string expected)
    {
        const string start = "{\"message\":\"";
        var words = Read("application/json", start + new string('m', length - start.Length - 2) + "\"}");
        Assert.That(words, Does.StartWith(expected));
        Assert.That(words.Length, expected.Length == 0 ? Is.Zero : Is.GreaterThan(expected.Length));
    }

    // Lists, lists of errors and fields of fields: each level counts.
    [TestCase(24, "[", "]", 1)]
    [TestCase(24, "{\"errors\":[", "]}", 2)]
    [TestCase(24, "{\"price\":", "}", 1)]
    [TestCase(24, "{\"price\":[", "]}", 2)]
    public void Read_TextInside_IsReadToADepthOf24(int depth, string start, string end, int levels)
    {
        Assert.That(Read("application/json", Nested(depth / levels)), Does.Contain("deep"));
        Assert.That(Read("application/json", Nested((depth / levels) + 1)), Is.Empty);

        string Nested(int times) =>
            string.Concat(Enumerable.Repeat(start, times))
            + "\"too deep\""
            + string.Concat(Enumerable.Repeat(end, times));
    }

    [Test]
    public void Read_HostileNesting_EndsSoon()
    {
        Assert.That(Read("application/json", new string('[', 500) + "\"x\"" + new string(']', 500)), Is.Empty);
        Assert.That(Read("application/json", new string('[', 100_000)), Is.Empty);
        Assert.That(
            Read(
                "application/json",
                string.Concat(Enumerable.Repeat("{\"errors\":[", 20))
                    + "\"deep\""
                    + string.Concat(Enumerable.Repeat("]}", 20))
            ),
            Is.Empty
        );
    }

    [TestCase("""{"message":"Bad"}""", "Correct the arguments and call again.")]
    [TestCase(
        """{"detail":[{"loc":["body","price"],"msg":"Too low"}]}""",
        "Correct the fields named above and call again."
    )]
    public void NextStep_Of422_SpeaksOfFieldsWhereSomeAreNamed(string body, string expected)
    {
        var failures = new UpstreamFailures(GeneratedCatalog.Create(), TimeProvider.System);
        var result = failures.Of(
            Tool,
            new(HttpStatusCode.UnprocessableContent, "application/json", null, Encoding.UTF8.GetBytes(body), null),
            new(Template, IsUsers: true, [])
        );
        Assert.That(result.Text, Does.EndWith(expected));
    }

    private static string Read(string type, string body) =>
        Read(new RawResponse(HttpStatusCode.BadRequest, type, null, Encoding.UTF8.GetBytes(body), null));

    private static string Read(RawResponse response)
    {
        var text = new StringBuilder();
        WordsReader.Read(Tool, new(Template, IsUsers: true, [Secret]), response).AppendTo(text);
        return text.ToString();
    }

    private static ToolDescriptor Describe(Dictionary<string, ValueShape> arguments) =>
        new()
        {
            Name = "orders_create",
            Title = "Create an order",
            Description = "",
            OperationId = null,
            Method = "POST",
            Path = "/orders",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = new() { Kinds = ValueKinds.Object, Properties = arguments },
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };
}
