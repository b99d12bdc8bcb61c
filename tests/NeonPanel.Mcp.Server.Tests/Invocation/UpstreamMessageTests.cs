using System.Text;
using NeonPanel.Mcp.Server.Invocation;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Invocation;

/// <summary>What is taken from an API's own words about a failure (rule D6).</summary>
internal sealed class UpstreamMessageTests
{
    [TestCase("""{"message":"Too early."}""", "It says: Too early. ")]
    [TestCase("""{"title":"Bad","detail":"The date is too early."}""", "It says: The date is too early. ", Description = "RFC 9457")]
    [TestCase("""{"error":"invalid_scope","error_description":"No such scope."}""", "It says: No such scope. ", Description = "RFC 6749")]
    [TestCase("""{"error":{"message":"Inner."}}""", "It says: Inner. ")]
    [TestCase("""{"errors":{"date":["Too early.","Wrong."],"details.0.rate":"Missing."}}""", "\ndate: Too early.\ndate: Wrong.\ndetails.0.rate: Missing.\n")]
    [TestCase("""{"errors":[{"field":"date","message":"Too early."},"Also wrong."]}""", "\ndate: Too early.\nAlso wrong.\n")]
    [TestCase("""{"errors":{"a":{"b":["Nested."]}}}""", "\na: b: Nested.\n")]
    [TestCase("""{"message":"See https://secret.example/x?y=1 for <b>more</b>."}""", "It says: See for more . ")]
    [TestCase("""{"message":"Token eyJhbGciOiJSUzI1NiJ9.e30.c2ln is bad"}""", "It says: Token is bad ")]
    [TestCase("{\"message\":\"a\u202Eb\u0007c\"}", "")]
    [TestCase("{\"message\":\"a\u202Eb\\u0007c\"}", "It says: abc ")]
    [TestCase("""{"message":"\ud800"}""", "")]
    [TestCase("<html>500</html>", "")]
    [TestCase("""["x"]""", "")]
    [TestCase("", "")]
    public void Append_Body_TakesTheMessageAlone(string body, string expected)
    {
        var text = new StringBuilder();
        UpstreamMessage.Append(text, Encoding.UTF8.GetBytes(body));
        Assert.That(text.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Append_HugeMessageAndManyFields_AreCut()
    {
        var fields = string.Join(',', Enumerable.Range(0, 1000).Select(index => $"\"f{index}\":[\"{new string('x', 900)}\"]"));
        var text = new StringBuilder();
        UpstreamMessage.Append(text, Encoding.UTF8.GetBytes($"{{\"message\":\"{new string('m', 100_000)}\",\"errors\":{{{fields}}}}}"));
        Assert.That(text.Length, Is.LessThan(20_000));
        Assert.That(text.ToString(), Does.Contain("mmm…").And.Contain("\nf29: xxx").And.Not.Contain("\nf30"));
    }

    // As a document tree it would take ten times as much.
    [TestCase(1024 * 1024, "It says: mmm")]
    [TestCase((1024 * 1024) + 1, "")]
    public void Append_BodyUpToAMegabyte_IsRead(int length, string expected)
    {
        const string start = "{\"message\":\"";
        var text = new StringBuilder();
        UpstreamMessage.Append(text, Encoding.UTF8.GetBytes(start + new string('m', length - start.Length - 2) + "\"}"));
        Assert.That(text.ToString(), Does.StartWith(expected));
        Assert.That(text.Length, expected.Length == 0 ? Is.Zero : Is.GreaterThan(expected.Length));
    }
}
