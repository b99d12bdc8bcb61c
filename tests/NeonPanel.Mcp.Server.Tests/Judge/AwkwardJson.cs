using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Server.Tests.Judge;

/// <summary>JSON texts as an API may send them and a careless reader would change: made by a seeded generator, text by
/// text.</summary>
internal sealed class AwkwardJson(int seed)
{
    private static readonly string[] Names =
    [
        "",
        "a",
        "a",
        "data",
        "items",
        "meta",
        "current_page",
        "$ref",
        "__proto__",
        "é",
        "日本",
        "a b",
        "\\u0061",
        "\\\"",
        "1e400",
    ];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "\\u0000",
        "\\u001f\\n\\t",
        "\\\"\\\\\\/",
        "\\ud83d\\ude00",
        "😀",
        "<script>&'+",
        "\\u2028",
        "12.50",
        "null",
        "é\\u0301",
        "\uFEFF",
        "\u007f",
    ];

#pragma warning disable CA5394 // The same values each time.
    private readonly Random random = new(seed);

    /// <summary>Makes the text of an object.</summary>
    public string Next()
    {
        var text = new StringBuilder();
        Object(text, random.Next(1, 7));
        return text.ToString();
    }

    /// <summary>Makes an object that holds a number under so many levels.</summary>
    public static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":[", levels / 2))
        + "0.10"
        + string.Concat(Enumerable.Repeat("]}", levels / 2));

    private void Value(StringBuilder text, int depth)
    {
        switch (depth > 0 ? random.Next(8) : random.Next(2, 8))
        {
            case 0:
                Object(text, depth - 1);
                break;
            case 1:
                Items(text, '[', ']', depth - 1, Value);
                break;
            case 2:
                text.Append(
                    random.Next(3) switch
                    {
                        0 => "true",
                        1 => "false",
                        _ => "null",
                    }
                );
                break;
            case 3:
                text.Append('"').Append(Of(Texts)).Append(Of(Texts)).Append('"');
                break;
            default:
                Number(text);
                break;
        }
    }

    private void Object(StringBuilder text, int depth) => Items(text, '{', '}', depth, (inner, left) =>
        {
            inner.Append('"').Append(Of(Names)).Append('"').Append(Space()).Append(':').Append(Space());
            Value(inner, left);
        });

    private void Items(StringBuilder text, char open, char close, int depth, Action<StringBuilder, int> item)
    {
        text.Append(open).Append(Space());
        for (int count = random.Next(5), index = 0; index < count; index++)
        {
            text.Append(index > 0 ? "," : "").Append(Space());
            item(text, depth);
            text.Append(Space());
        }

        text.Append(close);
    }

    // RFC 8259 §6, in all its forms and of any length.
    private void Number(StringBuilder text)
    {
        text.Append(random.Next(4) == 0 ? "-" : "")
            .Append(
                random.Next(3) == 0
                    ? "0"
                    : random.Next(1, 10).ToString(CultureInfo.InvariantCulture) + Digits(random.Next(3) == 0 ? 40 : 4)
            );
        text.Append(
            random.Next(2) == 0
                ? ""
                : "." + random.Next(10).ToString(CultureInfo.InvariantCulture) + Digits(random.Next(3) == 0 ? 40 : 3)
        );
        text.Append(
            random.Next(4) == 0 ? Of(["e", "E"]) + Of(["", "+", "-"]) + Of(["0", "00", "7", "400", "99999"]) : ""
        );
    }

    private string Digits(int most) =>
        string.Concat(
            Enumerable.Range(0, random.Next(most)).Select(_ => random.Next(10).ToString(CultureInfo.InvariantCulture))
        );

    private string Space() => random.Next(6) == 0 ? Of([" ", "\n", "\t", "\r\n"]) : "";

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
#pragma warning restore CA5394
}
