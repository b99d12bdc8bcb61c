using NeonPanel.Client.Requests;
using NUnit.Framework;
using static NeonPanel.Client.Requests.ParameterStyle;
using static NeonPanel.Mcp.Server.Tests.Requests.Templates;

namespace NeonPanel.Mcp.Server.Tests.Requests;

/// <summary>E4. The expected values are those of the documents: OpenAPI 3.1.1 "Style Examples" and RFC 6570
/// §3.2.</summary>
public sealed class ParameterStyleTests
{
    private const string Text = "\"blue\"";
    private const string List = "[\"blue\",\"black\",\"brown\"]";
    private const string Pairs = "{\"R\":100,\"G\":200,\"B\":150}";

    [TestCase(Matrix, false, Text, ";color=blue")]
    [TestCase(Matrix, false, List, ";color=blue,black,brown")]
    [TestCase(Matrix, false, Pairs, ";color=R,100,G,200,B,150")]
    [TestCase(Matrix, true, Text, ";color=blue")]
    [TestCase(Matrix, true, List, ";color=blue;color=black;color=brown")]
    [TestCase(Matrix, true, Pairs, ";R=100;G=200;B=150")]
    [TestCase(Label, false, Text, ".blue")]
    [TestCase(Label, false, List, ".blue,black,brown")]
    [TestCase(Label, false, Pairs, ".R,100,G,200,B,150")]
    [TestCase(Label, true, Text, ".blue")]
    [TestCase(Label, true, List, ".blue.black.brown")]
    [TestCase(Label, true, Pairs, ".R=100.G=200.B=150")]
    [TestCase(Simple, false, Text, "blue")]
    [TestCase(Simple, false, List, "blue,black,brown")]
    [TestCase(Simple, false, Pairs, "R,100,G,200,B,150")]
    [TestCase(Simple, true, Text, "blue")]
    [TestCase(Simple, true, List, "blue,black,brown")]
    [TestCase(Simple, true, Pairs, "R=100,G=200,B=150")]
    // Swagger 2.0, "Parameter Object": collectionFormat of a path.
    [TestCase(SpaceDelimited, false, List, "blue%20black%20brown")]
    [TestCase(PipeDelimited, false, List, "blue%7Cblack%7Cbrown")]
    [TestCase(TabDelimited, false, List, "blue%09black%09brown")]
    [TestCase(PipeDelimited, true, List, "blue%7Cblack%7Cbrown")]
    public void Path_StyleTable_IsWrittenAsOpenApiSays(
        ParameterStyle style,
        bool explode,
        string value,
        string expected
    ) =>
        Assert.That(
            Target(Get("/a/{color}/b", Parameter(ParameterLocation.Path, style, explode)), $$"""{"color":{{value}}}"""),
            Is.EqualTo($"/a/{expected}/b")
        );

