using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Answers of the API that are as large or as odd as it may send them.</summary>
internal sealed class HugeAnswers(
    string name,
    string findings,
    Func<string> answer,
    int atOnce = 20,
    bool isPacked = false
) : Attack
{
    /// <summary><c>Mcp:MaxResultChars</c> and the notice, in structured content and text.</summary>
    private const int LongestAnswer = 120_000;

    private readonly Lazy<byte[]> body = new(() => isPacked ? Pack(answer()) : Encoding.UTF8.GetBytes(answer()));

    public override string Name => name;

    public override string Findings => findings;

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        return field.Attacker.FloodAsync(
            atOnce,
            field.Of(60, 400),
            number =>
                Attacker.Post(McpPost.Call(number, "bills_list", $$"""{"companyUuid":"{{Order.Company}}"}"""), token),
            end
        );
    }

    public override async Task AnswerAsync(HttpContext context, string subject)
    {
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", body.Value.Length);
        if (isPacked)
        {
            context.Response.Headers.ContentEncoding = "gzip";
        }

        await context.Response.Body.WriteAsync(body.Value, context.RequestAborted);
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (field.Attacker.LongestAnswer > LongestAnswer)
        {
            yield return $"an answer of {field.Attacker.LongestAnswer} bytes, above {LongestAnswer}";
        }
    }

    /// <summary>One member with a name of 1 MB that holds 900 members of 3 KB: paths of what was cut.</summary>
    public static string LongPath() =>
        "{\""
        + new string('p', 1_000_000)
        + "\":{"
        + string.Join(',', Enumerable.Range(0, 900).Select(number => $"\"{number}\":\"{new string('x', 3000)}\""))
        + "}}";

    /// <summary>Just below <c>Upstream:MaxResponseBytes</c>.</summary>
    public static string Rows() => new Order("ok", 1).Page(4_000_000);

    public static string Nested() =>
        $"[{string.Join(',', Enumerable.Repeat(new string('[', 50) + new string(']', 50), 33_000))}]";

    public static string Zeros() => $"\"{new string('0', 100_000_000)}\"";

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
