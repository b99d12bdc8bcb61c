using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Calls;

/// <summary>Keywords of arguments from the document to the request: what the emitted code accepts, and how it is
/// sent.</summary>
[Category("Slow")]
internal sealed class MemberTests
{
    private const string Paths = """
        {"/body":{"post":{"operationId":"body","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{
            "n":{"type":["string","null"]},
            "e":{"type":["string","null"],"enum":["a","b",null]},
            "x":{"type":"integer","exclusiveMinimum":1},
            "c":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false},
            "l":{"type":"array","items":{"type":["integer","null"]}}}}}}}}},
         "/optional":{"post":{"operationId":"optional","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["a"],"properties":{
            "a":{"type":"string"}}}}}}}},
         "/any":{"post":{"operationId":"any","requestBody":{"required":true,"content":{"*/*":{"schema":{"type":"string"}}}}}},
         "/open":{"post":{"operationId":"open","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object"}}}}}},
         "/query":{"get":{"operationId":"query","parameters":[
            {"name":"free","in":"query","allowReserved":true,"schema":{"type":"string"}},
            {"name":"plain","in":"query","schema":{"type":"string"}},
            {"name":"json","in":"query","content":{"application/json":{"schema":{"type":"object"}}}}]}}}
        """;

    private CalledTools tools = null!;

    [OneTimeSetUp]
    public void Compile() => tools = new(Fragments.Paths(Paths));

    [TestCase("""{"n":null}""")]
    [TestCase("""{"n":"a"}""")]
    [TestCase("""{"e":null}""")]
    [TestCase("""{"e":"b"}""")]
    [TestCase("""{"x":2}""")]
    [TestCase("""{"c":{"a":"b"}}""")]
    [TestCase("""{"l":[1,null]}""")]
    public async Task Call_AcceptedValue_IsSentUnchanged(string arguments) =>
        Assert.That(await tools.CallAsync("body", arguments), Is.EqualTo("POST /body application/json " + arguments));

    [TestCase("""{"e":"c"}""")]
    [TestCase("""{"x":1}""")]
    [TestCase("""{"c":{"b":1}}""")]
    [TestCase("""{"l":[true]}""")]
    public async Task Call_ValueThatAKeywordRejects_SendsNothing(string arguments) =>
        Assert.That(await tools.CallAsync("body", arguments), Does.StartWith("refused: "));

    // A body that may be left out needs none of its members.
    [Test]
    public async Task Call_OptionalBodyWithARequiredMember_CanBeLeftOut() =>
        Assert.That(await tools.CallAsync("optional", "{}"), Is.EqualTo("POST /optional"));

    // A type of any kind is no JSON: the text is sent as bytes (base64 of "hi").
    [Test]
    public async Task Call_TextOfAnyType_IsSentAsBytes() =>
        Assert.That(
            await tools.CallAsync("any", """{"body":"aGk="}"""),
            Is.EqualTo("POST /any application/octet-stream hi")
        );

    [Test]
    public async Task Call_ObjectWithoutMembers_IsOneArgument() =>
        Assert.That(
            await tools.CallAsync("open", """{"body":{"a":1}}"""),
            Is.EqualTo("""POST /open application/json {"a":1}""")
        );

    // RFC 3986 §2.2: '/' is a reserved character; %7B%22k%22%3A1%7D is {"k":1}.
    [TestCase("""{"free":"a/b"}""", "GET /query?free=a/b")]
    [TestCase("""{"plain":"a/b"}""", "GET /query?plain=a%2Fb")]
    [TestCase("""{"json":{"k":1}}""", "GET /query?json=%7B%22k%22%3A1%7D")]
    public async Task Call_QueryParameter_IsWrittenAsDeclared(string arguments, string expected) =>
        Assert.That(await tools.CallAsync("query", arguments), Is.EqualTo(expected));
}