    [TestCase(Form, false, "\"\"", "?color=")]
    [TestCase(Form, false, Text, "?color=blue")]
    [TestCase(Form, false, List, "?color=blue,black,brown")]
    [TestCase(Form, false, Pairs, "?color=R,100,G,200,B,150")]
    [TestCase(Form, true, "\"\"", "?color=")]
    [TestCase(Form, true, Text, "?color=blue")]
    [TestCase(Form, true, List, "?color=blue&color=black&color=brown")]
    [TestCase(Form, true, Pairs, "?R=100&G=200&B=150")]
    [TestCase(SpaceDelimited, false, List, "?color=blue%20black%20brown")]
    [TestCase(SpaceDelimited, false, Pairs, "?color=R%20100%20G%20200%20B%20150")]
    [TestCase(PipeDelimited, false, List, "?color=blue%7Cblack%7Cbrown")]
    [TestCase(PipeDelimited, false, Pairs, "?color=R%7C100%7CG%7C200%7CB%7C150")]
    [TestCase(TabDelimited, false, List, "?color=blue%09black%09brown")]
    [TestCase(PipeDelimited, true, List, "?color=blue&color=black&color=brown")]
    [TestCase(PipeDelimited, true, Pairs, "?R=100&G=200&B=150")]
    [TestCase(DeepObject, true, Pairs, "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    [TestCase(DeepObject, true, Text, "?color=blue")]
    [TestCase(DeepObject, false, List, "?color=blue&color=black&color=brown")]
    [TestCase(Form, true, "[[1,2],{\"a\":1}]", "?color=%5B1%2C2%5D&color=%7B%22a%22%3A1%7D")]
    public void Query_StyleTable_IsWrittenAsOpenApiSays(
        ParameterStyle style,
        bool explode,
        string value,
        string expected
    ) =>
        Assert.That(
            Target(Get("/a", Parameter(ParameterLocation.Query, style, explode)), $$"""{"color":{{value}}}"""),
            Is.EqualTo($"/a{expected}")
        );

    [TestCase(false, Text, "blue")]
    [TestCase(false, List, "blue,black,brown")]
    [TestCase(false, Pairs, "R,100,G,200,B,150")]
    [TestCase(true, List, "blue,black,brown")]
    [TestCase(true, Pairs, "R=100,G=200,B=150")]
    [TestCase(false, "\"50% & more\"", "50% & more")]
    [TestCase(false, "null", "")]
    public void Header_StyleTable_IsWrittenUnescaped(bool explode, string value, string expected) =>
        Assert.That(
            Header(
                Get("/a", Parameter(ParameterLocation.Header, Simple, explode, "X-Color")),
                "X-Color",
                $$"""{"X-Color":{{value}}}"""
            ),
            Is.EqualTo(expected)
        );

    [TestCase(false, Text, "color=blue")]
    [TestCase(false, List, "color=blue,black,brown")]
    [TestCase(true, List, "color=blue; color=black; color=brown")]
    [TestCase(true, Pairs, "R=100; G=200; B=150")]
    [TestCase(false, "\"a;b=c\"", "color=a%3Bb%3Dc")]
    public void Cookie_FormStyle_IsOneHeader(bool explode, string value, string expected) =>
        Assert.That(
            Header(
                Get("/a", Parameter(ParameterLocation.Cookie, Form, explode)),
                "Cookie",
                $$"""{"color":{{value}}}"""
            ),
            Is.EqualTo(expected)
        );

    // RFC 6570 §3.2.1, §3.2.2 and §3.2.8: {var}, {hello}, {half} and {base} of its examples.
    [TestCase("\"value\"", "value")]
    [TestCase("\"Hello World!\"", "Hello%20World%21")]
    [TestCase("\"50%\"", "50%25")]
    [TestCase("\"http://example.com/home/\"", "http%3A%2F%2Fexample.com%2Fhome%2F")]
    [TestCase("\"é€😀~\"", "%C3%A9%E2%82%AC%F0%9F%98%80~")]
    [TestCase("\"a&b=c+d#e\"", "a%26b%3Dc%2Bd%23e")]
    public void Query_SimpleExpansion_EscapesAllButUnreserved(string value, string expected) =>
        Assert.That(
            Target(Get("/a", Parameter(ParameterLocation.Query, Form)), $$"""{"color":{{value}}}"""),
            Is.EqualTo($"/a?color={expected}")
        );

    // RFC 6570 §3.2.3: {+hello}, {+half}, {+path}, {+base}; and what a query cannot hold stays escaped.
    [TestCase("\"Hello World!\"", "Hello%20World!")]
    [TestCase("\"50%\"", "50%25")]
    [TestCase("\"50%25\"", "50%25")]
    [TestCase("\"/foo/bar\"", "/foo/bar")]
    [TestCase("\"http://example.com/home/\"", "http://example.com/home/")]
    [TestCase("\"a&admin=1#x[0]\"", "a%26admin=1%23x%5B0%5D")]
    public void Query_AllowReserved_KeepsReservedButNotWhatEndsTheValue(string value, string expected) =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, Form, allowReserved: true)),
                $$"""{"color":{{value}}}"""
            ),
            Is.EqualTo($"/a?color={expected}")
        );

    [TestCase(Form, true)]
    [TestCase(Form, false)]
    [TestCase(PipeDelimited, false)]
    [TestCase(DeepObject, true)]
    public void Query_EmptyListOrObject_IsNotSent(ParameterStyle style, bool explode)
    {
        var template = Get("/a", Parameter(ParameterLocation.Query, style, explode));
        Assert.That(Target(template, """{"color":[]}"""), Is.EqualTo("/a"));
        Assert.That(Target(template, """{"color":{}}"""), Is.EqualTo("/a"));
    }

    [Test]
    public void Query_DeepObjectWithNesting_NestsKeysAndRepeatsThemForLists() =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, DeepObject, true)),
                """{"color":{"a":{"b":1.50},"c":[1,2],"d":null,"e":"x y"}}"""
            ),
            Is.EqualTo("/a?color%5Ba%5D%5Bb%5D=1.50&color%5Bc%5D=1&color%5Bc%5D=2&color%5Bd%5D=&color%5Be%5D=x%20y")
        );

    [Test]
    public void Query_DeepObjectWithAListOfObjects_NumbersThem() =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, DeepObject, true)),
                """{"color":{"a":[{"b":1,"c":"x"},{"b":2}]}}"""
            ),
            Is.EqualTo("/a?color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B0%5D%5Bc%5D=x&color%5Ba%5D%5B1%5D%5Bb%5D=2")
        );

    [Test]
    public void Query_DeepObjectWithListsOfLists_NumbersTheOuter() =>
        Assert.That(
            Target(Get("/a", Parameter(ParameterLocation.Query, DeepObject, true)), """{"color":{"a":[[1,2],[3]]}}"""),
            Is.EqualTo("/a?color%5Ba%5D%5B0%5D=1&color%5Ba%5D%5B0%5D=2&color%5Ba%5D%5B1%5D=3")
        );

    // Swagger 2.0, "Items Object": each list has the format of its own items, and deeper lists are JSON.
    [TestCase("""[["a","b"],["c"]]""", "?color=a%7Cb,c")]
    [TestCase("""[["a",["b","c"]],"d"]""", "?color=a%7C%5B%22b%22%2C%22c%22%5D,d")]
    public void Query_ListOfLists_HasTheFormatOfEachLevel(string value, string expected) =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, Form) with { ItemStyles = [PipeDelimited] }),
                $$"""{"color":{{value}}}"""
            ),
            Is.EqualTo($"/a{expected}")
        );

    [TestCase("""[[["a","b"],["c"]]]""", "?color=a%20b%7Cc")]
    public void Query_ListOfListsOfLists_HasTheFormatOfEachLevel(string value, string expected) =>
        Assert.That(
            Target(
                Get(
                    "/a",
                    Parameter(ParameterLocation.Query, Form) with
                    {
                        ItemStyles = [PipeDelimited, SpaceDelimited],
                    }
                ),
                $$"""{"color":{{value}}}"""
            ),
            Is.EqualTo($"/a{expected}")
        );

    // A name is the caller's as much as a value is: not escaped, it would add a parameter of its own (RFC 3986 §2.2).
    [TestCase(DeepObject, true, "?color%5Bx%26y%3D1%5D=2")]
    [TestCase(Form, true, "?x%26y%3D1=2")]
    [TestCase(Form, false, "?color=x%26y%3D1,2")]
    [TestCase(PipeDelimited, false, "?color=x%26y%3D1%7C2")]
    public void Query_NameOfAMember_IsEscaped(ParameterStyle style, bool explode, string expected) =>
        Assert.That(
            Target(Get("/a", Parameter(ParameterLocation.Query, style, explode)), """{"color":{"x&y=1":2}}"""),
            Is.EqualTo($"/a{expected}")
        );

    [TestCase(DeepObject, true, """{"x":1}""", "?a%20b%26c%5Bx%5D=1")]
    [TestCase(Form, true, "1", "?a%20b%26c=1")]
    [TestCase(Form, true, "[1,2]", "?a%20b%26c=1&a%20b%26c=2")]
    [TestCase(Form, false, "[1,2]", "?a%20b%26c=1,2")]
    [TestCase(Form, false, """{"x":1}""", "?a%20b%26c=x,1")]
    public void Query_NameOfAParameter_IsEscaped(ParameterStyle style, bool explode, string value, string expected) =>
        Assert.That(
            Target(
                Get("/a", Parameter(ParameterLocation.Query, style, explode, name: "a b&c")),
                $$"""{"a b&c":{{value}}}"""
            ),
            Is.EqualTo($"/a{expected}")
        );

    // A slash, a comma or a semicolon of a name would end the name, the value or the segment.
    [TestCase(Matrix, true, ";a%2Fb%3B%2C=1")]
    [TestCase(Matrix, false, ";color=a%2Fb%3B%2C,1")]
    [TestCase(Label, true, ".a%2Fb%3B%2C=1")]
    [TestCase(Simple, true, "a%2Fb%3B%2C=1")]
    [TestCase(Simple, false, "a%2Fb%3B%2C,1")]
    public void Path_NameOfAMember_IsEscaped(ParameterStyle style, bool explode, string expected) =>
        Assert.That(
            Target(Get("/a/{color}/b", Parameter(ParameterLocation.Path, style, explode)), """{"color":{"a/b;,":1}}"""),
            Is.EqualTo($"/a/{expected}/b")
        );

    [TestCase(ParameterLocation.Query, "/a?color=%7B%22n%22%3A1.0%7D")]
    public void Content_Json_IsSerializedThenEscaped(ParameterLocation location, string expected) =>
        Assert.That(
            Target(
                Get("/a", Parameter(location, Form, true, contentType: "application/json")),
                """{"color":{ "n" : 1.0 }}"""
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void Content_JsonInPathHeaderAndCookie_IsSerializedThenEscapedAsThePlaceNeeds()
    {
        Assert.That(
            Target(
                Get("/a/{color}", Parameter(ParameterLocation.Path, Simple, contentType: "application/json")),
                """{"color":[1,"b"]}"""
            ),
            Is.EqualTo("/a/%5B1%2C%22b%22%5D")
        );
        Assert.That(
            Header(
                Get("/a", Parameter(ParameterLocation.Header, Simple, name: "X-C", contentType: "application/json")),
                "X-C",
                """{"X-C":["é"]}"""
            ),
            Is.EqualTo("""["\u00E9"]""")
        );
        Assert.That(
            Header(
                Get("/a", Parameter(ParameterLocation.Cookie, Form, contentType: "application/json")),
                "Cookie",
                """{"color":[1]}"""
            ),
            Is.EqualTo("color=%5B1%5D")
        );
    }
}
