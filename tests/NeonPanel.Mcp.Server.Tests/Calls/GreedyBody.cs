using System.Text;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>Arguments of nearly 1 MiB, each of a kind that costs much where the work is not bounded. The tests count
/// what they cost, and the benchmark <c>request-costs</c> measures it.</summary>
/// <param name="Name">What they hold.</param>
/// <param name="Tool">The tool they are sent to.</param>
/// <param name="Json">A JSON object.</param>
internal sealed record GreedyBody(string Name, ToolDescriptor Tool, string Json)
{
    public const int Bytes = 1_040_000;

    private const string Uuid = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    public static IEnumerable<GreedyBody> All => [.. OfTheCatalog(), .. OfShapes()];

    public override string ToString() => Name;

    private static IEnumerable<GreedyBody> OfTheCatalog()
    {
        var catalog = GeneratedCatalog.Create();
        yield return List(
            "numbers for texts",
            "getRevenueAndCogs",
            "company_uuids",
            "1",
            "\"start_date\":\"2026-01-01\","
        );
        yield return List("texts that are nearly numbers", "bills_list", "vendors", "\"1x\"");
        yield return List("texts of a minus sign", "bills_list", "vendors", "\"-\"");
        yield return List("numbers as text", "bills_list", "vendors", "\"7\"");
        yield return List("valid numbers for the address", "bills_list", "vendors", "7");
        yield return List("texts of a brace", "bills_create", "details", "\"{\"");
        yield return List("texts that are nearly JSON", "bills_create", "details", "\"{x}\"");
        yield return List("empty objects", "bills_create", "details", "{}");
        yield return List("nulls", "bills_create", "details", "null");
        yield return List(
            "objects with names of another style",
            "bills_create",
            "details",
            "{\"itemId\":\"3\",\"Rate\":\"1.10\"}"
        );
        yield return List("lone surrogates", "bills_list", "vendors", "\"\\ud800\"");
        yield return List("lists in lists", "bills_create", "details", new string('[', 50) + new string(']', 50));
        yield return Of("one name many times", "listCompanies", Members(_ => "\"page\":\"1x\""));
        yield return Of(
            "one argument with one name many times",
            "bills_create",
            $"\"details\":[{{{Members(_ => "\"a\":1")}}}]"
        );
        yield return Of("unknown names", "listCompanies", Members(index => $"\"x{index}\":1"));
        yield return Of("names near to a known one", "listCompanies", Members(index => $"\"per_pag{index}\":1"));
        yield return Of("names of lone surrogates", "listCompanies", Members(index => $"\"\\ud800{index}\":1"));
        yield return Of("one long name", "listCompanies", $"\"{Letters}\":1");
        yield return Of("one long text", "bills_list", $"\"companyUuid\":\"{Letters}\"");
        yield return Of(
            "one long number",
            "paymentRequests_update",
            $"\"companyUuid\":\"{Uuid}\",\"paymentId\":7,\"paid_amount\":{new string('7', Bytes)}"
        );
        yield return Of("one JSON text", "bills_create", $"\"details\":\"[{Items("{}")}]\"");
        yield return Of(
            "escapes in a valid text",
            "bills_create",
            $"\"companyUuid\":\"{Uuid}\",\"ref_number\":\"{Repeat("\\u0041", "")}\""
        );
        yield return Of("commas for fields", "listCompanies", $"\"fields\":\"{new string(',', Bytes)}\"");
        yield return Of("many fields", "listCompanies", $"\"fields\":\"{Items("a")}\"");
        yield return Of("one long field", "listCompanies", $"\"fields\":\"{Letters}\"");
        yield return Of(
            "a file as base64",
            "createDocumentsByPdf",
            $"\"companyUuid\":\"{Uuid}\",\"type\":\"bill\",\"file\":{{\"name\":\"a.pdf\",\"content\":\"JVBERi0x{new string('A', Bytes / 4 * 4)}\"}}"
        );

        GreedyBody List(string name, string tool, string argument, string item, string others = "") =>
            Of(
                name,
                tool,
                (tool == "bills_list" ? $"\"companyUuid\":\"{Uuid}\"," : "")
                    + others
                    + $"\"{argument}\":[{Items(item)}]"
            );

        GreedyBody Of(string name, string tool, string members) =>
            new(
                name,
                catalog.TryGet(tool, out var found) ? found : throw new ArgumentException(tool),
                $"{{{members}}}"
            );
    }

    // Schemas that the catalog does not have, but another API's may.
    private static IEnumerable<GreedyBody> OfShapes()
    {
        var text = new ValueShape { Kinds = ValueKinds.String };
        var number = new ValueShape { Kinds = ValueKinds.Number };
        yield return List("items that differ", new() { UniqueItems = true }, Members(index => $"{index}", ","));
        yield return List(
            "objects that differ",
            new() { UniqueItems = true },
            Members(index => $"{{\"b\":{index},\"a\":[1]}}", ",")
        );
        yield return List("equal items", new() { UniqueItems = true }, Items("1"));
        yield return List("multiples", ListOf(number with { MultipleOf = "0.01" }), Items("0.5"));
        yield return List("no multiples", ListOf(number with { MultipleOf = "7" }), Items("0.5"));
        yield return List(
            "numbers within limits",
            ListOf(number with { Minimum = "0", Maximum = "100" }),
            Items("0.5")
        );
        yield return List(
            "whole numbers within limits",
            ListOf(number with { Minimum = "0", Maximum = "100", Kinds = ValueKinds.Integer }),
            Items("1.0")
        );
        yield return List("a long multiple", ListOf(number with { MultipleOf = "7" }), new string('7', Bytes));
        yield return List("a large exponent", ListOf(number with { MultipleOf = "7" }), "1e" + new string('9', Bytes));
        yield return List(
            "a pattern that backtracks",
            ListOf(text with { Pattern = "x", Expression = @"^(?=a)(a+)+\z" }),
            Items($"\"{new string('a', 30)}b\"")
        );
        yield return List(
            "a pattern that backtracks, and is repaired",
            ListOf(
                new ValueShape
                {
                    Kinds = ValueKinds.Object,
                    Properties = new Dictionary<string, ValueShape>
                    {
                        ["n"] = number,
                        ["t"] = text with { Pattern = "x", Expression = @"^(?=a)(a+)+\z" },
                    },
                }
            ),
            Items($"{{\"t\":\"{new string('a', 30)}b\",\"n\":\"1\"}}")
        );
        yield return List(
            "a linear pattern",
            ListOf(text with { Pattern = "x", Expression = @"^(a|b|ab)*\z" }),
            Items("\"ab\"")
        );
        yield return List(
            "a linear pattern and one long text",
            ListOf(text with { Pattern = "x", Expression = @"^([a-z0-9]+[-._]?)+\z" }),
            $"\"{Letters}\""
        );
        yield return List(
            "values in another case",
            ListOf(text with { Enum = LongValues }),
            Items("\"VALUE 999 " + new string('X', 200) + "\"")
        );
        yield return List("values that are allowed", ListOf(text with { Enum = ["\"a\"", "\"b\""] }), Items("\"a\""));
        yield return List("values that are not allowed", ListOf(text with { Enum = LongValues }), Items("\"c\""));
        yield return List("flags as text", ListOf(new ValueShape { Kinds = ValueKinds.Boolean }), Items("\"True\""));
        yield return List("single values for lists", ListOf(ListOf(number)), Items("1"));
        yield return List(
            "an open object",
            ValueShape.Anything,
            $"{{{Members(index => $"\"x{index}\":1")}}}",
            isList: false
        );
        yield return List(
            "an object of numbers",
            new() { AdditionalProperties = number },
            $"{{{Members(index => $"\"x{index}\":\"y\"")}}}",
            isList: false
        );
        yield return List(
            "an earlier name many times",
            ValueShape.Anything,
            "[]," + Members(_ => "\"old\":1"),
            isList: false
        );
        yield return List("long texts with a limit", ListOf(text with { MaxLength = 10 }), $"\"{Letters}\"");
        foreach (var format in (string[])["date", "date-time", "uuid", "email", "ipv4", "ipv6", "uri"])
        {
            yield return List($"wrong {format}", ListOf(text with { Format = format }), Items("\"2026-01-31T:a@b\""));
            yield return List(
                $"a long {format}",
                ListOf(text with { Format = format }),
                $"\"2026-01-31T00:00:00.{new string('1', Bytes)}\""
            );
        }

        foreach (
            var (format, value) in ((string, string)[])
                [("date", "2026-01-31"), ("uuid", Uuid), ("email", "a@b.c"), ("ipv6", "::1"), ("uri", "a:b")]
        )
        {
            yield return List($"valid {format}", ListOf(text with { Format = format }), Items($"\"{value}\""));
        }
    }

    private static string[] LongValues =>
        [.. Enumerable.Range(0, 1000).Select(index => $"\"value {index} {new string('x', 200)}\"")];

    private static string Letters => new('a', Bytes);

    private static ValueShape ListOf(ValueShape items) => new() { Kinds = ValueKinds.Array, Items = items };

    private static string Items(string item) => Repeat(item, ",");

    private static string Repeat(string item, string separator) =>
        new StringBuilder()
            .AppendJoin(separator, Enumerable.Repeat(item, Bytes / (item.Length + separator.Length)))
            .ToString();

    private static string Members(Func<int, string> member, string separator = ",")
    {
        var text = new StringBuilder(member(0));
        for (var index = 1; text.Length < Bytes; index++)
        {
            text.Append(separator).Append(member(index));
        }

        return text.ToString();
    }

    private static GreedyBody List(string name, ValueShape shape, string values, bool isList = true) =>
        new(name, ToolOf(shape), $"{{\"a\":{(isList ? $"[{values}]" : values)}}}");

    /// <summary>Makes a tool with one argument, and two earlier names of it.</summary>
    public static ToolDescriptor ToolOf(ValueShape shape)
    {
        var template = new RequestTemplate(
            "POST",
            "/x",
            [],
            new("application/json", RequestBodyKind.Json, Members: [new("a", "a")])
        );
        return new()
        {
            Name = "take",
            Title = "Take",
            Description = "Takes anything.",
            OperationId = null,
            Method = "POST",
            Path = "/x",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(false, false, false, false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                AdditionalProperties = null,
                Properties = new Dictionary<string, ValueShape> { ["a"] = shape },
            },
            ArgumentAliases = new Dictionary<string, string> { ["old"] = "a", ["older"] = "a" },
            Call = (http, arguments, configure, cancellationToken) =>
                RawCall.SendAsync(http, template, arguments, configure, cancellationToken),
        };
    }
}
