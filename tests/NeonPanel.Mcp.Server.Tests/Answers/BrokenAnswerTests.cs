using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Whatever text the API answers, each message of the server can be read by clients that reject broken
/// Unicode: those in Python
/// and Rust. The judge is the library's own reader, which rejects it too.</summary>
internal sealed class BrokenAnswerTests
{
    // As JSON text: halves of pairs, pairs, what only looks like a half, and other characters.
    private static readonly string[] Pieces =
    [
        @"\ud800",
        @"\uDBFF",
        @"\udc00",
        @"\uDFFF",
        @"\ud83d\ude00",
        @"\\ud800",
        @"\ud83d\\ude00",
        "a",
        "é",
        "😀",
        @"\n",
        @"\""",
        @"\u00e9",
        " ",
        "<b>",
        "data",
    ];

    private readonly Random random = new(20261129);
    private WebApplication api = null!;
    private TwoPaths paths = null!;
    private (int Status, string Type, byte[] Body) answer;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = SandboxHost.CreateBuilder(LoopbackPorts.FreePair(), []).Build();
        api.Run(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (answer.Status, answer.Type);
            await context.Response.Body.WriteAsync(answer.Body);
        });
        await api.StartAsync();
        paths = await TwoPaths.StartAsync(api.Urls.Single());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await paths.DisposeAsync();
        await api.DisposeAsync();
    }

    [Test]
    public async Task Call_OfRandomAnswers_IsReadableForEveryClient()
    {
        var broken = 0;
        for (var round = 0; round < 300; round++)
        {
            var json =
                round % 10 == 9
                    ? $"{{\"data\":[{string.Join(',', Enumerable.Range(0, 400).Select(_ => Value(3)))}]}}"
                    : Object(0);
            broken += IsReadable(Encoding.UTF8.GetBytes(json)) ? 0 : 1;
            var body = Encoding.UTF8.GetBytes(json);
            if (round % 5 == 0)
            {
                body[random.Next(1, body.Length - 1)] = 0xE4;
            }

            answer = (
                new[] { 200, 201, 202, 400, 422 }[round % 5],
                round % 7 == 0 ? "text/plain" : "application/json",
                body
            );
            var fields = round % 4 == 0 ? ",\"arguments\":{\"fields\":\"data.name,data.id\"}" : "";
            foreach (var client in (RpcClient[])[paths.Fast, paths.Slow])
            {
                var (bytes, _) = await client.ReadAsync(
                    "/mcp",
                    "1",
                    "tools/call",
                    "application/json",
                    null,
                    $"{{\"name\":\"listCompanies\"{fields}}}"
                );
                Assert.That(IsReadable(bytes), Is.True, () =>
                    $"round {round}: {json}\n{Encoding.UTF8.GetString(bytes)}"
                );
            }
        }

        Assert.That(broken, Is.GreaterThan(200), "most of the answers are broken, by the same judge");
    }

    [TestCase("""{"data":[{"name":"a\ud800b","n\udc00":1}]}""", 200, """{"data":[{"name":"a\ufffdb","n\ufffd":1}]}""")]
    [TestCase("""{"data":["\ud83d\ude00 \\ud800"]}""", 200, """{"data":["\ud83d\ude00 \\ud800"]}""")]
    [TestCase("""["\ud800"]""", 200, """{"items":["\ufffd"]}""")]
    public async Task Call_HalfOfAPair_BecomesTheReplacementCharacter(string body, int status, string expected)
    {
        answer = (status, "application/json", Encoding.UTF8.GetBytes(body));
        foreach (var client in (RpcClient[])[paths.Fast, paths.Slow])
        {
            var (bytes, _) = await client.ReadAsync(
                "/mcp",
                "1",
                "tools/call",
                "application/json",
                null,
                """{"name":"listCompanies"}"""
            );
            using var message = JsonDocument.Parse(bytes);
            using var json = JsonDocument.Parse(expected);
            Assert.That(
                JsonElement.DeepEquals(
                    message.RootElement.GetProperty("result").GetProperty("structuredContent"),
                    json.RootElement
                ),
                Is.True,
                Encoding.UTF8.GetString(bytes)
            );
        }
    }

    [Test]
    public async Task Search_AmongBrokenNames_FindsTheRest()
    {
        answer = (
            200,
            "application/json",
            """{"data":[{"id":1,"uuid":"u\ud800","name":"La\udc00mp","title":"La\udc00mp"}]}"""u8.ToArray()
        );
        var (bytes, _) = await paths.Fast.ReadAsync(
            "/mcp/research",
            "1",
            "tools/call",
            "application/json",
            null,
            """{"name":"search","arguments":{"query":"La"}}"""
        );
        Assert.That(IsReadable(bytes), Is.True);
        using var message = JsonDocument.Parse(bytes);
        var results = message.RootElement.GetProperty("result").GetProperty("structuredContent").GetProperty("results");
        Assert.That(
            results.EnumerateArray().Select(result => result.GetProperty("title").GetString()),
            Has.Some.EndsWith("La\uFFFDmp")
        );
    }

    // Strict UTF-8, and no string or name in which half of a pair stands.
    private static bool IsReadable(byte[] message)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(message);
            using var document = JsonDocument.Parse(message);
            Visit(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Visit(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Visit(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Visit(member.Value);
                }

                break;
        }
    }

    private string Value(int depth) =>
        random.Next(depth > 2 ? 2 : 4) switch
        {
            0 => random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture),
            1 => Text(),
            2 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)))}]",
            _ => Object(depth + 1),
        };

    private string Object(int depth)
    {
        string[] known = ["\"message\"", "\"errors\"", "\"data\"", "\"name\"", "\"status\"", "\"current_page\""];
        return $"{{{string.Join(',', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => $"{(random.Next(2) == 0 ? known[random.Next(known.Length)] : Text())}:{Value(depth)}"))}}}";
    }

    private string Text() =>
        $"\"{string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]))}\"";
}
