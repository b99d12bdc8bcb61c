using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The verb <c>refresh</c> as it is called: written whole, or not at all.</summary>
internal sealed class RefreshTests
{
    private string folder = "";

    private string Spec => Path.Combine(folder, "api.json");

    private string Lock => Path.Combine(folder, "lock.json");

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("refresh-").FullName;
        File.Copy(Path.Combine(OurSpecification.Folder, "spec/neonpanel.openapi.json"), Spec);
        File.Copy(Path.Combine(OurSpecification.Folder, "spec/neonpanel.tools.lock.json"), Lock);
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Refresh_SameDocumentInAnotherOrder_WritesNothing()
    {
        var before = Files();
        var (code, output) = Refresh(Source(Reversed(Document())!.ToJsonString()));
        Assert.That(code, Is.Zero, output);
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Refresh_AdditiveChangeInAnotherOrder_ChangesTheLinesOfItAlone()
    {
        var changed = Document();
        changed["info"]!["version"] = "1.3.0";
        Bills(changed)["parameters"]!.AsArray().Add(JsonNode.Parse("""{"name":"zone","in":"query","schema":{"type":"string"}}"""));
        var before = File.ReadAllLines(Spec);
        var (code, output) = Refresh(Source(Reversed(changed)!.ToJsonString()));
        Assert.That(code, Is.Zero, output);
        var added = File.ReadAllLines(Spec).Except(before).ToList();
        Assert.That(added, Is.EquivalentTo(new[] { "    \"version\": \"1.3.0\",", "            \"name\": \"zone\"," }));
        Assert.That(File.ReadAllText(Lock), Does.Contain("\"zone\""));
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.md")), Does.StartWith("# Specification 1.2.0-beta → 1.3.0").And.Contain("The argument 'zone' is new and may be left out."));
    }

    [Test]
    public void Refresh_RiskyChange_IsWrittenAndExits3()
    {
        var changed = Document();
        changed["paths"]!["/api/v1/companies/{companyUuid}/vendors"]!["get"]!["description"] = "Something else altogether.";
        Assert.That(Refresh(Source(changed.ToJsonString())).Code, Is.EqualTo(3));
        Assert.That(File.ReadAllText(Spec), Does.Contain("Something else altogether."));
    }

    [Test]
    public void Refresh_BreakingChange_WritesNothingUntilAccepted()
    {
        var changed = Document();
        Bills(changed)["parameters"]!.AsArray().Add(JsonNode.Parse("""{"name":"zone","in":"query","required":true,"schema":{"type":"string"}}"""));
        var before = Files();
        var (code, output) = Refresh(Source(changed.ToJsonString()));
        Assert.That((code, Files()), Is.EqualTo((4, before)), output);
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.md")), Does.Contain("Nothing was written"));
        Assert.That(Refresh(Source(changed.ToJsonString()), "--accept-breaking").Code, Is.EqualTo(4));
        Assert.That(File.ReadAllText(Spec), Does.Contain("\"zone\""));
    }

    [TestCase("<html>Sign in</html>", "NPG002")]
    [TestCase("", "NPG001")]
    [TestCase("{}", "NPG002")]
    [TestCase("""{"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"paths":{"/pets":{"get":{"responses":{}}}}}""", "is of another API")]
    [TestCase("""{"openapi":"3.1.0","info":{"title":"NeonPanel API","version":"1"},"paths":{}}""", "describes no operation")]
    public void Refresh_WhatIsNoSuchDocument_Exits5AndWritesNothing(string content, string expected)
    {
        var before = Files();
        var (code, output) = Refresh(Source(content));
        Assert.That((code, Files()), Is.EqualTo((5, before)));
        Assert.That(output, Does.Contain(expected).And.Contain("Nothing was written."));
    }

    [TestCase("404 Not Found", "status 404")]
    [TestCase(null, "could not be fetched")]
    public void Refresh_AddressThatDoesNotAnswer_Exits5(string? status, string expected)
    {
        using var site = new Site(_ => status is null ? "" : $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var (code, output) = Refresh(site.Address);
        Assert.That(code, Is.EqualTo(5));
        Assert.That(output, Does.Contain(expected));
    }

    [Test]
    public void Refresh_AddressThatTagsItsAnswers_IsAskedWithTheTag()
    {
        var document = Document().ToJsonString();
        using var site = new Site(request => request.Contains("If-None-Match: \"v1\"", StringComparison.Ordinal)
            ? "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n"
            : $"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(document)}\r\nConnection: close\r\n\r\n{document}");
        Assert.That(Refresh(site.Address).Code, Is.Zero);
        Assert.That(Refresh(site.Address).Output, Does.Contain("unchanged (304)"));
    }

    private static JsonObject Document() => (JsonObject)JsonNode.Parse(File.ReadAllBytes(Path.Combine(OurSpecification.Folder, "spec/neonpanel.openapi.json")))!;

    private static JsonNode Bills(JsonObject document) => document["paths"]!["/api/v1/companies/{companyUuid}/bills"]!["get"]!;

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Reverse().Select(pair => KeyValuePair.Create(pair.Key, Reversed(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Reversed)]),
        _ => node?.DeepClone(),
    };

    private string Source(string content)
    {
        var file = Path.Combine(folder, "fetched.json");
        File.WriteAllText(file, content);
        return file;
    }

    private string Files() => File.ReadAllText(Spec) + File.ReadAllText(Lock) + string.Join(' ', Directory.GetFiles(folder, "*.new"));

    private (int Code, string Output) Refresh(string url, params string[] more)
    {
        var output = new StringWriter();
        var code = CommandLine.Run(
            ["refresh", "--url", url, "--spec", Spec, "--overlay", Path.Combine(OurSpecification.Folder, "spec/neonpanel.overlay.json"), "--lock", Lock,
                "--report", Path.Combine(folder, "report.md"), .. more],
            TextReader.Null, output, output);
        return (code, output.ToString());
    }

    /// <summary>Answers each connection as it is told, and closes it.</summary>
    private sealed class Site : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Site(Func<string, string> answer)
        {
            listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/openapi";
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    var buffer = new byte[8192];
                    var read = await client.GetStream().ReadAsync(buffer);
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer(Encoding.ASCII.GetString(buffer, 0, read))));
                }
            });
        }

        public string Address { get; }

        public void Dispose() => listener.Dispose();
    }
}
